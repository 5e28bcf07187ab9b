internal import CZlib

/// Why deflated bytes could not be unpacked.
package struct InflationError: Error, Sendable, CustomStringConvertible {
  package let reason: String
  package var description: String { reason }
}

/// Unpacks gzip or zlib data, told apart by their headers.
@safe package final class Inflation {
  /// The most bytes that deflate can pack into one.
  package static let largestRatio = 1032

  private let next: () throws -> [UInt8]
  private var stream = unsafe z_stream()
  private var input: [UInt8] = []
  private var position = 0
  private var isAtMemberEnd = false

  /// - Parameter next: The next bytes of the file, and none at its end.
  package init(next: @escaping () throws -> [UInt8]) throws {
    self.next = next
    // 32 more than the largest window: zlib or gzip, as the header says.
    let status = unsafe inflateInit2_(
      &stream, 15 + 32, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard status == Z_OK else { throw InflationError(reason: "zlib does not start") }
  }

  deinit { unsafe inflateEnd(&stream) }

  /// Fills memory, and says how many bytes there were before the data ended.
  package func read(into target: UnsafeMutableRawBufferPointer) throws -> Int {
    var written = 0
    while written < target.count {
      if position == input.count {
        input = try next()
        position = 0
        if input.isEmpty { break }
      }
      if isAtMemberEnd {
        // Another member may follow, as gzip allows; zeros after the last one are padding.
        isAtMemberEnd = false
        if input[position] == 0 { break }
        unsafe inflateReset(&stream)
      }
      written += try unsafe unpack(
        into: UnsafeMutableRawBufferPointer(rebasing: target[written...]))
    }
    return written
  }

  private func unpack(into target: UnsafeMutableRawBufferPointer) throws -> Int {
    let room = min(target.count, 1 << 30)
    let status = unsafe input.withUnsafeMutableBufferPointer { bytes -> Int32 in
      // SAFETY: both buffers are as large as zlib is told.
      unsafe stream.next_in = unsafe bytes.baseAddress.map { unsafe $0 + position }
      unsafe stream.avail_in = UInt32(bytes.count - position)
      unsafe stream.next_out = unsafe target.baseAddress?.assumingMemoryBound(to: UInt8.self)
      unsafe stream.avail_out = UInt32(room)
      return unsafe inflate(&stream, Z_NO_FLUSH)
    }
    unsafe position = input.count - Int(stream.avail_in)
    isAtMemberEnd = status == Z_STREAM_END
    guard [Z_OK, Z_STREAM_END, Z_BUF_ERROR].contains(status) else {
      let message = unsafe stream.msg.map { unsafe String(cString: $0) }
      throw InflationError(reason: message ?? "its deflated data is damaged")
    }
    return unsafe room - Int(stream.avail_out)
  }
}

extension PlainFile {
  /// Unpacks the gzip or zlib data from a place on.
  package func inflation(from start: Int = 0) throws -> Inflation {
    var place = start
    return try Inflation { [self] in
      let bytes = try bytes(from: place, upTo: 1 << 18)
      place += bytes.count
      return bytes
    }
  }
}
