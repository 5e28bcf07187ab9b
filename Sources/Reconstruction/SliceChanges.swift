internal import Volumes

/// Where neighbours along x and y differ within a slice of voxels.
struct SliceChanges {
  /// A row of zeros, a row for every row of voxels, a row of zeros.
  private(set) var alongX: [UInt64]
  /// A row for every pair of rows, with those beyond the image.
  private(set) var alongY: [UInt64]
  private let rows: Int
  private let wordsPerRow: Int

  init(rows: Int, wordsPerRow: Int) {
    self.rows = rows
    self.wordsPerRow = wordsPerRow
    alongX = Array(repeating: 0, count: (rows + 2) * wordsPerRow)
    alongY = Array(repeating: 0, count: (rows + 1) * wordsPerRow)
  }

  mutating func find(in labels: LabelVolume, slice: Int) {
    for y in 0...rows {
      labels.findChanges(
        from: y > 0 ? (y - 1, slice) : nil, to: y < rows ? (y, slice) : nil, into: &alongY,
        at: y * wordsPerRow)
      guard y < rows else { continue }
      labels.findChangesAlongX(y, slice, into: &alongX, at: (y + 1) * wordsPerRow)
    }
  }

  mutating func clear() {
    for i in alongX.indices { alongX[i] = 0 }
    for i in alongY.indices { alongY[i] = 0 }
  }
}

extension Volume where Element == UInt32 {
  /// Finds out where two rows differ; `nil` is a row of background.
  func findChanges(
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
  func findChangesAlongX(
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
