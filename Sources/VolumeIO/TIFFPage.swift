internal import CTIFF

/// The layout of the pixels of one page of a TIFF.
struct TIFFPage: Equatable {
  let width: Int
  let height: Int
  let sampleType: TIFFSampleType
  /// Rows of a strip; `nil` for a page of tiles.
  let rowsPerStrip: Int?
  let tileSize: (width: Int, height: Int)?
  let isCompressed: Bool

  var bytes: Int { width * height * sampleType.bytes }

  /// Pages of one stack may differ in how they are cut into strips, but not in this.
  static func == (a: TIFFPage, b: TIFFPage) -> Bool {
    a.width == b.width && a.height == b.height && a.sampleType == b.sampleType
  }

  var summary: String { "\(width) x \(height) \(sampleType.rawValue)" }
}

/// The types of samples that are read.
enum TIFFSampleType: String {
  case uint8, int8, uint16, int16, uint32, int32, float32, float64

  init?(bits: UInt16, format: UInt16) {
    switch (Int32(format), bits) {
    // A void format is untyped data; everybody takes it for unsigned.
    case (SAMPLEFORMAT_UINT, 8), (SAMPLEFORMAT_VOID, 8): self = .uint8
    case (SAMPLEFORMAT_UINT, 16), (SAMPLEFORMAT_VOID, 16): self = .uint16
    case (SAMPLEFORMAT_UINT, 32), (SAMPLEFORMAT_VOID, 32): self = .uint32
    case (SAMPLEFORMAT_INT, 8): self = .int8
    case (SAMPLEFORMAT_INT, 16): self = .int16
    case (SAMPLEFORMAT_INT, 32): self = .int32
    case (SAMPLEFORMAT_IEEEFP, 32): self = .float32
    case (SAMPLEFORMAT_IEEEFP, 64): self = .float64
    default: return nil
    }
  }

  var bytes: Int {
    switch self {
    case .uint8, .int8: 1
    case .uint16, .int16: 2
    case .uint32, .int32, .float32: 4
    case .float64: 8
    }
  }
}

extension TIFFPage {
  /// The layout of the current page of a file.
  /// - Parameter number: Which page it is, from 1, for errors.
  init(_ file: TIFFFile, number: Int) throws(VolumeFileError) {
    func unsupported(_ what: String, _ advice: String) -> VolumeFileError {
      .unsupported(path: file.path, page: number, what: what, advice: advice)
    }
    let width = file.value(of: TIFFTAG_IMAGEWIDTH, default: UInt32(0))
    let height = file.value(of: TIFFTAG_IMAGELENGTH, default: UInt32(0))
    guard width > 0, height > 0, width <= UInt32(Int32.max), height <= UInt32(Int32.max) else {
      throw .damaged(
        path: file.path, page: number, reason: "it claims a size of \(width) x \(height) pixels")
    }
    let samples = file.value(of: TIFFTAG_SAMPLESPERPIXEL, default: UInt16(1))
    guard samples == 1 else {
      throw unsupported("colour (\(samples) samples per pixel)", "split its channels first")
    }
    let depth = file.value(of: TIFFTAG_IMAGEDEPTH, default: UInt32(1))
    guard depth <= 1 else { throw unsupported("a page that is a volume", "save one page a slice") }
    let bits = file.value(of: TIFFTAG_BITSPERSAMPLE, default: UInt16(1))
    let format = file.value(of: TIFFTAG_SAMPLEFORMAT, default: UInt16(SAMPLEFORMAT_UINT))
    guard let sampleType = TIFFSampleType(bits: bits, format: format) else {
      throw unsupported(
        "a sample of \(bits) bits in format \(format)", "save it with 8, 16 or 32 bits")
    }
    let compression = file.value(of: TIFFTAG_COMPRESSION, default: UInt16(COMPRESSION_NONE))
    guard compression == COMPRESSION_NONE || TIFFIsCODECConfigured(compression) == 1 else {
      throw unsupported("compression \(compression)", "save it uncompressed or with deflate")
    }
    let rows = file.value(of: TIFFTAG_ROWSPERSTRIP, default: height)
    let tileWidth = file.value(of: TIFFTAG_TILEWIDTH, default: UInt32(0))
    let tileHeight = file.value(of: TIFFTAG_TILELENGTH, default: UInt32(0))
    guard file.isTiled ? tileWidth > 0 && tileHeight > 0 : rows > 0 else {
      throw .damaged(path: file.path, page: number, reason: "its strips or tiles are empty")
    }
    self.init(
      width: Int(width), height: Int(height), sampleType: sampleType,
      rowsPerStrip: file.isTiled ? nil : Int(min(rows, height)),
      tileSize: file.isTiled ? (Int(tileWidth), Int(tileHeight)) : nil,
      isCompressed: compression != COMPRESSION_NONE)
  }
}
