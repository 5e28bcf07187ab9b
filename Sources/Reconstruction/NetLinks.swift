internal import Volumes

/// Which of its six neighbours a vertex of a surface net is drawn to, a bit each: those below it along
/// x, y and z, then those above it.
struct NetLinks: OptionSet {
  let rawValue: UInt8

  static let lowerX = NetLinks(rawValue: 1)
  static let lowerY = NetLinks(rawValue: 2)
  static let lowerZ = NetLinks(rawValue: 4)
  static let upperX = NetLinks(rawValue: 8)
  static let upperY = NetLinks(rawValue: 16)
  static let upperZ = NetLinks(rawValue: 32)

  var count: Int { rawValue.nonzeroBitCount }
}

/// The faces of a cell that have several labels, by the neighbour across them.
struct LinkedFaces {
  var all: NetLinks = []
  /// Those with an edge of the net where more than two patches meet.
  var junctions: NetLinks = []

  /// What the vertex of the cell is drawn to. On a line where several walls meet it is drawn along that
  /// line only, so that the line keeps its place; at the end of one, it is as free as any other.
  var links: NetLinks { junctions.count >= 2 ? junctions : all }
}

extension LabelSweep {
  /// The place of every cell of the layer with several labels, and which of its faces have several, too.
  @inline(__always)
  func forEachLinkedCell(_ body: (_ x: Int, _ y: Int, LinkedFaces) -> Void) {
    for row in 0...labels.grid.size.y {
      for word in row * wordsPerRow..<(row + 1) * wordsPerRow where cells[word] != 0 {
        let faces = facesOfCells(word, isFirst: word == row * wordsPerRow)
        var bits = cells[word]
        while bits != 0 {
          let bit = UInt64(bits.trailingZeroBitCount)
          bits &= bits - 1
          var linked = LinkedFaces()
          for side in 0..<6 {
            let link = NetLinks(rawValue: 1 << UInt8(side))
            if faces[side].any >> bit & 1 == 1 { linked.all.insert(link) }
            if faces[side].junction >> bit & 1 == 1 { linked.junctions.insert(link) }
          }
          body((word - row * wordsPerRow) * 64 + Int(bit), row, linked)
        }
      }
    }
  }

  /// The changes around the six faces of 64 cells, in the order of ``NetLinks``.
  @inline(__always)
  private func facesOfCells(_ word: Int, isFirst: Bool) -> [6 of FaceChanges] {
    let next = word + wordsPerRow
    let alongX = (
      below.alongX[word], below.alongX[next], above.alongX[word], above.alongX[next]
    )
    let alongY = (Pair(below.alongY, word, isFirst), Pair(above.alongY, word, isFirst))
    let alongZ = (Pair(between, word, isFirst), Pair(between, next, isFirst))
    return [
      FaceChanges(alongY.0.lower, alongY.1.lower, alongZ.0.lower, alongZ.1.lower),
      FaceChanges(alongX.0, alongX.2, alongZ.0.lower, alongZ.0.upper),
      FaceChanges(alongX.0, alongX.1, alongY.0.lower, alongY.0.upper),
      FaceChanges(alongY.0.upper, alongY.1.upper, alongZ.0.upper, alongZ.1.upper),
      FaceChanges(alongX.1, alongX.3, alongZ.1.lower, alongZ.1.upper),
      FaceChanges(alongX.2, alongX.3, alongY.1.lower, alongY.1.upper),
    ]
  }
}

/// The changes at the lower voxels of 64 cells and at their upper ones.
private struct Pair {
  let lower: UInt64
  let upper: UInt64

  @inline(__always)
  init(_ words: [UInt64], _ word: Int, _ isFirst: Bool) {
    upper = words[word]
    lower = upper << 1 | (isFirst ? 0 : words[word - 1] >> 63)
  }
}

/// What the changes between the four voxels at a face say of it, for 64 cells.
private struct FaceChanges {
  /// The face has several labels.
  let any: UInt64
  /// More than two patches meet in the edge of the net through the face.
  let junction: UInt64

  @inline(__always)
  init(_ a: UInt64, _ b: UInt64, _ c: UInt64, _ d: UInt64) {
    any = a | b | c | d
    junction = a & b & (c | d) | c & d & (a | b)
  }
}
