/// Rows of a mask taken together, so that they are worked on as one row.
///
///      26 neighbours    18 neighbours    6 neighbours
///         ┌──┬──┐          ┌──┬──┐          ┌──┐
///       z │  │  │          │  │  │          │  │
///         ├──┼──┤          └──┴──┘          └──┘
///         │  │  │
///         └──┴──┘
///            y
///
/// Each block has as many rows as can be without two voxels of neighbouring columns that do not touch:
/// so a run of columns that are not empty is connected, and there are up to four times fewer of them
/// than runs of voxels. After the block-based scans of Grana, Borghesani & Cucchiara 2010,
/// doi:10.1109/TIP.2010.2044963.
struct RowBlocks: Sendable {
  let size: SIMD3<Int>
  /// Rows of a block along y and z.
  let height: Int
  let depth: Int
  /// The blocks before a block that its voxels may touch, itself left out.
  let neighbours: [Neighbour]

  /// A block at a step along y and z, and the pairs of rows, one of each block, that may touch.
  struct Neighbour: Sendable {
    let y: Int
    let z: Int
    let pairs: [RowPair]
  }

  struct RowPair: Sendable {
    /// Which row of the block, and which of its neighbour.
    let here: (y: Int, z: Int)
    let there: (y: Int, z: Int)
    /// Whether voxels touch whose columns are next to each other, and not only those of one column.
    let isOblique: Bool
  }

  init(of size: SIMD3<Int>, _ connectivity: VoxelConnectivity) {
    self.size = size
    let (height, depth) = connectivity == .faces ? (1, 1) : (2, connectivity == .corners ? 2 : 1)
    self.height = height
    self.depth = depth
    let rows = (0..<height * depth).map { (y: $0 % height, z: $0 / height) }
    neighbours = [(-1, -1), (0, -1), (1, -1), (-1, 0)].compactMap { y, z in
      let pairs = rows.flatMap { here in
        rows.compactMap { there -> RowPair? in
          let apart = (abs(y * height + there.y - here.y), abs(z * depth + there.z - here.z))
          let reach = connectivity.axesOfStep - apart.0 - apart.1
          guard max(apart.0, apart.1) <= 1, reach >= 0 else { return nil }
          return RowPair(here: here, there: there, isOblique: reach > 0)
        }
      }
      return pairs.isEmpty ? nil : Neighbour(y: y, z: z, pairs: pairs)
    }
  }

  /// How many blocks there are along y and z.
  var countY: Int { (size.y + height - 1) / height }
  var countZ: Int { (size.z + depth - 1) / depth }

  /// Calls `body` with the y and z of the rows of a block, in raster order; fewer at the end of the
  /// volume.
  @inline(__always)
  func forEachRow(ofBlock y: Int, _ z: Int, _ body: (_ y: Int, _ z: Int) -> Void) {
    for rowZ in z * depth..<min((z + 1) * depth, size.z) {
      for rowY in y * height..<min((y + 1) * height, size.y) { body(rowY, rowZ) }
    }
  }
}

extension VoxelConnectivity {
  /// Along how many axes at most neighbours are apart.
  fileprivate var axesOfStep: Int {
    switch self {
    case .faces: 1
    case .edges: 2
    case .corners: 3
    }
  }
}

/// The runs of columns in one layer of blocks: in all blocks of the same z.
struct BlockLayer {
  struct Run {
    /// First column and the column after the last.
    var start: Int32
    var end: Int32

    var columns: Range<Int> { Int(start)..<Int(end) }
  }

  /// The runs of all blocks, by y.
  private(set) var runs: [Run] = []
  /// Where the runs of each block begin, and one more entry for their end.
  private(set) var starts: [Int] = []

  func runs(ofBlock y: Int) -> Range<Int> { starts[y]..<starts[y + 1] }

  /// Reads a layer of a mask, in place of what was there.
  mutating func read(_ z: Int, of mask: Mask, in blocks: RowBlocks) {
    runs.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
    var columns = [UInt64](repeating: 0, count: mask.wordsPerRow)
    for y in 0..<blocks.countY {
      starts.append(runs.count)
      mask.readColumns(y, z, in: blocks, into: &columns)
      appendRuns(of: columns.span)
    }
    starts.append(runs.count)
  }

  private mutating func appendRuns(of words: Span<UInt64>) {
    // The column that the open run began with; -1 where none is open.
    var open: Int32 = -1
    for index in words.indices {
      var bits = words[index]
      let base = Int32(index * 64)
      var x: Int32 = 0
      while true {
        let skip = open < 0 ? bits.trailingZeroBitCount : (~bits).trailingZeroBitCount
        x += Int32(truncatingIfNeeded: skip)
        guard x < 64 else { break }
        bits &>>= UInt64(skip)
        if open < 0 {
          open = base + x
        } else {
          runs.append(Run(start: open, end: base + x))
          open = -1
        }
      }
    }
    if open >= 0 { runs.append(Run(start: open, end: Int32(words.count * 64))) }
  }
}

extension Mask {
  /// The columns of a block that are not empty, as bits.
  func readColumns(_ y: Int, _ z: Int, in blocks: RowBlocks, into columns: inout [UInt64]) {
    let words = words.span
    for index in columns.indices { columns[index] = 0 }
    blocks.forEachRow(ofBlock: y, z) { y, z in
      let row = (z * grid.size.y + y) * wordsPerRow
      for index in columns.indices { columns[index] |= words[row + index] }
    }
  }

  /// How many runs of columns a layer of blocks has.
  func runCount(ofLayer z: Int, in blocks: RowBlocks) -> Int {
    var columns = [UInt64](repeating: 0, count: wordsPerRow)
    var count = 0
    for y in 0..<blocks.countY {
      readColumns(y, z, in: blocks, into: &columns)
      var carry: UInt64 = 0
      for bits in columns {
        count += (bits & ~(bits << 1 | carry)).nonzeroBitCount
        carry = bits >> 63
      }
    }
    return count
  }
}
