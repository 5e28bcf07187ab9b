internal import CTIFF

extension TIFFPage {
  /// The layout of the current page of a file.
  /// - Parameter number: Which page it is, from 1, for errors.
  init(_ file: TIFFFile, number: Int) throws(VolumeFileError) {
    let tags = TIFFPageTags(file: file, number: number)
    let size = try tags.size()
    let (samples, sampleType) = try (tags.samples(), tags.sampleType())
    let compression = try tags.compression()
    self.init(
      width: size.width, height: size.height, depth: size.depth, samples: samples,
      isPlanar: samples > 1 && tags.isPlanar, bits: Int(tags.bits), sampleType: sampleType,
      isCompressed: compression != COMPRESSION_NONE, isJPEG: compression == COMPRESSION_JPEG,
      isTiled: file.isTiled, segment: try tags.segment(of: size), remarks: tags.remarks)
  }
}

/// What the tags of the current page of a file say, and whether that can be read.
private struct TIFFPageTags {
  let file: TIFFFile
  /// Which page it is, from 1, for errors.
  let number: Int

  typealias Size = (width: Int, height: Int, depth: Int)

  func size() throws(VolumeFileError) -> Size {
    let size = (
      width: count(TIFFTAG_IMAGEWIDTH), height: count(TIFFTAG_IMAGELENGTH),
      depth: max(1, count(TIFFTAG_IMAGEDEPTH, default: 1))
    )
    guard (1...1 << 24).contains(size.width), (1...1 << 24).contains(size.height),
      size.depth <= 1 << 20
    else { throw damaged("it claims \(size.width) x \(size.height) x \(size.depth) pixels") }
    return size
  }

  /// The size of a tile, or of a strip of whole rows.
  func segment(of page: Size) throws(VolumeFileError) -> Size {
    let segment =
      file.isTiled
      ? (
        width: count(TIFFTAG_TILEWIDTH), height: count(TIFFTAG_TILELENGTH),
        depth: max(1, count(TIFFTAG_TILEDEPTH, default: 1))
      )
      : (
        width: page.width,
        height: min(page.height, count(TIFFTAG_ROWSPERSTRIP, default: UInt32(page.height))),
        depth: 1
      )
    guard segment.width > 0, segment.height > 0, segment.depth <= 1 << 20 else {
      throw damaged("its strips or tiles are empty")
    }
    return segment
  }

  func samples() throws(VolumeFileError) -> Int {
    let samples = Int(file.value(of: TIFFTAG_SAMPLESPERPIXEL, default: UInt16(1)))
    guard (1...4096).contains(samples) else {
      throw unsupported("a page of \(samples) samples per pixel", "split its channels first")
    }
    return samples
  }

  var bits: UInt16 { file.value(of: TIFFTAG_BITSPERSAMPLE, default: UInt16(1)) }

  func sampleType() throws(VolumeFileError) -> SampleType {
    let format = file.value(of: TIFFTAG_SAMPLEFORMAT, default: UInt16(SAMPLEFORMAT_UINT))
    guard let type = SampleType(bits: bits, format: format) else {
      throw unsupported(
        Self.name(ofSampleFormat: format, bits: bits), "save it with 8, 16 or 32 bits")
    }
    return type
  }

  func compression() throws(VolumeFileError) -> Int32 {
    let compression = file.value(of: TIFFTAG_COMPRESSION, default: UInt16(COMPRESSION_NONE))
    let codec = TIFFCodec(compression)
    guard codec.isReadable else {
      throw unsupported(codec.description, "save it uncompressed or with deflate")
    }
    guard photometric != PHOTOMETRIC_YCBCR || codec.decodesColour else {
      throw unsupported("colour as YCbCr", "save it as RGB, or split its channels first")
    }
    return Int32(compression)
  }

  var isPlanar: Bool {
    let planar = file.value(of: TIFFTAG_PLANARCONFIG, default: UInt16(PLANARCONFIG_CONTIG))
    return Int32(planar) == PLANARCONFIG_SEPARATE
  }

  private var photometric: Int32 {
    Int32(file.value(of: TIFFTAG_PHOTOMETRIC, default: UInt16(PHOTOMETRIC_MINISBLACK)))
  }

  /// What the numbers are to be shown as, where that is not plain grey or colour.
  var remarks: [String] {
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

  private func count(_ tag: Int32, default value: UInt32 = 0) -> Int {
    Int(file.value(of: tag, default: value))
  }

  private func damaged(_ reason: String) -> VolumeFileError {
    .damaged(path: file.path, page: number, reason: reason)
  }

  private func unsupported(_ what: String, _ advice: String) -> VolumeFileError {
    .unsupported(path: file.path, page: number, what: what, advice: advice)
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
