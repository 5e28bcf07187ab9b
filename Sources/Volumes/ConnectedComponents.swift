/// A labelled volume: 0 is background, every other value names one object.
public typealias LabelVolume = Volume<UInt32>

extension Mask {
  /// The connected components of the mask, numbered from 1 in raster order of their first voxel.
  ///
  /// - Parameters:
  ///   - connectivity: Which voxels count as neighbours.
  ///   - minimumVoxelCount: Components with fewer voxels stay background.
  /// - Complexity: O(voxels / 64 + runs).
  public func connectedComponents(
    _ connectivity: VoxelConnectivity = .corners, minimumVoxelCount: Int = 1
  ) throws(VolumeError) -> LabelVolume {
    let runs = VoxelRuns(self, connectivity: connectivity)
    let labels = runs.labels(minimumVoxelCount: minimumVoxelCount)
    var volume = try LabelVolume(grid: grid)
    runs.paint(labels, into: &volume)
    return volume
  }
}

extension Volume where Element == UInt32 {
  /// The connected components of all labels, numbered from 1 in raster order of their first voxel:
  /// touching objects of different labels stay apart, and one in several pieces becomes several.
  public func connectedComponents(
    _ connectivity: VoxelConnectivity = .corners
  ) throws(VolumeError) -> LabelVolume {
    let runs = VoxelRuns(self, connectivity: connectivity)
    let labels = runs.labels(minimumVoxelCount: 1)
    var volume = try LabelVolume(grid: grid)
    runs.paint(labels, into: &volume)
    return volume
  }
}

extension VoxelRuns {
  /// The label of every run: components are numbered in order, small ones get 0.
  fileprivate func labels(minimumVoxelCount: Int) -> [UInt32] {
    let size = minimumVoxelCount > 1 ? componentSizes() : []
    var labels = [UInt32](repeating: 0, count: runs.count)
    var last: UInt32 = 0
    for run in runs.indices {
      let root = Int(roots[run])
      if root == run {
        guard minimumVoxelCount <= 1 || size[run] >= minimumVoxelCount else { continue }
        last += 1
        labels[run] = last
      } else {
        labels[run] = labels[root]
      }
    }
    return labels
  }

  fileprivate func paint(_ labels: [UInt32], into volume: inout LabelVolume) {
    let size = grid.size
    volume.withDisjointWrites { target in
      Parallel.forEach(size.z) { z in
        for y in 0..<size.y {
          for run in row(y, z) where labels[run] != 0 {
            let start = grid.offset(Int(runs[run].start), y, z)
            // SAFETY: a run lies inside its row, and a row belongs to one plane.
            unsafe (target.base + start).update(
              repeating: labels[run], count: Int(runs[run].end - runs[run].start))
          }
        }
      }
    }
  }
}
