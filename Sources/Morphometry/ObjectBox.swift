internal import Volumes

/// The voxels of one object alone, in a box with room around it.
struct ObjectBox {
  /// Of the box, in voxels.
  let size: SIMD3<Int>
  let spacing: SIMD3<Double>
  /// By the number of a voxel in the box, x fastest: whether it is one of the object.
  let isInside: [Bool]
  /// The numbers of the object's voxels, in ascending order.
  let voxels: [Int]

  /// - Parameter margin: How many free voxels are on every side.
  init(_ object: LabelObject, in labels: LabelVolume, margin: Int) {
    size = object.upper &- object.lower &+ (1 + 2 * margin)
    spacing = labels.grid.spacing
    var isInside = [Bool](repeating: false, count: size.x * size.y * size.z)
    var voxels: [Int] = []
    voxels.reserveCapacity(object.voxelCount)
    let size = size
    labels.forEachVoxel(of: object) { place in
      let voxel = Self.number(of: place &+ margin, in: size)
      isInside[voxel] = true
      voxels.append(voxel)
    }
    self.isInside = isInside
    self.voxels = voxels
  }

  private static func number(of place: SIMD3<Int>, in size: SIMD3<Int>) -> Int {
    (place.z * size.y + place.y) * size.x + place.x
  }

  /// The number of the voxel at a place in the box; of a step, what it adds to the number.
  func number(of place: SIMD3<Int>) -> Int { Self.number(of: place, in: size) }

  /// Where in the box a voxel is.
  func place(of voxel: Int) -> SIMD3<Int> {
    let (row, x) = voxel.quotientAndRemainder(dividingBy: size.x)
    let (z, y) = row.quotientAndRemainder(dividingBy: size.y)
    return SIMD3(x, y, z)
  }

  /// The steps to the voxels that share a face, an edge or a corner with one.
  static let neighbours: [SIMD3<Int>] = (0..<27).filter { $0 != 13 }.map {
    SIMD3($0 % 3 - 1, $0 / 3 % 3 - 1, $0 / 9 - 1)
  }
}
