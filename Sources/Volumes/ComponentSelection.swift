/// Masks of some of the components of a mask.
extension Mask {
  /// Reconstruction by dilation: the components of the mask that hold a voxel of the seeds.
  public func reconstructed(
    from seeds: Mask, connectivity: VoxelConnectivity = .corners
  ) -> Mask {
    precondition(
      seeds.grid.size == grid.size, "seeds of \(seeds.grid.size) in a mask of \(grid.size)")
    return components(connectivity) { runs in
      var isSeeded = [Bool](repeating: false, count: runs.runs.count)
      runs.forEachRun { run, y, z in
        guard !isSeeded[Int(runs.roots[run])] else { return }
        let ends = runs.runs[run]
        isSeeded[Int(runs.roots[run])] = seeds.hasVoxel(in: Int(ends.start)..<Int(ends.end), y, z)
      }
      return isSeeded
    }
  }

  /// The components of the mask that do not reach the border of the volume.
  public func borderCleared(_ connectivity: VoxelConnectivity = .corners) -> Mask {
    components(connectivity) { runs in runs.componentsAtBorder().map { !$0 } }
  }

  /// The components of at least a number of voxels.
  public func withoutComponents(
    smallerThan voxelCount: Int, connectivity: VoxelConnectivity = .corners
  ) -> Mask {
    components(connectivity) { runs in runs.componentSizes().map { $0 >= voxelCount } }
  }

  /// The largest components; of equal ones those that come first in raster order.
  public func largestComponents(
    _ count: Int = 1, connectivity: VoxelConnectivity = .corners
  ) -> Mask {
    precondition(count > 0, "at least one component is kept, got \(count)")
    return components(connectivity) { runs in
      let sizes = runs.componentSizes()
      let order = sizes.indices.filter { sizes[$0] > 0 }.sorted {
        (sizes[$1], $0) < (sizes[$0], $1)
      }
      var isKept = [Bool](repeating: false, count: sizes.count)
      for root in order.prefix(count) { isKept[root] = true }
      return isKept
    }
  }

  /// The voxels of the components that are wanted.
  /// - Parameter isWanted: For the root of every component, whether it is.
  private func components(
    _ connectivity: VoxelConnectivity, where isWanted: (VoxelRuns) -> [Bool]
  ) -> Mask {
    let runs = VoxelRuns(self, connectivity: connectivity)
    let wanted = isWanted(runs)
    var result = Mask(grid: grid)
    runs.forEachRun { run, y, z in
      if wanted[Int(runs.roots[run])] { result.fill(runs.runs[run], y, z) }
    }
    return result
  }
}

extension Mask {
  /// Sets the voxels of a run.
  mutating func fill(_ run: VoxelRuns.Run, _ y: Int, _ z: Int) {
    let row = (z * grid.size.y + y) * wordsPerRow
    forEachWord(of: Int(run.start)..<Int(run.end)) { words[row + $0] |= $1 }
  }

  fileprivate func hasVoxel(in run: Range<Int>, _ y: Int, _ z: Int) -> Bool {
    let row = (z * grid.size.y + y) * wordsPerRow
    var found: UInt64 = 0
    forEachWord(of: run) { found |= words[row + $0] & $1 }
    return found != 0
  }
}

/// The words of a row that a run lies in, and the bits that it has in each.
private func forEachWord(of run: Range<Int>, _ body: (Int, UInt64) -> Void) {
  for word in run.lowerBound >> 6...(run.upperBound - 1) >> 6 {
    let first = max(run.lowerBound - word << 6, 0)
    let count = min(run.upperBound - word << 6, 64) - first
    body(word, (.max >> UInt64(64 - count)) << UInt64(first))
  }
}

extension VoxelRuns {
  /// Calls `body` with the index of every run and the y and z of its row, in raster order.
  func forEachRun(_ body: (Int, _ y: Int, _ z: Int) -> Void) {
    for z in 0..<grid.size.z {
      for y in 0..<grid.size.y {
        for run in row(y, z) { body(run, y, z) }
      }
    }
  }

  /// For every root the number of voxels of its component; 0 for runs that are no root.
  func componentSizes() -> [Int] {
    var sizes = [Int](repeating: 0, count: runs.count)
    for run in runs.indices { sizes[Int(roots[run])] += Int(runs[run].end - runs[run].start) }
    return sizes
  }

  /// For every root: whether one of its runs lies at the border of the volume.
  func componentsAtBorder() -> [Bool] {
    var touches = [Bool](repeating: false, count: runs.count)
    forEachRun { run, y, z in
      let outerRow = z == 0 || y == 0 || z == grid.size.z - 1 || y == grid.size.y - 1
      if outerRow || runs[run].start == 0 || Int(runs[run].end) == grid.size.x {
        touches[Int(roots[run])] = true
      }
    }
    return touches
  }
}
