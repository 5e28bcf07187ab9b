internal import CZlib

/// Packs files into a ZIP archive, one after the other, deflated.
///
/// No time is written down, so that equal files are equal bytes. Without the extensions of the format for
/// more than 4 GB. Format: PKWARE's APPNOTE, version 2.0 of it.
package struct ZipWriter {
  private var bytes: [UInt8] = []
  private var directory: [UInt8] = []
  private var count = 0
  private var largestFile = 0

  package init() {}

  /// Adds a file under a name of ASCII, with slashes between folders.
  package mutating func add(_ name: String, _ content: [UInt8]) {
    let packed = deflated(content)
    let checksum = unsafe content.withUnsafeBufferPointer {
      unsafe crc32_z(0, $0.baseAddress, $0.count)
    }
    // Version 2.0, no flags, deflated, 1 January 1980, checksum, sizes, length of the name, no more.
    let facts =
      little(20, 2) + little(0, 2) + little(8, 2) + little(0, 2) + little(0x21, 2)
      + little(Int(checksum), 4) + little(packed.count, 4) + little(content.count, 4)
      + little(name.utf8.count, 2) + little(0, 2)
    // The directory also has a comment, the number of the disk, and what systems know of files.
    directory += little(0x0201_4B50, 4) + little(20, 2) + facts
    directory += little(0, 2) + little(0, 2) + little(0, 2) + little(0, 4) + little(bytes.count, 4)
    directory += name.utf8
    bytes += little(0x0403_4B50, 4) + facts + name.utf8
    bytes += packed
    count += 1
    largestFile = max(largestFile, content.count)
  }

  /// The archive; `nil` when it, or a file in it, is larger than 4 GB.
  package func archive() -> [UInt8]? {
    guard max(bytes.count + directory.count, largestFile) < UInt32.max else { return nil }
    let end =
      little(0x0605_4B50, 4) + little(0, 2) + little(0, 2) + little(count, 2) + little(count, 2)
      + little(directory.count, 4) + little(bytes.count, 4) + little(0, 2)
    return bytes + directory + end
  }
}

/// A number in so many bytes, the least significant first.
private func little(_ number: Int, _ byteCount: Int) -> [UInt8] {
  (0..<byteCount).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
}

/// Raw deflated data, without a header. The text of meshes is hardly shorter at higher levels.
private func deflated(_ content: [UInt8]) -> [UInt8] {
  var stream = unsafe z_stream()
  let started = unsafe deflateInit2_(
    &stream, Z_BEST_SPEED, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
    Int32(MemoryLayout<z_stream>.size))
  precondition(started == Z_OK, "zlib does not start: \(started)")
  defer { unsafe deflateEnd(&stream) }
  var content = content
  let bound = unsafe Int(deflateBound(&stream, uLong(content.count)))
  return unsafe [UInt8](unsafeUninitializedCapacity: bound) { target, count in
    unsafe content.withUnsafeMutableBufferPointer { source in
      var status = Z_OK
      while status == Z_OK {
        // SAFETY: zlib reads and writes at most what it is told that there is, and moves on by itself.
        let done = unsafe Int(stream.total_in)
        unsafe stream.next_in = source.baseAddress.map { unsafe $0 + done }
        unsafe stream.avail_in = UInt32(clamping: source.count - done)
        unsafe stream.next_out = target.baseAddress.map { unsafe $0 + Int(stream.total_out) }
        unsafe stream.avail_out = UInt32(clamping: bound - Int(stream.total_out))
        let isLast = source.count - done <= UInt32.max
        status = unsafe deflate(&stream, isLast ? Z_FINISH : Z_NO_FLUSH)
      }
      precondition(status == Z_STREAM_END, "zlib cannot pack a file: \(status)")
    }
    count = unsafe Int(stream.total_out)
  }
}
