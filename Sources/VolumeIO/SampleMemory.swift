internal import Volumes

/// The memory that the samples of an image are read into, in the order of memory and of this machine.
///
/// Parallel work may write to it, each piece to its own part.
@safe struct SampleMemory: @unchecked Sendable {
  private let base: UnsafeMutableRawPointer
  let byteCount: Int

  init(_ base: UnsafeMutableRawPointer, byteCount: Int) {
    unsafe self.base = unsafe base
    self.byteCount = byteCount
  }

  /// A part of the memory.
  subscript(bytes: Range<Int>) -> UnsafeMutableRawBufferPointer {
    precondition(
      bytes.lowerBound >= 0 && bytes.upperBound <= byteCount,
      "bytes \(bytes) are outside of the \(byteCount) of an image")
    // SAFETY: the range lies inside of the memory, and who holds the memory keeps it alive.
    return unsafe UnsafeMutableRawBufferPointer(
      start: base + bytes.lowerBound, count: bytes.count)
  }

  /// The sample at a place, counted in samples.
  func load<Sample: BitwiseCopyable>(_ index: Int, as _: Sample.Type) -> Sample {
    // SAFETY: the subscript has checked the place.
    unsafe self[index * MemoryLayout<Sample>.size..<(index + 1) * MemoryLayout<Sample>.size]
      .loadUnaligned(as: Sample.self)
  }

  /// Turns every sample of so many bytes round, where a file has the other byte order.
  func reverseBytes(ofEach size: Int) {
    func swap<Word: FixedWidthInteger & SendableMetatype>(_: Word.Type) {
      Parallel.forEach(Parallel.pieces(of: byteCount / size, size: 1 << 20)) { range in
        let part = unsafe self[range.lowerBound * size..<range.upperBound * size]
        for offset in stride(from: 0, to: part.count, by: size) {
          let word = unsafe part.loadUnaligned(fromByteOffset: offset, as: Word.self)
          unsafe part.storeBytes(of: word.byteSwapped, toByteOffset: offset, as: Word.self)
        }
      }
    }
    switch size {
    case 2: swap(UInt16.self)
    case 4: swap(UInt32.self)
    case 8: swap(UInt64.self)
    default: break
    }
  }
}
