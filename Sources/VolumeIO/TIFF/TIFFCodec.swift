internal import CTIFF

/// How the pixels of a TIFF are compressed.
struct TIFFCodec: CustomStringConvertible {
  private let code: Int32

  init(_ code: UInt16) { self.code = Int32(code) }

  /// Whether libtiff was built with it, and hands out the samples as they are.
  var isReadable: Bool {
    switch code {
    // These hand out colours or luminances and not samples.
    case COMPRESSION_SGILOG, COMPRESSION_SGILOG24, COMPRESSION_OJPEG: false
    default: TIFFIsCODECConfigured(UInt16(code)) == 1
    }
  }

  /// Whether YCbCr becomes RGB while it is decoded.
  var decodesColour: Bool { code == COMPRESSION_JPEG }

  var description: String {
    // Those that libtiff is often built without, or does not know.
    let name: String? =
      switch code {
      case COMPRESSION_OJPEG: "old JPEG"
      case COMPRESSION_JPEG: "JPEG"
      case COMPRESSION_SGILOG, COMPRESSION_SGILOG24: "LogLuv"
      case COMPRESSION_LZMA: "LZMA"
      case COMPRESSION_ZSTD: "Zstandard"
      case COMPRESSION_WEBP: "WebP"
      case COMPRESSION_JP2000, 33003, 33004, 33005, 33007: "JPEG 2000"
      case COMPRESSION_LERC: "LERC"
      case COMPRESSION_JXL: "JPEG XL"
      case COMPRESSION_JBIG: "JBIG"
      case 22610, 34934: "JPEG XR"
      case 34933: "PNG"
      default: nil
      }
    return name.map { "compression with \($0) (\(code))" } ?? "compression \(code)"
  }
}
