/// Two objects that touch.
public struct LabelContact: Sendable, Hashable {
  /// The smaller label.
  public let first: UInt32
  /// The larger label.
  public let second: UInt32
  /// Pairs of neighbouring voxels, one of each object.
  public let pairCount: Int
}

extension Volume where Element == UInt32 {
  /// The neighbour graph: all pairs of objects that touch, in ascending order of their labels.
  ///
  /// - Parameter connectivity: Which voxels touch. With ``VoxelConnectivity/faces`` the pairs are the
  ///   voxel faces between two objects.
  public func contacts(_ connectivity: VoxelConnectivity = .faces) -> [LabelContact] {
    // Half of the neighbours: every pair is met once.
    let steps = Neighbourhood.connected(connectivity).steps(on: grid).filter {
      ($0.z, $0.y, $0.x) > (0, 0, 0)
    }
    return pairCounts(along: steps).sorted { $0.key < $1.key }.map { key, count in
      LabelContact(
        first: UInt32(key >> 32), second: UInt32(truncatingIfNeeded: key), pairCount: count)
    }
  }

  /// How many pairs of voxels of two objects lie some steps apart: by the two labels, the smaller one in
  /// the upper half.
  package func pairCounts(along steps: [SIMD3<Int>]) -> [UInt64: Int] {
    let parts = Parallel.map(Parallel.pieces(of: grid.size.z, size: 8)) { planes in
      var counts: [UInt64: Int] = [:]
      for z in planes {
        for step in steps where z + step.z < grid.size.z {
          countContacts(of: z, along: step, in: &counts)
        }
      }
      return counts
    }
    return parts.reduce(into: [:]) { $0.merge($1, uniquingKeysWith: +) }
  }

  private func countContacts(of z: Int, along step: SIMD3<Int>, in counts: inout [UInt64: Int]) {
    let voxels = voxels
    let rows = max(0, -step.y)..<max(0, -step.y, min(grid.size.y, grid.size.y - step.y))
    let columns = max(0, -step.x)..<max(0, -step.x, min(grid.size.x, grid.size.x - step.x))
    for y in rows {
      let here = grid.offset(0, y, z)
      let there = grid.offset(step.x, y + step.y, z + step.z)
      for x in columns {
        let (a, b) = (voxels[here + x], voxels[there + x])
        guard a != b && a != 0 && b != 0 else { continue }
        counts[UInt64(min(a, b)) << 32 | UInt64(max(a, b)), default: 0] += 1
      }
    }
  }
}
