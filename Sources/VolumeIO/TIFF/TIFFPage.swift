internal import CTIFF

/// The layout of the pixels of one page of a TIFF.
struct TIFFPage: Equatable {
  let width: Int
  let height: Int
  /// Slices of a page that is a volume; 1 for all others.
  let depth: Int
  /// Samples of a pixel: 3 for colour.
  let samples: Int
  /// The samples of a kind lie together, and not those of a pixel.
  let isPlanar: Bool
  let bits: Int
  /// What a sample is read as.
  let sampleType: SampleType
  let isCompressed: Bool
  let isJPEG: Bool
  /// Whether the pixels are cut into tiles; else they are strips of whole rows.
  let isTiled: Bool
  /// The size of a tile or strip. Those at the far ends may reach beyond the page.
  let segment: (width: Int, height: Int, depth: Int)
  /// What the numbers are to be shown as, where that is not plain grey or colour.
  let remarks: [String]

  /// The bytes of one slice of one kind of sample, once it is read.
  var sliceBytes: Int { width * height * sampleType.bytes }

  /// Pages of one stack may differ in how they are cut and packed, but not in this.
  static func == (a: TIFFPage, b: TIFFPage) -> Bool {
    a.width == b.width && a.height == b.height && a.depth == b.depth && a.samples == b.samples
      && a.sampleType == b.sampleType
  }

  /// Refuses a size that a file cannot possibly hold, before memory is asked for.
  func checkPlausibility(
    pageCount: Int, of path: String, _ number: Int? = nil, byteCount: Int
  ) throws(VolumeFileError) {
    let bytes = [height, depth, samples, pageCount].reduce(width.multipliedClamped(by: bits)) {
      $0.multipliedClamped(by: $1)
    }
    // No codec of libtiff packs real images tighter than a thousandth; constant ones are small.
    let possible =
      isCompressed ? max(byteCount.multipliedClamped(by: 2000), 64 << 20) : byteCount
    guard bytes / 8 <= possible else {
      throw .damaged(
        path: path, page: number,
        reason:
          "it claims \(pageCount) pages of \(summary), which its \(byteCount) bytes cannot hold")
    }
  }

  var summary: String {
    let colour = samples > 1 ? " x \(samples) samples" : ""
    let slices = depth > 1 ? " x \(depth)" : ""
    return "\(width) x \(height)\(slices) \(sampleType.rawValue)\(colour)"
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
    let depth = max(1, file.value(of: TIFFTAG_IMAGEDEPTH, default: UInt32(1)))
    guard (1...1 << 24).contains(width), (1...1 << 24).contains(height), depth <= 1 << 20 else {
      throw .damaged(
        path: file.path, page: number,
        reason: "it claims \(width) x \(height) x \(depth) pixels")
    }
    let samples = Int(file.value(of: TIFFTAG_SAMPLESPERPIXEL, default: UInt16(1)))
    guard (1...4096).contains(samples) else {
      throw unsupported("a page of \(samples) samples per pixel", "split its channels first")
    }
    let bits = file.value(of: TIFFTAG_BITSPERSAMPLE, default: UInt16(1))
    let format = file.value(of: TIFFTAG_SAMPLEFORMAT, default: UInt16(SAMPLEFORMAT_UINT))
    guard let sampleType = SampleType(bits: bits, format: format) else {
      throw unsupported(
        Self.name(ofSampleFormat: format, bits: bits), "save it with 8, 16 or 32 bits")
    }
    let photometric = Int32(
      file.value(of: TIFFTAG_PHOTOMETRIC, default: UInt16(PHOTOMETRIC_MINISBLACK)))
    let compression = file.value(of: TIFFTAG_COMPRESSION, default: UInt16(COMPRESSION_NONE))
    let codec = TIFFCodec(compression)
    guard codec.isReadable else {
      throw unsupported(codec.description, "save it uncompressed or with deflate")
    }
    guard photometric != PHOTOMETRIC_YCBCR || codec.decodesColour else {
      throw unsupported("colour as YCbCr", "save it as RGB, or split its channels first")
    }
    let rows = file.value(of: TIFFTAG_ROWSPERSTRIP, default: height)
    let isTiled = file.isTiled
    let segment =
      isTiled
      ? (
        width: Int(file.value(of: TIFFTAG_TILEWIDTH, default: UInt32(0))),
        height: Int(file.value(of: TIFFTAG_TILELENGTH, default: UInt32(0))),
        depth: Int(max(1, file.value(of: TIFFTAG_TILEDEPTH, default: UInt32(1))))
      ) : (width: Int(width), height: Int(min(rows, height)), depth: 1)
    guard segment.width > 0, segment.height > 0, segment.depth <= 1 << 20 else {
      throw .damaged(path: file.path, page: number, reason: "its strips or tiles are empty")
    }
    let planar = file.value(of: TIFFTAG_PLANARCONFIG, default: UInt16(PLANARCONFIG_CONTIG))
    self.init(
      width: Int(width), height: Int(height), depth: Int(depth), samples: samples,
      isPlanar: samples > 1 && Int32(planar) == PLANARCONFIG_SEPARATE, bits: Int(bits),
      sampleType: sampleType, isCompressed: compression != COMPRESSION_NONE,
      isJPEG: Int32(compression) == COMPRESSION_JPEG, isTiled: isTiled, segment: segment,
      remarks: Self.remarks(file, photometric: photometric))
  }

