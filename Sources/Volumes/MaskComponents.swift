/// The connected components of a mask, as runs of columns of ``RowBlocks``.
///
///     layer by layer, in slabs     runs of blocks that touch are joined
///     then slab to slab            the same, for the layers on both sides
///
/// What labels, selections, holes and floods of a mask stand on. The bits say which runs touch, so only
/// pairs of runs are looked at, and only the sets that they belong to are kept.
struct MaskComponents {
  let mask: Mask
  let blocks: RowBlocks
  /// The number of the first run of every layer of blocks, and one more entry for the end.
  let layerStarts: [Int]
  /// For every run the first run of its component.
  private(set) var roots: [UInt32]

  init(_ mask: Mask, _ connectivity: VoxelConnectivity) {
    self.mask = mask
    let blocks = RowBlocks(of: mask.grid.size, connectivity)
    self.blocks = blocks
    let counts = Parallel.map(blocks.countZ) { mask.runCount(ofLayer: $0, in: blocks) }
    let starts = counts.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1) }
    layerStarts = starts
    let count = starts[counts.count]
    precondition(count < UInt32.max, "\(count) runs of voxels are too many to number")
    roots = Array(0..<UInt32(count))
    guard count > 0 else { return }
    unsafe roots.withUnsafeMutableBufferPointer { buffer in
      let sets = unsafe UnionFind(DisjointWrites(buffer))
      let slabs = Parallel.pieces(of: blocks.countZ, size: 16)
      // The runs of a slab are nobody else's until all slabs are done.
      Parallel.forEach(slabs) { layers in
        var joiner = LayerJoiner(of: mask, in: blocks, starts: starts, sets: sets)
        for z in layers { joiner.advance(to: z, joiningBelow: z > layers.lowerBound) }
      }
      for slab in slabs.dropFirst() {
        var joiner = LayerJoiner(of: mask, in: blocks, starts: starts, sets: sets)
        joiner.advance(to: slab.lowerBound - 1, joiningBelow: false)
        joiner.advance(to: slab.lowerBound, joiningBelow: true)
      }
      sets.flatten()
    }
  }

  /// Calls `body` with the number and the columns of every run of a layer, and the y of its block.
  func forEachRun(ofLayer z: Int, _ body: (_ run: Int, _ columns: Range<Int>, _ y: Int) -> Void) {
    var layer = BlockLayer()
    layer.read(z, of: mask, in: blocks)
    for y in 0..<blocks.countY {
      for index in layer.runs(ofBlock: y) {
        body(layerStarts[z] + index, layer.runs[index].columns, y)
      }
    }
  }

  /// For the root of every component how many of its voxels are in a mask; 0 for runs that are no root.
  func voxelCounts(in other: Mask) -> [Int] {
    let words = mask.intersection(other)
    var counts = [Int](repeating: 0, count: roots.count)
    for z in 0..<blocks.countZ {
      forEachRun(ofLayer: z) { run, columns, y in
        blocks.forEachRow(ofBlock: y, z) { y, z in
          counts[Int(roots[run])] += words.count(of: columns, y, z)
        }
      }
    }
    return counts
  }

  /// The roots of the components, in raster order of their first voxels.
  func rootsInRasterOrder() -> [Int] {
    Parallel.map(blocks.countZ) { z in
      // A component begins in the layer of its root.
      let first = layerStarts[z]
      var voxels = [Int](repeating: .max, count: layerStarts[z + 1] - first)
      forEachRun(ofLayer: z) { run, columns, y in
        let root = Int(roots[run]) - first
        if root >= 0 { voxels[root] = min(voxels[root], firstVoxel(of: columns, y, z)) }
      }
      return voxels.indices.filter { voxels[$0] < .max }.sorted { voxels[$0] < voxels[$1] }
        .map { $0 + first }
    }.flatMap { $0 }
  }

  private func firstVoxel(of columns: Range<Int>, _ y: Int, _ z: Int) -> Int {
    var voxel = Int.max
    blocks.forEachRow(ofBlock: y, z) { y, z in
      guard voxel == .max, let x = mask.first(of: columns, y, z) else { return }
      voxel = mask.grid.offset(x, y, z)
    }
    return voxel
  }

  /// Puts something else in the place of every root, by run: what components are to be called.
  ///
  /// The memory of the roots becomes that of the result.
  consuming func namingRuns(_ name: (_ root: Int) -> UInt32) -> [UInt32] {
    // A root comes before the other runs of its component, and so has its name when they are met.
    for run in roots.indices {
      let root = Int(roots[run])
      roots[run] = root == run ? name(run) : roots[root]
    }
    return roots
  }
}

/// Walks up the layers of blocks, and joins the runs of each to each other and to those of the layer
/// below.
private struct LayerJoiner {
  private let mask: Mask
  private let blocks: RowBlocks
  private let starts: [Int]
  private let sets: UnionFind
  private var below = BlockLayer()
  private var here = BlockLayer()
  private var contacts: RowContacts

  init(of mask: Mask, in blocks: RowBlocks, starts: [Int], sets: UnionFind) {
    self.mask = mask
    self.blocks = blocks
    self.starts = starts
    self.sets = sets
    contacts = RowContacts(wordsPerRow: mask.wordsPerRow)
  }

  mutating func advance(to z: Int, joiningBelow: Bool) {
    swap(&below, &here)
    here.read(z, of: mask, in: blocks)
    for neighbour in blocks.neighbours where neighbour.z == 0 || joiningBelow {
      for y in max(0, -neighbour.y)..<min(blocks.countY, blocks.countY - neighbour.y) {
        join(y, z, to: neighbour)
      }
    }
  }

  /// Joins the runs of a block to those of a neighbour that they touch.
  private mutating func join(_ y: Int, _ z: Int, to neighbour: RowBlocks.Neighbour) {
    let isBelow = neighbour.z < 0
    let mine = here.runs(ofBlock: y)
    let theirs =
      isBelow ? below.runs(ofBlock: y + neighbour.y) : here.runs(ofBlock: y + neighbour.y)
    if mine.isEmpty || theirs.isEmpty { return }
    contacts.find(between: y, z, and: neighbour, of: mask, in: blocks)
    let (firstHere, firstThere) = (starts[z], starts[z + neighbour.z])
    var a = mine.lowerBound
    var b = theirs.lowerBound
    while a < mine.upperBound && b < theirs.upperBound {
      let one = here.runs[a]
      let other = isBelow ? below.runs[b] : here.runs[b]
      let (first, last) = (max(one.start, other.start), min(one.end, other.end))
      // Most runs that touch are known to belong together.
      if first <= last && !sets.shareParent(firstHere + a, firstThere + b)
        && contacts.hasAny(from: Int(first), through: Int(last))
      {
        sets.join(firstHere + a, firstThere + b)
      }
      // Without a branch, which nobody could predict.
      let endsFirst = one.end < other.end
      a += endsFirst ? 1 : 0
      b += endsFirst ? 0 : 1
    }
  }
}
