package import Volumes

/// The box around one object, and what in it is nearer to that object than to any other.
///
/// Where the level of a surface is found anew, voxels beyond the object's label may come to lie inside; those
/// that are nearer to a neighbour must not.
package struct OwnRegion {
  /// The box in the image; both corners belong to it.
  let lower: SIMD3<Int>
  let upper: SIMD3<Int>
  /// The grid of the box by itself.
  let grid: Grid
  /// For every voxel of the box whether it is nearest to the object.
  private(set) var isOwn: [Bool]
  /// For every voxel of the box whether another object has it.
  private(set) var isOther: [Bool]

  /// - Parameter room: How far the box reaches beyond the object, in voxels.
  package init(around object: LabelObject, in labels: LabelVolume, room: SIMD3<Int>) {
    lower = pointwiseMax(object.lower &- room, .zero)
    upper = pointwiseMin(object.upper &+ room, labels.grid.size &- 1)
    grid = Grid(
      size: upper &- lower &+ 1, spacing: labels.grid.spacing,
      origin: labels.grid.world(SIMD3<Double>(lower)), unit: labels.grid.unit,
      calibration: labels.grid.calibration)
    isOwn = Array(repeating: false, count: grid.voxelCount)
    isOther = isOwn
    spread(readLabels(of: object.label, in: labels))
  }

  /// Marks the voxels of all objects, and returns where they are.
  private mutating func readLabels(of label: UInt32, in labels: LabelVolume) -> [Int] {
    var found: [Int] = []
    for z in 0..<grid.size.z {
      for y in 0..<grid.size.y {
        let start = labels.grid.offset(lower.x, lower.y + y, lower.z + z)
        let row = labels.voxels.extracting(start..<start + grid.size.x)
        let first = grid.offset(0, y, z)
        for x in row.indices where row[x] != 0 {
          isOwn[first + x] = row[x] == label
          isOther[first + x] = row[x] != label
          found.append(first + x)
        }
      }
    }
    return found
  }

  /// Gives every other voxel to the object that it is the fewest steps away from; in a tie to the one whose
  /// voxel comes first.
  private mutating func spread(_ start: [Int]) {
    var isReached = Array(repeating: false, count: grid.voxelCount)
    for voxel in start { isReached[voxel] = true }
    let size = grid.size
    let strides = [1, size.x, size.x * size.y]
    var front = start
    while !front.isEmpty {
      var next: [Int] = []
      for voxel in front {
        let place = grid.index(of: voxel)
        for axis in 0..<3 {
          for (step, isInside) in [(-1, place[axis] > 0), (1, place[axis] < size[axis] - 1)]
          where isInside {
            let neighbour = voxel + step * strides[axis]
            guard !isReached[neighbour] else { continue }
            isReached[neighbour] = true
            isOwn[neighbour] = isOwn[voxel]
            next.append(neighbour)
          }
        }
      }
      front = next
    }
  }

  /// A field in the box, as it is in the object's region and far below any level elsewhere.
  func masked(_ part: Volume<Float>) -> Volume<Float> {
    var masked = part
    var target = masked.mutableVoxels
    for voxel in target.indices where !isOwn[voxel] { target[voxel] = -.infinity }
    return masked
  }

  /// 1 where another object is, 0 elsewhere.
  func others() throws(VolumeError) -> Volume<Float> {
    var volume = try Volume<Float>(grid: grid)
    var target = volume.mutableVoxels
    for voxel in target.indices where isOther[voxel] { target[voxel] = 1 }
    return volume
  }
}
