internal import CBlosc
internal import CZstd
internal import Files

/// A codec of Zarr that packs bytes into fewer, or guards them.
enum ZarrByteCodec: String, Sendable {
  case blosc, zstd, gzip, zlib, crc32c

  /// Undoes the codec; `nil` for damaged data.
  ///
  /// - Parameter limit: The most bytes that can come out, checked before they are asked for.
  func decode(_ bytes: [UInt8], limit: Int) -> [UInt8]? {
    switch self {
    case .blosc: decodeBlosc(bytes, limit: limit)
    case .zstd: decodeZstd(bytes, limit: limit)
    case .gzip, .zlib: decodeDeflate(bytes, limit: limit)
    case .crc32c: checkedPart(of: bytes)
    }
  }

  private func decodeBlosc(_ bytes: [UInt8], limit: Int) -> [UInt8]? {
    var size = 0
    // SAFETY: C-Blosc checks its header against the number of bytes, and writes as many as it says.
    return unsafe bytes.withUnsafeBytes { packed -> [UInt8]? in
      guard unsafe blosc_cbuffer_validate(packed.baseAddress, packed.count, &size) == 0,
        size <= limit
      else { return nil }
      let unpacked = unsafe [UInt8](unsafeUninitializedCapacity: size) { target, count in
        let got = unsafe blosc_decompress_ctx(packed.baseAddress, target.baseAddress, size, 1)
        count = max(0, Int(got))
      }
      return unpacked.count == size ? unpacked : nil
    }
  }

  private func decodeZstd(_ bytes: [UInt8], limit: Int) -> [UInt8]? {
    // SAFETY: Zstandard writes at most as many bytes as it is told that there are.
    unsafe bytes.withUnsafeBytes { packed -> [UInt8]? in
      let stated = unsafe ZSTD_getFrameContentSize(packed.baseAddress, packed.count)
      // The size may be unknown; an impossible one means that this is no frame.
      let capacity = stated > UInt64(limit) ? limit : Int(stated)
      guard stated != UInt64.max - 1, stated == UInt64.max || stated <= UInt64(limit) else {
        return nil
      }
      var isWhole = false
      let unpacked = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { target, count in
        let got = unsafe ZSTD_decompress(
          target.baseAddress, capacity, packed.baseAddress, packed.count)
        isWhole = ZSTD_isError(got) == 0
        count = isWhole ? got : 0
      }
      return isWhole ? unpacked : nil
    }
  }

  private func decodeDeflate(_ bytes: [UInt8], limit: Int) -> [UInt8]? {
    var input = bytes
    guard
      let stream = try? Inflation(next: {
        defer { input = [] }
        return input
      })
    else { return nil }
    let capacity = min(limit, bytes.count.multipliedClamped(by: Inflation.largestRatio))
    var isWhole = false
    let unpacked = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { target, count in
      if let got = unsafe try? stream.read(into: UnsafeMutableRawBufferPointer(target)) {
        count = got
        isWhole = true
      }
    }
    return isWhole ? unpacked : nil
  }

  /// The bytes before their checksum, if it is right.
  private func checkedPart(of bytes: [UInt8]) -> [UInt8]? {
    guard bytes.count >= 4 else { return nil }
    let content = Array(bytes.dropLast(4))
    let stated = bytes.suffix(4).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    return CRC32C.checksum(of: content) == stated ? content : nil
  }
}
