/// Where one label lies in a volume.
public struct LabelObject: Sendable, Hashable {
  public let label: UInt32
  /// How many voxels have the label.
  public internal(set) var voxelCount: Int
  /// The smallest and largest index along each axis, both inside the object.
  public internal(set) var lower: SIMD3<Int>
  public internal(set) var upper: SIMD3<Int>
  /// The sum of the indices of the voxels.
  fileprivate var indexSum: SIMD3<Int>

  /// The mean position of the voxels, in world coordinates.
  public func centroid(on grid: Grid) -> SIMD3<Double> {
    grid.world(SIMD3<Double>(indexSum) / Double(voxelCount))
  }

  /// Whether a voxel of the object lies at the border of the volume.
  public func touchesBorder(of grid: Grid) -> Bool {
    lower.x == 0 || lower.y == 0 || lower.z == 0 || upper.x == grid.size.x - 1
      || upper.y == grid.size.y - 1 || upper.z == grid.size.z - 1
  }

  fileprivate mutating func merge(_ other: LabelObject) {
    voxelCount += other.voxelCount
    lower = pointwiseMin(lower, other.lower)
    upper = pointwiseMax(upper, other.upper)
    indexSum &+= other.indexSum
  }
}

extension Volume where Element == UInt32 {
  /// The objects of a label volume in ascending order of their labels; any labels, with gaps or
  /// not. One pass over the voxels.
  public func objects() -> [LabelObject] {
    let parts = Parallel.map(Parallel.pieces(of: grid.size.z, size: 8)) { objects(inPlanes: $0) }
    var all: [UInt32: LabelObject] = [:]
    for object in parts.joined() {
      if all[object.label]?.merge(object) == nil { all[object.label] = object }
    }
    return all.values.sorted { $0.label < $1.label }
  }

  private func objects(inPlanes planes: Range<Int>) -> [LabelObject] {
    var index: [UInt32: Int] = [:]
    var found: [LabelObject] = []
    for z in planes {
      for y in 0..<grid.size.y {
        let start = grid.offset(0, y, z)
        let row = voxels.extracting(start..<start + grid.size.x)
        var x = 0
        while x < row.count {
          let label = row[x]
          let first = x
          repeat { x += 1 } while x < row.count && row[x] == label
          if label == 0 { continue }
          let run = LabelObject(
            label: label, voxelCount: x - first, lower: SIMD3(first, y, z),
            upper: SIMD3(x - 1, y, z),
            indexSum: SIMD3((x - first) * (first + x - 1) / 2, (x - first) * y, (x - first) * z))
          if let known = index[label] {
            found[known].merge(run)
          } else {
            index[label] = found.count
            found.append(run)
          }
        }
      }
    }
    return found
  }
}
