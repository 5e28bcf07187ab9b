internal import CPNG

extension Picture {
  /// The picture as a PNG file: 8 bits of sRGB per channel, not interlaced.
  public func png() throws(PictureError) -> [UInt8] {
    guard let columns = UInt32(exactly: width), let rows = UInt32(exactly: height) else {
      throw failure("it has too many pixels")
    }
    var image = unsafe png_image()
    unsafe image.version = UInt32(PNG_IMAGE_VERSION)
    unsafe image.width = columns
    unsafe image.height = rows
    unsafe image.format = UInt32(PNG_FORMAT_FLAG_COLOR)

    // Deflate and chunk headers add less than a quarter to what cannot be compressed.
    let rawBytes = height * (width * 3 + 1)
    var byteCount = rawBytes + rawBytes / 4 + 1024
    var isWritten = false
    let file = unsafe [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, count in
      // SAFETY: libpng writes at most byteCount bytes, and reads height rows of width pixels of
      // three bytes, which is how an array of RGB lies in memory.
      isWritten = unsafe pixels.withUnsafeBytes { pixels in
        unsafe png_image_write_to_memory(
          &image, buffer.baseAddress, &byteCount, 0, pixels.baseAddress, 0, nil) != 0
      }
      count = isWritten ? byteCount : 0
    }
    guard isWritten else { throw failure(unsafe Self.message(of: image)) }
    return file
  }

  private func failure(_ reason: String) -> PictureError {
    .notEncodable(width: width, height: height, reason: reason)
  }

  @unsafe private static func message(of image: png_image) -> String {
    // SAFETY: libpng ends its message with a zero inside the 64 bytes it has for it.
    unsafe withUnsafeBytes(of: image.message) { bytes in
      unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
  }
}
