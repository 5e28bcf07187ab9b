/// Masks of some of the components of a mask.
extension Mask {
  /// Reconstruction by dilation: the components of the mask that hold a voxel of the seeds.
  public func reconstructed(
    from seeds: Mask, connectivity: VoxelConnectivity = .corners
  ) -> Mask {
    precondition(
      seeds.grid.size == grid.size, "seeds of \(seeds.grid.size) in a mask of \(grid.size)")
    let components = MaskComponents(self, connectivity)
    let counts = components.voxelCounts(in: seeds)
    return components.mask { counts[$0] > 0 }
  }

  /// The components of the mask that do not reach the border of the volume.
  public func borderCleared(_ connectivity: VoxelConnectivity = .corners) -> Mask {
    subtracting(reconstructed(from: .border(of: grid), connectivity: connectivity))
  }

  /// The components of at least a number of voxels.
  public func withoutComponents(
    smallerThan voxelCount: Int, connectivity: VoxelConnectivity = .corners
  ) -> Mask {
    let components = MaskComponents(self, connectivity)
    let sizes = components.voxelCounts(in: self)
    return components.mask { sizes[$0] >= voxelCount }
  }

  /// The largest components; of equal ones those that come first in raster order.
  public func largestComponents(
    _ count: Int = 1, connectivity: VoxelConnectivity = .corners
  ) -> Mask {
    precondition(count > 0, "at least one component is kept, got \(count)")
    let components = MaskComponents(self, connectivity)
    let sizes = components.voxelCounts(in: self)
    let order = components.rootsInRasterOrder().enumerated().sorted {
      (sizes[$1.element], $0.offset) < (sizes[$0.element], $1.offset)
    }
    let kept = Set(order.prefix(count).map(\.element))
    return components.mask { kept.contains($0) }
  }

  /// The voxels at the border of a grid.
  static func border(of grid: Grid) -> Mask {
    let last = grid.size &- 1
    var border = Mask(grid: grid)
    for z in 0...last.z {
      for y in 0...last.y {
        if y == 0 || y == last.y || z == 0 || z == last.z {
          border.insert(0..<grid.size.x, y, z)
        } else {
          border[0, y, z] = true
          border[last.x, y, z] = true
        }
      }
    }
    return border
  }
}

extension MaskComponents {
  /// The voxels of the components that are wanted, by their roots.
  fileprivate func mask(where isWanted: (Int) -> Bool) -> Mask {
    var wanted = Mask(grid: mask.grid)
    for z in 0..<blocks.countZ {
      forEachRun(ofLayer: z) { run, columns, y in
        guard isWanted(Int(roots[run])) else { return }
        blocks.forEachRow(ofBlock: y, z) { y, z in wanted.insert(columns, y, z) }
      }
    }
    return wanted.intersection(mask)
  }
}

/// Runs of voxels along x, none of them empty.
extension Mask {
  /// Sets the voxels of a run.
  mutating func insert(_ run: Range<Int>, _ y: Int, _ z: Int) {
    let row = (z * grid.size.y + y) * wordsPerRow
    forEachWord(of: run) { words[row + $0] |= $1 }
  }

  /// How many voxels of a run are set.
  func count(of run: Range<Int>, _ y: Int, _ z: Int) -> Int {
    let row = (z * grid.size.y + y) * wordsPerRow
    var count = 0
    forEachWord(of: run) { count += (words[row + $0] & $1).nonzeroBitCount }
    return count
  }

  /// The first voxel of a run that is set.
  func first(of run: Range<Int>, _ y: Int, _ z: Int) -> Int? {
    let row = (z * grid.size.y + y) * wordsPerRow
    var first: Int?
    forEachWord(of: run) { word, bits in
      let found = words[row + word] & bits
      if first == nil && found != 0 { first = word << 6 + found.trailingZeroBitCount }
    }
    return first
  }
}

/// The words of a row that a run lies in, and the bits that it has in each.
@inline(__always)
private func forEachWord(of run: Range<Int>, _ body: (Int, UInt64) -> Void) {
  for word in run.lowerBound >> 6...(run.upperBound - 1) >> 6 {
    let first = max(run.lowerBound - word << 6, 0)
    let count = min(run.upperBound - word << 6, 64) - first
    body(word, (.max >> UInt64(64 - count)) << UInt64(first))
  }
}