  private static func remarks(_ file: TIFFFile, photometric: Int32) -> [String] {
    var remarks: [String] = []
    switch photometric {
    case PHOTOMETRIC_MINISWHITE:
      remarks.append("its 0 stands for white; the values are read as they are stored")
    case PHOTOMETRIC_PALETTE:
      remarks.append("its values are numbers of colours in a palette, and are read as such")
    default: break
    }
    let orientation = file.value(of: TIFFTAG_ORIENTATION, default: UInt16(ORIENTATION_TOPLEFT))
    if orientation != ORIENTATION_TOPLEFT {
      remarks.append(
        "it is to be shown turned or mirrored (orientation \(orientation));"
          + " rows and columns are read as they are stored")
    }
    return remarks
  }

  private static func name(ofSampleFormat format: UInt16, bits: UInt16) -> String {
    switch Int32(format) {
    case SAMPLEFORMAT_COMPLEXIEEEFP, SAMPLEFORMAT_COMPLEXINT: "a complex sample of \(bits) bits"
    case SAMPLEFORMAT_IEEEFP: "a floating-point sample of \(bits) bits"
    case SAMPLEFORMAT_INT: "a signed sample of \(bits) bits"
    default: "a sample of \(bits) bits in format \(format)"
    }
  }
}

extension SampleType {
  /// The type that holds samples of a TIFF; `nil` where there is none.
  fileprivate init?(bits: UInt16, format: UInt16) {
    switch (Int32(format), bits) {
    // A void format is untyped data; everybody takes it for unsigned.
    case (SAMPLEFORMAT_UINT, 1...8), (SAMPLEFORMAT_VOID, 1...8): self = .uint8
    case (SAMPLEFORMAT_UINT, 9...16), (SAMPLEFORMAT_VOID, 9...16): self = .uint16
    case (SAMPLEFORMAT_UINT, 17...32), (SAMPLEFORMAT_VOID, 17...32): self = .uint32
    case (SAMPLEFORMAT_UINT, 64), (SAMPLEFORMAT_VOID, 64): self = .uint64
    case (SAMPLEFORMAT_INT, 8): self = .int8
    case (SAMPLEFORMAT_INT, 16): self = .int16
    case (SAMPLEFORMAT_INT, 32): self = .int32
    case (SAMPLEFORMAT_INT, 64): self = .int64
    case (SAMPLEFORMAT_IEEEFP, 16): self = .float16
    case (SAMPLEFORMAT_IEEEFP, 32): self = .float32
    case (SAMPLEFORMAT_IEEEFP, 64): self = .float64
    default: return nil
    }
  }
}
