/// How the samples of a row lie in a TIFF: in any number of bits, and with other samples in between.
///
/// Samples of 8, 16, 32 and 64 bits are in this machine's order, as libtiff hands them out. All others
/// follow each other bit by bit, the most significant first, in files of either byte order.
struct PackedRow {
  let bits: Int
  /// Samples from one that is wanted to the next.
  let stride: Int
  /// The first sample that is wanted.
  let first: Int
  let type: SampleType
  /// Whether libtiff has turned samples of more than a byte round.
  let isByteSwapped: Bool

  /// Takes as many samples out of a row as the target has room for.
  func unpack(_ row: RawSpan, into target: UnsafeMutableRawBufferPointer) {
    switch (bits, type.bytes) {
    case (8, 1): unsafe copy(row, into: target, as: UInt8.self)
    case (16, 2): unsafe copy(row, into: target, as: UInt16.self)
    case (32, 4): unsafe copy(row, into: target, as: UInt32.self)
    case (64, 8): unsafe copy(row, into: target, as: UInt64.self)
    case (24, 4) where isByteSwapped:
      unsafe collect(into: target, as: UInt32.self) { sample in
        let byte = sample * 3
        return (0..<3).reduce(UInt32(0)) { value, i in
          value
            | UInt32(unsafe row.unsafeLoad(fromByteOffset: byte + i, as: UInt8.self)) << (8 * i)
        }
      }
    case (_, 1): unsafe collect(into: target, as: UInt8.self) { UInt8(bitField($0, of: row)) }
    case (_, 2): unsafe collect(into: target, as: UInt16.self) { UInt16(bitField($0, of: row)) }
    default: unsafe collect(into: target, as: UInt32.self) { UInt32(bitField($0, of: row)) }
    }
  }

  private func copy<Sample: FixedWidthInteger & BitwiseCopyable>(
    _ row: RawSpan, into target: UnsafeMutableRawBufferPointer, as _: Sample.Type
  ) {
    if stride == 1 {
      unsafe row.withUnsafeBytes {
        // SAFETY: a row has at least the bytes of its samples; the span checks it.
        unsafe target.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[..<target.count]))
      }
      return
    }
    unsafe collect(into: target, as: Sample.self) {
      unsafe row.unsafeLoadUnaligned(
        fromByteOffset: $0 * MemoryLayout<Sample>.size, as: Sample.self)
    }
  }

  private func collect<Sample: FixedWidthInteger & BitwiseCopyable>(
    into target: UnsafeMutableRawBufferPointer, as _: Sample.Type, _ value: (Int) -> Sample
  ) {
    let size = MemoryLayout<Sample>.size
    // SAFETY: the target is written within its size; the loads of `value` lie within the row, which
    // is as long as its samples times their bits, rounded up to bytes.
    for i in 0..<target.count / size {
      unsafe target.storeBytes(
        of: value(first + i * stride), toByteOffset: i * size, as: Sample.self)
    }
  }

  /// The sample at a place of a row that is a string of bits. At most 32 bits.
  private func bitField(_ sample: Int, of row: RawSpan) -> UInt64 {
    let start = sample * bits
    let end = start + bits
    var value: UInt64 = 0
    for byte in start >> 3...(end - 1) >> 3 {
      value = value << 8 | UInt64(unsafe row.unsafeLoad(fromByteOffset: byte, as: UInt8.self))
    }
    return value >> UInt64((8 - end & 7) & 7) & (1 << UInt64(bits) - 1)
  }
}
