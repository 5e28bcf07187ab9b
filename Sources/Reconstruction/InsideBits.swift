internal import Volumes

/// Which points of a territory's lattice are inside, a bit each.
///
/// Every row along x starts at a new word, lowest bit first. No point of the outermost layer is inside.
struct InsideBits: Sendable {
  let size: SIMD3<Int>
  let wordsPerRow: Int
  private(set) var words: [UInt64]

  init(_ territory: Territory, slabs: [Range<Int>]) {
    size = territory.size
    wordsPerRow = (size.x + 63) / 64
    words = Array(repeating: 0, count: wordsPerRow * size.y * size.z)
    let (rows, wordsPerRow) = (size.y, wordsPerRow)
    unsafe words.withUnsafeMutableBufferPointer { buffer in
      let target = unsafe DisjointWrites(buffer)
      Parallel.forEach(slabs) { slab in
        let heights = territory.heights
        for row in slab.lowerBound * rows..<slab.upperBound * rows {
          // SAFETY: every row belongs to one slab.
          var words = unsafe MutableSpan(
            _unsafeStart: target.base + row * wordsPerRow, count: wordsPerRow)
          heights.markInside(row % rows, row / rows, into: &words)
        }
      }
    }
  }

  /// Where the words of a row begin.
  @inline(__always)
  func row(_ y: Int, _ z: Int) -> Int { (z * size.y + y) * wordsPerRow }
}

/// The edges of the lattice from 64 points of a row to their neighbours along x, y and z that the surface
/// crosses, a bit each.
struct CrossedEdges {
  var x: UInt64
  var y: UInt64 = 0
  var z: UInt64 = 0
}

extension InsideBits {
  @inline(__always)
  func crossedEdges(_ words: Span<UInt64>, _ y: Int, _ z: Int, word: Int) -> CrossedEdges {
    let here = words[row(y, z) + word]
    // The last point of a row is outside, like the zero bits beyond it.
    let carry = word + 1 < wordsPerRow ? words[row(y, z) + word + 1] << 63 : 0
    var edges = CrossedEdges(x: here ^ (here >> 1 | carry))
    if y + 1 < size.y { edges.y = here ^ words[row(y + 1, z) + word] }
    if z + 1 < size.z { edges.z = here ^ words[row(y, z + 1) + word] }
    return edges
  }
}

/// The cubes of a row, from the points (y, z) to (y + 1, z + 1), that the surface crosses.
struct CrossedCubes {
  private let rows: [4 of Int]
  private let wordsPerRow: Int
  private var word = -1
  private var pending: UInt64 = 0
  private var corners: [8 of UInt64] = .init(repeating: 0)

  init(_ bits: InsideBits, _ y: Int, _ z: Int) {
    rows = [bits.row(y, z), bits.row(y + 1, z), bits.row(y, z + 1), bits.row(y + 1, z + 1)]
    wordsPerRow = bits.wordsPerRow
  }

  /// The next cube: its place along x and its inside corners as bits.
  @inline(__always)
  mutating func next(_ words: Span<UInt64>) -> (x: Int, inside: Int)? {
    while pending == 0 {
      word += 1
      guard word < wordsPerRow else { return nil }
      load(words)
    }
    let place = pending.trailingZeroBitCount
    pending &= pending - 1
    return (64 * word + place, insideCorners(UInt64(place)))
  }

  @inline(__always)
  private mutating func load(_ words: Span<UInt64>) {
    var (any, all) = (0 as UInt64, UInt64.max)
    for row in 0..<4 {
      let here = words[rows[row] + word]
      let carry = word + 1 < wordsPerRow ? words[rows[row] + word + 1] << 63 : 0
      let next = here >> 1 | carry
      (corners[2 * row], corners[2 * row + 1]) = (here, next)
      any |= here | next
      all &= here & next
    }
    pending = any & ~all
  }

  @inline(__always)
  private func insideCorners(_ place: UInt64) -> Int {
    var inside: UInt64 = 0
    for corner in 0..<8 { inside |= (corners[corner] >> place & 1) << UInt64(corner) }
    return Int(inside)
  }
}
