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
    let mask = mask ?? Mask(grid: grid).inverted()
    var owners = seeds
    owners.close(outside: mask)
    // Water does not flow from one component of the mask to another: they are flooded one by one.
    let basins = owners.seedsByComponent(of: mask, connectivity)
    let (low, high) = floatRows.finiteRange() ?? (0, 0)
    owners.withDisjointWrites { owners in
      Parallel.forEach(Parallel.pieces(of: basins.count, size: 8)) { range in
        var flood = Flood(over: self, owners: owners, range: (low, high), connectivity)
        for basin in basins[range] { flood.run(from: basin) }
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

  /// The voxels of the seeds that water flows away from, in raster order, those of each component of
  /// the mask together.
  fileprivate func seedsByComponent(
    of mask: Mask, _ connectivity: VoxelConnectivity
  ) -> [[UInt32]] {
    let components = MaskComponents(mask, connectivity)
    let neighbours = VoxelNeighbours(connectivity, on: grid)
    let runs = Parallel.map(components.blocks.countZ) { z in
      let voxels = voxels
      var runs: [(root: UInt32, seeds: [UInt32])] = []
      components.forEachRun(ofLayer: z) { run, columns, y in
        var seeds: [UInt32] = []
        components.blocks.forEachRow(ofBlock: y, z) { y, z in
          let row = grid.offset(0, y, z)
          for voxel in row + columns.lowerBound..<row + columns.upperBound
          where voxels[voxel] != 0 && voxels[voxel] != Self.closed {
            var isOpen = false
            neighbours.forEach(of: voxel) { if voxels[$0] == 0 { isOpen = true } }
            if isOpen { seeds.append(UInt32(voxel)) }
          }
        }
        if !seeds.isEmpty { runs.append((components.roots[run], seeds)) }
      }
      return runs
    }
    var basins: [UInt32: [UInt32]] = [:]
    for run in runs.joined() { basins[run.root, default: []] += run.seeds }
    return basins.values.map { $0.sorted() }.sorted { $0[0] < $1[0] }
  }
}

/// The voxels next to a voxel, by their places in memory.
private struct VoxelNeighbours: Sendable {
  private let grid: Grid
  private let steps: [SIMD3<Int>]
  private let offsets: [Int]

  init(_ connectivity: VoxelConnectivity, on grid: Grid) {
    self.grid = grid
    steps = Neighbourhood.connected(connectivity).steps(on: grid).filter { $0 != .zero }
    offsets = steps.map { grid.offset($0.x, $0.y, $0.z) }
  }

  /// Calls `body` with every neighbour that lies in the grid.
  @inline(__always)
  func forEach(of voxel: Int, _ body: (Int) -> Void) {
    let place = grid.index(of: voxel)
    let inner = grid.size &- 1
    let isInner =
      place.x > 0 && place.y > 0 && place.z > 0 && place.x < inner.x && place.y < inner.y
      && place.z < inner.z
    for index in steps.indices where isInner || grid.contains(place &+ steps[index]) {
      body(voxel + offsets[index])
    }
  }
}

/// A flood on its way up: who owns each voxel, and which voxels wait at which height.
///
/// Lowest first, of equal ones the one that has waited longest. Only the voxels that wait are kept.
private struct Flood {
  private static let levels = 1 << 16
  private static let none = UInt32.max

  private let landscape: Volume<Float>
  private let neighbours: VoxelNeighbours
  private let lowest: Float
  private let scale: Float
  private let owners: DisjointWrites<UInt32>
  /// A voxel that waits, and which one of its level waits behind it; of a place that is free, the next
  /// free one.
  private var places: [(voxel: UInt32, next: UInt32)] = []
  private var free = none
  /// For every level the places of the first and the last voxel that waits there.
  private var first: [UInt32]
  private var last: [UInt32]
  private var level = 0

  init(
    over landscape: Volume<Float>, owners: DisjointWrites<UInt32>, range: (low: Float, high: Float),
    _ connectivity: VoxelConnectivity
  ) {
    self.landscape = landscape
    self.owners = owners
    neighbours = VoxelNeighbours(connectivity, on: landscape.grid)
    lowest = range.low
    scale = range.high > range.low ? Float(Self.levels - 1) / (range.high - range.low) : 0
    first = Array(repeating: Self.none, count: Self.levels)
    last = first
  }

  /// Floods a component of the mask from its seeds. All queues are empty before and after.
  mutating func run(from seeds: [UInt32]) {
    let landscape = landscape
    let neighbours = neighbours
    let owners = owners
    let heights = landscape.voxels
    level = Self.levels - 1
    for voxel in seeds { push(voxel, at: heights[Int(voxel)]) }
    while let voxel = pop() {
      // SAFETY: neighbours lie inside of the grid, and belong to this component or are closed, which
      // nobody changes.
      let owner = unsafe owners.base[Int(voxel)]
      neighbours.forEach(of: Int(voxel)) { neighbour in
        guard unsafe owners.base[neighbour] == 0 else { return }
        unsafe owners.base[neighbour] = owner
        push(UInt32(neighbour), at: heights[neighbour])
      }
    }
  }

  @inline(__always)
  private mutating func push(_ voxel: UInt32, at height: Float) {
    let position = (height - lowest) * scale
    let level = position < Float(Self.levels) ? (position > 0 ? Int(position) : 0) : Self.levels - 1
    let place = takePlace(for: voxel)
    if first[level] == Self.none {
      first[level] = place
    } else {
      places[Int(last[level])].next = place
    }
    last[level] = place
    // Water falls where the ground does.
    self.level = min(self.level, level)
  }

  /// A free place, with a voxel in it that nobody waits behind.
  @inline(__always)
  private mutating func takePlace(for voxel: UInt32) -> UInt32 {
    guard free != Self.none else {
      places.append((voxel, Self.none))
      return UInt32(places.count - 1)
    }
    let place = free
    free = places[Int(place)].next
    places[Int(place)] = (voxel, Self.none)
    return place
  }

  @inline(__always)
  private mutating func pop() -> UInt32? {
    while first[level] == Self.none {
      if level == Self.levels - 1 { return nil }
      level += 1
    }
    let place = first[level]
    let (voxel, next) = places[Int(place)]
    first[level] = next
    places[Int(place)].next = free
    free = place
    return voxel
  }
}
