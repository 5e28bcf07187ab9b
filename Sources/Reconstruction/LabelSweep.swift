internal import Volumes

/// Goes through a label image slice by slice and finds the cells of a surface net: the blocks of
/// 2 x 2 x 2 voxels that have more than one label.
///
/// Cell (i, j, k) lies between the voxels i - 1 and i along x, and so on: there is one cell more than
/// there are voxels along each axis, and the outermost ones reach out of the image, where all is
/// background. A layer of cells lies between two slices of voxels.
///
///      voxels     0   1   2          a change between two voxels is a bit,
///               ┌───┬───┬───┐        at the place of the upper voxel
///      cells    0   1   2   3
///
/// Changes and cells are bits in rows along x, each row from a new word on: 64 of them at a time.
struct LabelSweep {
  let labels: LabelVolume
  let wordsPerRow: Int
  /// The layer of cells that has been entered.
  private(set) var layer: Int
  /// A bit for every cell of the layer that has several labels.
  private(set) var cells: [UInt64]

  /// The changes in the slice below the layer, in the one above it, and between the two. The last with
  /// a row of zeros before those of the voxels and one after them.
  private(set) var below: SliceChanges
  private(set) var above: SliceChanges
  private(set) var between: [UInt64]

  /// Stands before a layer of cells, which is to be entered next.
  init(_ labels: LabelVolume, before layer: Int) {
    self.labels = labels
    self.layer = layer - 1
    let size = labels.grid.size
    wordsPerRow = size.x / 64 + 1
    cells = Array(repeating: 0, count: (size.y + 1) * wordsPerRow)
    between = Array(repeating: 0, count: (size.y + 2) * wordsPerRow)
    below = SliceChanges(rows: size.y, wordsPerRow: wordsPerRow)
    above = below
    if layer > 0 { above.find(in: labels, slice: layer - 1) }
  }

  /// Goes on to the next layer.
  mutating func enterNextLayer() {
    layer += 1
    swap(&below, &above)
    let size = labels.grid.size
    if layer < size.z { above.find(in: labels, slice: layer) } else { above.clear() }
    for y in 0..<size.y {
      labels.findChanges(
        from: layer > 0 ? (y, layer - 1) : nil, to: layer < size.z ? (y, layer) : nil,
        into: &between, at: (y + 1) * wordsPerRow)
    }
    findCells()
  }

  /// How many cells of the layer have several labels.
  var cellCount: Int { cells.reduce(0) { $0 + $1.nonzeroBitCount } }

  private mutating func findCells() {
    let words = wordsPerRow
    for row in 0...labels.grid.size.y {
      // What the previous word hands on to the next: its last voxel is a corner of the next cell.
      var carry: UInt64 = 0
      for word in row * words..<(row + 1) * words {
        let faces = facesAcrossX(word)
        cells[word] =
          faces | faces << 1 | carry | below.alongX[word] | below.alongX[word + words]
          | above.alongX[word] | above.alongX[word + words]
        carry = faces >> 63
      }
    }
  }

  /// The cells whose upper face across x, four voxels at the same x, has several labels.
  @inline(__always)
  private func facesAcrossX(_ word: Int) -> UInt64 {
    below.alongY[word] | above.alongY[word] | between[word] | between[word + wordsPerRow]
  }

  /// The place of every cell of the layer with several labels.
  @inline(__always)
  func forEachCell(_ body: (_ x: Int, _ y: Int) -> Void) {
    for row in 0...labels.grid.size.y {
      forEachBit(of: cells, row) { body($0, row) }
    }
  }

  /// The faces between voxels of different labels: those across z in the layer, and those across x and
  /// y in the slice below it, which reach from the layer before to this one.
  @inline(__always)
  func forEachFace(_ body: (NetFace) -> Void) {
    let size = labels.grid.size
    let voxels = labels.voxels
    let slice = size.x * size.y
    for y in 0..<size.y {
      let start = layer * slice + y * size.x
      forEachBit(of: between, y + 1) { x in
        body(
          NetFace(
            axis: 2, x: x, y: y, z: layer, lower: layer > 0 ? voxels[start - slice + x] : 0,
            upper: layer < size.z ? voxels[start + x] : 0))
      }
    }
    guard layer > 0 else { return }
    for y in 0...size.y {
      let start = (layer - 1) * slice + y * size.x
      forEachBit(of: below.alongY, y) { x in
        body(
          NetFace(
            axis: 1, x: x, y: y, z: layer - 1, lower: y > 0 ? voxels[start - size.x + x] : 0,
            upper: y < size.y ? voxels[start + x] : 0))
      }
      guard y < size.y else { continue }
      forEachBit(of: below.alongX, y + 1) { x in
        body(
          NetFace(
            axis: 0, x: x, y: y, z: layer - 1, lower: x > 0 ? voxels[start + x - 1] : 0,
            upper: x < size.x ? voxels[start + x] : 0))
      }
    }
  }

  @inline(__always)
  private func forEachBit(of words: [UInt64], _ row: Int, _ body: (Int) -> Void) {
    for word in 0..<wordsPerRow {
      var bits = words[row * wordsPerRow + word]
      while bits != 0 {
        body(word * 64 + bits.trailingZeroBitCount)
        bits &= bits - 1
      }
    }
  }
}
