/// A yes-or-no volume, one bit per voxel.
///
/// Every row of voxels along x starts at a new 64-bit word, lowest bit first; bits beyond the end of
/// a row are 0. A 256 x 256 x 256 mask is 2 MB, and 64 voxels are worked on at a time.
public struct Mask: Sendable, Hashable {
  public let grid: Grid
  package let wordsPerRow: Int
  package var words: [UInt64]

  /// An empty mask: no voxel is set.
  public init(grid: Grid) {
    self.grid = grid
    wordsPerRow = (grid.size.x + 63) / 64
    words = Array(repeating: 0, count: wordsPerRow * grid.size.y * grid.size.z)
  }

  /// Whether a voxel, which must lie inside the grid, is set.
  public subscript(x: Int, y: Int, z: Int) -> Bool {
    get { words[word(x, y, z)] >> UInt64(x & 63) & 1 == 1 }
    set {
      let bit: UInt64 = 1 << UInt64(x & 63)
      if newValue { words[word(x, y, z)] |= bit } else { words[word(x, y, z)] &= ~bit }
    }
  }

  private func word(_ x: Int, _ y: Int, _ z: Int) -> Int {
    precondition(
      x >= 0 && y >= 0 && z >= 0 && x < grid.size.x && y < grid.size.y && z < grid.size.z,
      "voxel \(x), \(y), \(z) is outside of a mask of \(grid.size)")
    return (z * grid.size.y + y) * wordsPerRow + x >> 6
  }

  /// How many voxels are set.
  public var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  /// The mask with every voxel the other way round.
  public func inverted() -> Mask {
    var mask = self
    let tail = grid.size.x & 63
    let lastWord: UInt64 = tail == 0 ? .max : (1 << UInt64(tail)) - 1
    for i in words.indices {
      mask.words[i] = ~words[i] & (i % wordsPerRow == wordsPerRow - 1 ? lastWord : .max)
    }
    return mask
  }
}

extension Mask {
  /// The mask as an image: a grey value inside, 0 outside.
  public func asVolume(inside value: UInt8) throws(VolumeError) -> Volume<UInt8> {
    var volume = try Volume<UInt8>(grid: grid)
    let grid = grid
    volume.withDisjointWrites { target in
      Parallel.forEach(grid.size.z) { z in
        for y in 0..<grid.size.y {
          let row = (z * grid.size.y + y) * wordsPerRow
          let start = unsafe target.base + grid.offset(0, y, z)
          // SAFETY: every plane belongs to one piece of work.
          for x in 0..<grid.size.x where words[row + x >> 6] >> UInt64(x & 63) & 1 == 1 {
            unsafe start[x] = value
          }
        }
      }
    }
    return volume
  }
}

extension Volume where Element == UInt32 {
  /// The voxels of all objects.
  public func mask() -> Mask {
    var mask = Mask(grid: grid)
    let (rowLength, wordsPerRow) = (grid.size.x, mask.wordsPerRow)
    unsafe mask.words.withUnsafeMutableBufferPointer { buffer in
      let target = unsafe DisjointWrites(buffer)
      Parallel.forEach(Parallel.pieces(of: grid.size.y * grid.size.z, size: 1 << 10)) { rows in
        let voxels = voxels
        for row in rows {
          for x in 0..<rowLength where voxels[row * rowLength + x] != 0 {
            // SAFETY: every row belongs to one piece of work.
            unsafe target.base[row * wordsPerRow + x >> 6] |= 1 << UInt64(x & 63)
          }
        }
      }
    }
    return mask
  }
}

extension Volume where Element == Float {
  /// The voxels whose value is greater than a level. NaN is not.
  public func mask(above level: Float) -> Mask {
    var mask = Mask(grid: grid)
    let (rowLength, wordsPerRow) = (grid.size.x, mask.wordsPerRow)
    let planeWords = wordsPerRow * grid.size.y
    unsafe mask.words.withUnsafeMutableBufferPointer { buffer in
      let target = unsafe DisjointWrites(buffer)
      Parallel.forEach(grid.size.z) { z in
        for y in 0..<grid.size.y {
          let start = grid.offset(0, y, z)
          let row = voxels.extracting(start..<start + rowLength)
          for word in 0..<wordsPerRow {
            let part = row.extracting(64 * word..<min(64 * (word + 1), rowLength))
            let bits = Mask.bits(of: part, above: level)
            // SAFETY: plane z owns its planeWords words.
            unsafe target.base[z * planeWords + y * wordsPerRow + word] = bits
          }
        }
      }
    }
    return mask
  }
}

extension Mask {
  /// Which of up to 64 values are greater than a level, a bit each, lowest first.
  package static func bits(of values: Span<Float>, above level: Float) -> UInt64 {
    precondition(values.count <= 64, "\(values.count) values do not fit into 64 bits")
    var word: UInt64 = 0
    var x = 0
    while x + 16 <= values.count {
      // SAFETY: 16 values lie between x and the end.
      let lanes = unsafe values.bytes.unsafeLoadUnaligned(
        fromByteOffset: x * 4, as: SIMD16<Float>.self)
      word |= bits(where: lanes .> level) << UInt64(x)
      x += 16
    }
    while x < values.count {
      if values[x] > level { word |= 1 << UInt64(x) }
      x += 1
    }
    return word
  }

  /// Which of up to 64 labels are equal to one, a bit each, lowest first.
  package static func bits(of labels: Span<UInt32>, equalTo label: UInt32) -> UInt64 {
    precondition(labels.count <= 64, "\(labels.count) labels do not fit into 64 bits")
    // Lanes of unsigned numbers are compared one by one.
    let wanted = Int32(bitPattern: label)
    var word: UInt64 = 0
    var x = 0
    while x + 16 <= labels.count {
      // SAFETY: 16 labels lie between x and the end.
      let lanes = unsafe labels.bytes.unsafeLoadUnaligned(
        fromByteOffset: x * 4, as: SIMD16<Int32>.self)
      word |= bits(where: lanes .== wanted) << UInt64(x)
      x += 16
    }
    while x < labels.count {
      if labels[x] == label { word |= 1 << UInt64(x) }
      x += 1
    }
    return word
  }

  @inline(__always)
  private static func bits(where lanes: SIMDMask<SIMD16<Int32>>) -> UInt64 {
    let place = SIMD16<Int32>(
      1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768)
    let bits = SIMD16<Int32>.zero.replacing(with: place, where: lanes).wrappedSum()
    return UInt64(UInt32(truncatingIfNeeded: bits))
  }
}
