internal import Volumes

/// An image in the format of ITK: `key = value` a line, and the samples behind it or in another file.
struct MetaImage {
  private let header: TextHeader

  /// Reads the header, whose last field is `ElementDataFile`.
  init(_ path: String) throws {
    header = try TextHeader(path) { line, _ in
      guard let equals = line.firstIndex(of: "=") else { return .other }
      let name = String(line[..<equals]).trimmingWhitespace
      let value = String(line[line.index(after: equals)...]).trimmingWhitespace
      return name == "ElementDataFile"
        ? .lastField(name: name, value: value) : .field(name: name, value: value)
    }
  }

  /// Decodes the image.
  func read(_ selection: Stack.Selection) throws -> Stack {
    guard let dataFile = header["ElementDataFile"] else {
      throw header.damaged("its header does not say where the voxels are")
    }
    let (size, dimensions) = try header.size(from: "DimSize", dimensions: "NDims")
    let type = try header.sampleType(from: "ElementType", Self.sampleType)
    guard ["1", nil].contains(header["ElementNumberOfChannels"]) else {
      throw header.unsupported(
        "\(header["ElementNumberOfChannels"] ?? "") channels in a MetaImage", "save each alone")
    }
    var warnings: [String] = []
    _ = try selection.channelAndFrame(channels: 1, frames: 1, path: header.path, &warnings)
    let calibration = try calibration(dimensions: dimensions)
    let image = try samples(in: dataFile).image(type, calibration: calibration, size: size)
    return Stack(image: image, warnings: calibration.warnings)
  }

  private func samples(in dataFile: String) throws -> StoredSamples {
    var samples = try header.samples(in: dataFile.uppercased() == "LOCAL" ? nil : dataFile)
    let isTrue = { (name: String) in header[name]?.lowercased() == "true" }
    samples.isBigEndian = isTrue("BinaryDataByteOrderMSB") || isTrue("ElementByteOrderMSB")
    if header["BinaryData"]?.lowercased() == "false" { samples.encoding = .text }
    if isTrue("CompressedData") { samples.encoding = .deflated }
    if let skip = header["HeaderSize"].flatMap({ Int($0) }) {
      if skip < 0 { samples.distanceFromEnd = 0 } else { samples.start = skip }
    }
    return samples
  }

  private func calibration(dimensions: Int) throws -> Calibration {
    var calibration = Calibration(source: .metaImage)
    var isPlain = true
    let matrix = header["TransformMatrix"] ?? header["Orientation"] ?? header["Rotation"]
    if let numbers = matrix?.numbers, numbers.count == dimensions * dimensions, dimensions >= 3 {
      let steps = (0..<3).map { axis in
        SIMD3(
          numbers[axis * dimensions], numbers[axis * dimensions + 1],
          numbers[axis * dimensions + 2])
      }
      guard let directions = AxisDirections(steps) else {
        throw header.unsupported(
          "an image whose axes are not along those of the world", "resample it along them first")
      }
      isPlain = directions.isPlain
    }
    let spacings = (header["ElementSpacing"] ?? header["ElementSize"])?.numbers ?? []
    calibration.take(
      (0..<3).map { spacings.indices.contains($0) ? spacings[$0] : nil }, units: [nil, nil, nil])
    let offset = (header["Offset"] ?? header["Position"] ?? header["Origin"])?.numbers ?? []
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
}
