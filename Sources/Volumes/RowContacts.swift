/// Where two blocks of rows touch, as bits.
///
/// A bit is set where voxels of one column touch, or a voxel of the column touches one of the column before
/// it. So two runs of columns touch where there is a bit in what they have in common or right behind it:
/// beyond the end of either there is no other voxel that the bit could come from.
struct RowContacts {
  private var words: [UInt64]
  private let wordsPerRow: Int

  init(wordsPerRow: Int) {
    self.wordsPerRow = wordsPerRow
    words = Array(repeating: 0, count: wordsPerRow + 1)
  }

  mutating func find(
    between y: Int, _ z: Int, and neighbour: RowBlocks.Neighbour, of mask: Mask,
    in blocks: RowBlocks
  ) {
    for index in words.indices { words[index] = 0 }
    let size = blocks.size
    for pair in neighbour.pairs {
      let here = (y: y * blocks.height + pair.here.y, z: z * blocks.depth + pair.here.z)
      let there = (
        y: (y + neighbour.y) * blocks.height + pair.there.y,
        z: (z + neighbour.z) * blocks.depth + pair.there.z
      )
      guard here.y < size.y, there.y < size.y, here.z < size.z, there.z < size.z else { continue }
      let bits = mask.words.span
      let (a, b) = (
        (here.z * size.y + here.y) * wordsPerRow, (there.z * size.y + there.y) * wordsPerRow
      )
      if pair.isOblique {
        addOblique(bits.extracting(a..<a + wordsPerRow), bits.extracting(b..<b + wordsPerRow))
      } else {
        for index in 0..<wordsPerRow { words[index] |= bits[a + index] & bits[b + index] }
      }
    }
  }

  private mutating func addOblique(_ a: Span<UInt64>, _ b: Span<UInt64>) {
    var (carryA, carryB) = (UInt64(0), UInt64(0))
    for index in a.indices {
      let (one, other) = (a[index], b[index])
      let (afterOne, afterOther) = (one << 1 | carryA, other << 1 | carryB)
      words[index] |= one & (other | afterOther) | afterOne & other
      (carryA, carryB) = (one >> 63, other >> 63)
    }
  }

  /// Whether two blocks touch in one of the columns from one through another.
  @inline(__always)
  func hasAny(from first: Int, through last: Int) -> Bool {
    var index = first >> 6
    var bits = words[index] & (.max &<< UInt64(first & 63))
    while index < last >> 6 {
      if bits != 0 { return true }
      index += 1
      bits = words[index]
    }
    return bits & (.max &>> UInt64(63 - last & 63)) != 0
  }
}
