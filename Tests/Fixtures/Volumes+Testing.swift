public import Volumes

extension Volume {
  /// The voxels as an array, to compare.
  public var array: [Element] { voxels.indices.map { voxels[$0] } }

  /// A volume whose voxels are a function of their index.
  public init(
    _ size: SIMD3<Int>, spacing: SIMD3<Double> = .one, _ value: (Int, Int, Int) -> Element
  ) throws {
    let grid = Grid(size: size, spacing: spacing, unit: .micrometre, calibration: .phantom)
    var voxels: [Element] = []
    for z in 0..<size.z {
      for y in 0..<size.y {
        for x in 0..<size.x { voxels.append(value(x, y, z)) }
      }
    }
    try self.init(grid: grid, voxels: voxels)
  }
}

extension SIMD3 where Scalar == Int {
  /// Sizes of volumes at which loops go wrong first.
  public static let awkwardSizes: [SIMD3<Int>] = [
    SIMD3(1, 1, 1), SIMD3(2, 1, 3), SIMD3(1, 7, 1), SIMD3(3, 3, 3), SIMD3(33, 2, 1),
    SIMD3(7, 33, 2), SIMD3(65, 3, 3), SIMD3(5, 6, 33), SIMD3(64, 4, 2),
  ]
}
