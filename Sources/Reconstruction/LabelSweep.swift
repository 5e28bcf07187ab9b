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

/// Where neighbours along x and y differ within a slice of voxels.
struct SliceChanges {
  /// A row of zeros, a row for every row of voxels, a row of zeros.
  fileprivate(set) var alongX: [UInt64]
  /// A row for every pair of rows, with those beyond the image.
  fileprivate(set) var alongY: [UInt64]
  private let rows: Int
  private let wordsPerRow: Int

  fileprivate init(rows: Int, wordsPerRow: Int) {
    self.rows = rows
    self.wordsPerRow = wordsPerRow
    alongX = Array(repeating: 0, count: (rows + 2) * wordsPerRow)
    alongY = Array(repeating: 0, count: (rows + 1) * wordsPerRow)
  }

  fileprivate mutating func find(in labels: LabelVolume, slice: Int) {
    for y in 0...rows {
      labels.findChanges(
        from: y > 0 ? (y - 1, slice) : nil, to: y < rows ? (y, slice) : nil, into: &alongY,
        at: y * wordsPerRow)
      guard y < rows else { continue }
      labels.findChangesAlongX(y, slice, into: &alongX, at: (y + 1) * wordsPerRow)
    }
  }

  fileprivate mutating func clear() {
    for i in alongX.indices { alongX[i] = 0 }
    for i in alongY.indices { alongY[i] = 0 }
  }
}

extension Volume where Element == UInt32 {
  /// Finds out where two rows differ; `nil` is a row of background.
  fileprivate func findChanges(
    from lower: (y: Int, z: Int)?, to upper: (y: Int, z: Int)?, into words: inout [UInt64],
    at first: Int
  ) {
    let width = grid.size.x
    let lowerStart = lower.map { grid.offset(0, $0.y, $0.z) }
    let upperStart = upper.map { grid.offset(0, $0.y, $0.z) }
    for word in 0...width / 64 {
      let x = word * 64
      let count = min(64, width - x)
      guard let some = upperStart ?? lowerStart, count > 0 else {
        words[first + word] = 0
        continue
      }
      let isInside = lowerStart != nil && upperStart != nil
      words[first + word] = changes(
        (lowerStart ?? some) + x, isInside ? some + x : nil, count: count)
    }
  }

  /// Finds out where the neighbours within a row differ.
  fileprivate func findChangesAlongX(
    _ y: Int, _ z: Int, into words: inout [UInt64], at first: Int
  ) {
    let width = grid.size.x
    let start = grid.offset(0, y, z)
    // The first voxel and the last have background beside them.
    for word in 0...width / 64 {
      let x = max(word * 64, 1)
      let count = min(word * 64 + 64, width) - x
      let bits = count > 0 ? changes(start + x - 1, start + x, count: count) : 0
      words[first + word] = bits << UInt64(x - word * 64)
    }
    if voxels[start] != 0 { words[first] |= 1 }
    if voxels[start + width - 1] != 0 { words[first + width / 64] |= 1 << UInt64(width & 63) }
  }

  /// A bit for each of up to 64 voxels: whether it differs from its partner, or from background.
  @inline(__always)
  private func changes(_ a: Int, _ b: Int?, count: Int) -> UInt64 {
    precondition(count <= 64, "a word has 64 bits, not \(count)")
    let voxels = voxels.extracting(a..<a + count)
    let others = self.voxels.extracting((b ?? a)..<(b ?? a) + count)
    let place = SIMD16<UInt32>(
      1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768)
    var bits: UInt64 = 0
    var x = 0
    // SAFETY: x + 16 <= count, the length of both spans.
    unsafe voxels.withUnsafeBytes { voxels in
      unsafe others.withUnsafeBytes { others in
        while x + 16 <= count {
          let value = unsafe voxels.loadUnaligned(fromByteOffset: 4 * x, as: SIMD16<UInt32>.self)
          let other =
            b == nil
            ? .zero : unsafe others.loadUnaligned(fromByteOffset: 4 * x, as: SIMD16<UInt32>.self)
          let changed = SIMD16<UInt32>.zero.replacing(with: place, where: value .!= other)
          bits |= UInt64(changed.wrappedSum()) << UInt64(x)
          x += 16
        }
      }
    }
    while x < count {
      if voxels[x] != (b == nil ? 0 : others[x]) { bits |= 1 << UInt64(x) }
      x += 1
    }
    return bits
  }
}
