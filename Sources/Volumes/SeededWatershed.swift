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
    // Water does not flow from one component of the mask to another: they are flooded one by one.
    let basins = owners.seedsByComponent(of: mask, connectivity)
    let (low, high) = floatRows.finiteRange() ?? (0, 0)
    var next = try Volume<UInt32>(grid: grid)
    owners.withDisjointWrites { owners in
      next.withDisjointWrites { next in
        Parallel.forEach(Parallel.pieces(of: basins.count, size: 4)) { range in
          var flood = Flood(
            over: self, owners: owners, next: next, range: (low, high), connectivity)
          for basin in basins[range] { flood.run(from: basin) }
        }
      }
    }
    owners.open()
    return owners
  }
}

extension Volume where Element == UInt32 {
  /// Stands for what is not in the mask while water flows. No label, as those count from 1.
  fileprivate static var closed: UInt32 { .max }

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

  /// The voxels of the seeds in raster order, those of each component of the mask together.
  fileprivate func seedsByComponent(
    of mask: Mask?, _ connectivity: VoxelConnectivity
  ) -> [[Int]] {
    let voxels = voxels
    guard let mask else {
      return [voxels.indices.filter { voxels[$0] != 0 }]
    }
    let runs = VoxelRuns(mask, connectivity: connectivity)
    var index: [Int32: Int] = [:]
    var basins: [[Int]] = []
    runs.forEachRun { run, y, z in
      let row = grid.offset(0, y, z)
      for x in Int(runs.runs[run].start)..<Int(runs.runs[run].end) where voxels[row + x] != 0 {
        let basin = index[runs.roots[run], default: basins.count]
        index[runs.roots[run]] = basin
        if basin == basins.count { basins.append([]) }
        basins[basin].append(row + x)
      }
    }
    return basins
  }
}

/// A flood on its way up: who owns each voxel, and which voxels wait at which height.
///
/// Lowest first, of equal ones the one that has waited longest.
private struct Flood {
  private static let levels = 1 << 16
  private static let none = UInt32.max

  private let grid: Grid
  private let landscape: Volume<Float>
  private let steps: [SIMD3<Int>]
  private let offsets: [Int]
  private let lowest: Float
  private let scale: Float
  private let owners: DisjointWrites<UInt32>
  /// For every level the first and the last voxel that waits there; each knows the next one.
  private var first: [UInt32]
  private var last: [UInt32]
  private let next: DisjointWrites<UInt32>
  private var level = 0

  init(
    over landscape: Volume<Float>, owners: DisjointWrites<UInt32>, next: DisjointWrites<UInt32>,
    range: (low: Float, high: Float), _ connectivity: VoxelConnectivity
  ) {
    self.landscape = landscape
    self.owners = owners
    self.next = next
    let grid = landscape.grid
    self.grid = grid
    steps = Neighbourhood.connected(connectivity).steps(on: grid).filter { $0 != .zero }
    offsets = steps.map { grid.offset($0.x, $0.y, $0.z) }
    lowest = range.low
    scale = range.high > range.low ? Float(Self.levels - 1) / (range.high - range.low) : 0
    first = Array(repeating: Self.none, count: Self.levels)
    last = first
  }

  /// Floods a component of the mask from its seeds. All queues are empty before and after.
  mutating func run(from seeds: [Int]) {
    let landscape = landscape
    let heights = landscape.voxels
    let inner = grid.size &- 1
    level = Self.levels - 1
    for voxel in seeds { push(voxel, at: heights[voxel]) }
    while let voxel = pop() {
      let place = grid.index(of: voxel)
      let isInner =
        place.x > 0 && place.y > 0 && place.z > 0 && place.x < inner.x && place.y < inner.y
        && place.z < inner.z
      // SAFETY: neighbours are looked up only inside of the grid, and belong to this component or
      // are closed, which nobody changes.
      let owner = unsafe owners.base[voxel]
      for index in steps.indices {
        if !isInner && !grid.contains(place &+ steps[index]) { continue }
        let neighbour = voxel + offsets[index]
        guard unsafe owners.base[neighbour] == 0 else { continue }
        unsafe owners.base[neighbour] = owner
        push(neighbour, at: heights[neighbour])
      }
    }
  }

  @inline(__always)
  private mutating func push(_ voxel: Int, at height: Float) {
    let position = (height - lowest) * scale
    let level = position < Float(Self.levels) ? (position > 0 ? Int(position) : 0) : Self.levels - 1
    if first[level] == Self.none {
      first[level] = UInt32(voxel)
    } else {
      unsafe next.base[Int(last[level])] = UInt32(voxel)
    }
    last[level] = UInt32(voxel)
    unsafe next.base[voxel] = Self.none
    // Water falls where the ground does.
    self.level = min(self.level, level)
  }

  @inline(__always)
  private mutating func pop() -> Int? {
    while first[level] == Self.none {
      if level == Self.levels - 1 { return nil }
      level += 1
    }
    let voxel = Int(first[level])
    first[level] = unsafe next.base[voxel]
    return voxel
  }
}
