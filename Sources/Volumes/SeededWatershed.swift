extension Volume where Element == Float {
  /// The watershed of seeds: the volume, taken for a landscape, is flooded from the seeds upwards, and
  /// every voxel belongs to the seed whose water reaches it first.
  ///
  /// No line is left between regions. A voxel reached at the same height from several sides belongs to
  /// the one that has waited longest. Heights are told apart in 65,536 steps between the lowest and
  /// the highest voxel; NaN is highest.
  /// - Parameters:
  ///   - seeds: The labels of the seeds; 0 is no seed.
  ///   - mask: Where water flows; everywhere when `nil`.
  ///   - connectivity: Which voxels water flows to. Every region is connected in this sense to its
  ///     seed.
  /// - Complexity: O(voxels).
  ///
  /// Meyer 1991, Un algorithme optimal pour la ligne de partage des eaux.
  public func watershed(
    from seeds: LabelVolume, within mask: Mask? = nil, connectivity: VoxelConnectivity = .faces
  ) throws(VolumeError) -> LabelVolume {
    precondition(
      seeds.grid.size == grid.size && mask?.grid.size ?? grid.size == grid.size,
      "the seeds or the mask have another size than the landscape, \(grid.size)")
    precondition(grid.voxelCount < Int(UInt32.max), "\(grid.size) voxels are too many to flood")
    var owners = seeds
    if let mask { owners.close(outside: mask) }
    var queue = try FloodQueue(heights: self)
    owners.flood(over: self, through: &queue, connectivity)
    owners.open()
    return owners
  }
}

extension Volume where Element == UInt32 {
  /// Stands for what is not in the mask while water flows. No label, as those count from 1.
  private static var closed: UInt32 { .max }

  fileprivate mutating func close(outside mask: Mask) {
    let (size, grid) = (grid.size, grid)
    withDisjointWrites { owners in
      Parallel.forEach(size.z) { z in
        for y in 0..<size.y {
          let row = (z * size.y + y) * mask.wordsPerRow
          for x in 0..<size.x where mask.words[row + x >> 6] >> UInt64(x & 63) & 1 == 0 {
            // SAFETY: every plane belongs to one piece of work.
            unsafe owners.base[grid.offset(x, y, z)] = Self.closed
          }
        }
      }
    }
  }

  fileprivate mutating func open() {
    let count = grid.voxelCount
    withDisjointWrites { owners in
      Parallel.forEach(Parallel.pieces(of: count, size: 1 << 18)) { range in
        // SAFETY: every voxel belongs to one piece of work.
        for i in range where unsafe owners.base[i] == Self.closed { unsafe owners.base[i] = 0 }
      }
    }
  }

  fileprivate mutating func flood(
    over landscape: Volume<Float>, through queue: inout FloodQueue,
    _ connectivity: VoxelConnectivity
  ) {
    let (grid, size) = (grid, grid.size)
    let steps = Neighbourhood.connected(connectivity).steps(on: grid).filter { $0 != .zero }
    let offsets = steps.map { grid.offset($0.x, $0.y, $0.z) }
    let heights = landscape.voxels
    var owners = mutableVoxels
    for voxel in owners.indices where owners[voxel] != 0 && owners[voxel] != Self.closed {
      queue.push(voxel, at: heights[voxel])
    }
    while let voxel = queue.pop() {
      let place = grid.index(of: voxel)
      let isInner =
        place.x > 0 && place.y > 0 && place.z > 0 && place.x < size.x - 1
        && place.y < size.y - 1 && place.z < size.z - 1
      let owner = owners[voxel]
      for index in steps.indices {
        if !isInner && !grid.contains(place &+ steps[index]) { continue }
        let neighbour = voxel + offsets[index]
        guard owners[neighbour] == 0 else { continue }
        owners[neighbour] = owner
        queue.push(neighbour, at: heights[neighbour])
      }
    }
  }
}

/// Voxels that wait to be flooded: lowest first, of equal ones the one that has waited longest.
private struct FloodQueue {
  private static let levels = 1 << 16
  private static let none = UInt32.max

  private let lowest: Float
  private let scale: Float
  /// For every level the first and the last voxel that waits there; each knows the next one.
  private var first: [UInt32]
  private var last: [UInt32]
  private var next: Volume<UInt32>
  private var level = 0

  init(heights: Volume<Float>) throws(VolumeError) {
    let (low, high) = heights.floatRows.finiteRange() ?? (0, 0)
    lowest = low
    scale = high > low ? Float(Self.levels - 1) / (high - low) : 0
    first = Array(repeating: Self.none, count: Self.levels)
    last = first
    next = try Volume<UInt32>(grid: heights.grid)
  }

  @inline(__always)
  mutating func push(_ voxel: Int, at height: Float) {
    let position = (height - lowest) * scale
    let level = position < Float(Self.levels) ? (position > 0 ? Int(position) : 0) : Self.levels - 1
    if first[level] == Self.none {
      first[level] = UInt32(voxel)
    } else {
      let waiting = Int(last[level])
      var next = next.mutableVoxels
      next[waiting] = UInt32(voxel)
    }
    last[level] = UInt32(voxel)
    setLast(voxel)
    // Water falls where the ground does.
    self.level = min(self.level, level)
  }

  @inline(__always)
  private mutating func setLast(_ voxel: Int) {
    var next = next.mutableVoxels
    next[voxel] = Self.none
  }

  @inline(__always)
  mutating func pop() -> Int? {
    while first[level] == Self.none {
      if level == Self.levels - 1 { return nil }
      level += 1
    }
    let voxel = Int(first[level])
    first[level] = next.voxels[voxel]
    return voxel
  }
}
