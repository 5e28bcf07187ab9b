internal import Files
internal import Volumes

/// An image in the format of ITK: `key = value` a line, and the samples behind it or in another file.
struct MetaImage {
  private let path: String
  private let fields: [String: String]
  private let headerBytes: Int

  /// Reads the header, whose last field is `ElementDataFile`.
  init(_ path: String) throws {
    self.path = path
    let head = try PlainFile(path).bytes(upTo: 1 << 20)
    var fields: [String: String] = [:]
    var next = head.startIndex
    while next < head.endIndex, fields["ElementDataFile"] == nil {
      let end = head[next...].firstIndex(of: 10) ?? head.endIndex
      let line = String(decoding: head[next..<end], as: UTF8.self)
      next = min(end + 1, head.endIndex)
      guard let equals = line.firstIndex(of: "=") else { continue }
      fields[String(line[..<equals]).trimmingWhitespace] =
        String(line[line.index(after: equals)...]).trimmingWhitespace
    }
    guard fields["ElementDataFile"] != nil else {
      throw VolumeFileError.damaged(
        path: path, page: nil, reason: "its header does not say where the voxels are")
    }
    self.fields = fields
    headerBytes = next
  }

  /// Decodes the image.
  func read(_ selection: Stack.Selection) throws -> Stack {
    guard let sizes = fields["DimSize"]?.wholeNumbers,
      fields["NDims"].flatMap({ Int($0) }) == sizes.count
    else { throw damaged("its NDims and DimSize contradict each other") }
    guard let size = SIMD3<Int>(sizes: sizes) else {
      throw sizes.allSatisfy { $0 > 0 }
        ? unsupported("an image of \(sizes.count) dimensions", "save each of its volumes alone")
        : damaged("it claims the sizes \(sizes.prefix(16))")
    }
    guard let type = fields["ElementType"].flatMap(Self.sampleType) else {
      throw unsupported(
        "the type “\(fields["ElementType"] ?? "none")”", "save it as numbers of 8 to 64 bits")
    }
    guard ["1", nil].contains(fields["ElementNumberOfChannels"]) else {
      throw unsupported(
        "\(fields["ElementNumberOfChannels"] ?? "") channels in a MetaImage", "save each alone")
    }
    var warnings: [String] = []
    _ = try selection.channelAndFrame(channels: 1, frames: 1, path: path, &warnings)
    let calibration = try calibration(dimensions: sizes.count)
    let image = try samples().image(type, calibration: calibration, size: size)
    return Stack(image: image, warnings: calibration.warnings)
  }

  private func samples() throws -> StoredSamples {
    let name = fields["ElementDataFile"] ?? "LOCAL"
    var samples = StoredSamples(path: path, start: headerBytes)
    if name.uppercased() != "LOCAL" {
      guard let file = name.dataFile(beside: path), name != "LIST", !name.contains("%") else {
        throw unsupported("“\(name.prefix(80))” as its data", "put one data file beside the header")
      }
      samples = StoredSamples(path: file)
    }
    let isTrue = { (name: String) in fields[name]?.lowercased() == "true" }
    samples.isBigEndian = isTrue("BinaryDataByteOrderMSB") || isTrue("ElementByteOrderMSB")
    if fields["BinaryData"]?.lowercased() == "false" { samples.encoding = .text }
    if isTrue("CompressedData") { samples.encoding = .deflated }
    if let skip = fields["HeaderSize"].flatMap({ Int($0) }) {
      if skip < 0 { samples.distanceFromEnd = 0 } else { samples.start = skip }
    }
    return samples
  }

  private func calibration(dimensions: Int) throws -> Calibration {
    var calibration = Calibration(source: .metaImage)
    var isPlain = true
    let matrix = fields["TransformMatrix"] ?? fields["Orientation"] ?? fields["Rotation"]
    if let numbers = matrix?.numbers, numbers.count == dimensions * dimensions, dimensions >= 3 {
      let steps = (0..<3).map { axis in
        SIMD3(
          numbers[axis * dimensions], numbers[axis * dimensions + 1],
          numbers[axis * dimensions + 2])
      }
      guard let directions = AxisDirections(steps) else {
        throw unsupported(
          "an image whose axes are not along those of the world", "resample it along them first")
      }
      isPlain = directions.isPlain
    }
    let spacings = (fields["ElementSpacing"] ?? fields["ElementSize"])?.numbers ?? []
    calibration.take(
      (0..<3).map { spacings.indices.contains($0) ? spacings[$0] : nil }, units: [nil, nil, nil])
    let offset = (fields["Offset"] ?? fields["Position"] ?? fields["Origin"])?.numbers ?? []
    if isPlain, offset.count >= 3, offset.allSatisfy(\.isFinite) {
      calibration.origin = SIMD3(offset[0], offset[1], offset[2])
    }
    if !isPlain { calibration.warnings.append(AxisDirections.warning) }
    return calibration
  }

  private static func sampleType(_ name: String) -> SampleType? {
    switch name.uppercased() {
    case "MET_UCHAR": .uint8
    case "MET_CHAR": .int8
    case "MET_USHORT": .uint16
    case "MET_SHORT": .int16
    case "MET_UINT": .uint32
    case "MET_INT": .int32
    case "MET_ULONG_LONG": .uint64
    case "MET_LONG_LONG": .int64
    case "MET_FLOAT": .float32
    case "MET_DOUBLE": .float64
    default: nil
    }
  }

  private func damaged(_ reason: String) -> VolumeFileError {
    .damaged(path: path, page: nil, reason: reason)
  }

  private func unsupported(_ what: String, _ advice: String) -> VolumeFileError {
    .unsupported(path: path, page: nil, what: what, advice: advice)
  }
}
