public import Volumes

/// How thick an object is, voxel by voxel: the diameter of the largest ball inside of the object that holds the centre of the voxel, to
/// half a voxel.
///
/// Balls stand at the centres of voxels and reach to the centre of the nearest voxel outside, as in BoneJ: Hildebrand & Rüegsegger 1997,
/// doi:10.1046/j.1365-2818.1997.1340694.x; Doube et al. 2010, doi:10.1016/j.bone.2010.08.023. So the mean over balls and rods of 3 to 8 voxels
/// in radius, in any position, is 0.1 to 1 voxel too small, over plates along the slices up to a voxel too large. Beyond the border of the image is
/// outside. An object of 60 voxels in radius takes nine seconds, a larger one much longer.
public struct LocalThickness: Sendable, Hashable {
  /// Mean, standard deviation and largest value over the voxels, in units; NaN where the box of the object has more than two
  /// thousand million voxels.
  public let mean: Double
  public let deviation: Double
  public let largest: Double

  public init(_ object: LabelObject, in labels: LabelVolume) throws(VolumeError) {
    self.init(try labels.distancesToOutside(of: object))
  }

  /// - Parameter depths: Those of ``Volumes/Volume/distancesToOutside(of:)``.
  init(_ depths: Volume<Float>) {
    guard depths.grid.voxelCount < Int(Int32.max) else {
      (mean, deviation, largest) = (.nan, .nan, .nan)
      return
    }
    let thickness = BallCover(of: depths).radii.map { 2 * Double($0) }
    let count = Double(thickness.count)
    let mean = thickness.reduce(0, +) / count
    self.mean = mean
    deviation = (thickness.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot()
    largest = thickness.max() ?? .nan
  }
}

/// For every voxel of an object the largest ball inside that holds it, to half a voxel.
///
/// Balls are laid from the largest to the smallest, and each takes the voxels that none has taken. One whose centre is taken and that reaches
/// no more than half a voxel beyond the ball that has taken it holds nothing else and is not laid.
private struct BallCover {
  private let depths: Volume<Float>
  private let grid: Grid
  /// By voxel of the box, the centre of the ball that has taken it; -1 before.
  private var owners: [Int32]
  /// By voxel of the box, one from which on none is free before the next free one: a free one points to itself, and ways get
  /// shorter as they are gone. So a ball costs as much as it has rows, and not voxels. Tarjan 1975, doi:10.1145/321879.321884.
  private var nextFree: [Int32]
  /// Half a voxel.
  private let tolerance: Double

  init(of depths: Volume<Float>) {
    self.depths = depths
    grid = depths.grid
    owners = [Int32](repeating: -1, count: grid.voxelCount)
    tolerance = grid.spacing.min() / 2
    nextFree = Self.allFree(depths)
    for voxel in Self.deepestFirst(depths) where !isCovered(voxel) { lay(voxel) }
  }

  /// Of the balls that have taken the voxels of the object.
  var radii: [Float] {
    let voxels = depths.voxels
    return owners.compactMap { $0 < 0 ? nil : voxels[Int($0)] }
  }

  /// All voxels of the object are free, and one beyond the last.
  private static func allFree(_ depths: Volume<Float>) -> [Int32] {
    let voxels = depths.voxels
    let count = voxels.count
    return (0...count).map { Int32($0 == count || voxels[$0] > 0 ? $0 : $0 + 1) }
  }

  /// The voxels of the object; of equally deep ones the first in raster order first.
  private static func deepestFirst(_ depths: Volume<Float>) -> [Int] {
    let voxels = depths.voxels
    return voxels.indices.filter { voxels[$0] > 0 }.sorted { voxels[$0] > voxels[$1] }
  }

  private func isCovered(_ voxel: Int) -> Bool {
    let owner = Int(owners[voxel])
    guard owner >= 0 else { return false }
    let way = SIMD3<Double>(grid.index(of: voxel) &- grid.index(of: owner)) * grid.spacing
    let room = Double(depths.voxels[owner]) + tolerance - Double(depths.voxels[voxel])
    return (way * way).sum() <= room * room
  }

  private mutating func lay(_ center: Int) {
    let place = grid.index(of: center)
    let radius = Double(depths.voxels[center]) + tolerance
    let reach = SIMD3<Int>(radius / grid.spacing)
    let lower = pointwiseMax(place &- reach, .zero)
    let upper = pointwiseMin(place &+ reach, grid.size &- 1)
    for z in lower.z...upper.z {
      let dz = Double(z - place.z) * grid.spacing.z
      for y in lower.y...upper.y {
        let dy = Double(y - place.y) * grid.spacing.y
        let rest = radius * radius - dy * dy - dz * dz
        guard rest > 0 else { continue }
        let half = Int(rest.squareRoot() / grid.spacing.x)
        let row = grid.offset(0, y, z)
        let part = row + max(place.x - half, lower.x)...row + min(place.x + half, upper.x)
        Self.take(part, of: &nextFree, for: Int32(center), in: &owners)
      }
    }
  }

  /// The free voxels of a part of a row.
  @inline(__always)
  private static func take(
    _ part: ClosedRange<Int>, of nextFree: inout [Int32], for center: Int32,
    in owners: inout [Int32]
  ) {
    var free = nextFree.mutableSpan
    var voxel = part.lowerBound
    while true {
      let next = Int(free[voxel])
      if next == voxel {
        guard voxel <= part.upperBound else { return }
        owners[voxel] = center
        free[voxel] = Int32(voxel + 1)
      } else {
        guard next <= part.upperBound else { return }
        free[voxel] = free[next]
      }
      voxel = Int(free[voxel])
      if voxel > part.upperBound { return }
    }
  }
}
