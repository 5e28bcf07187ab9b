internal import Files
internal import Volumes

/// An image in the format of Teem: a header of text, and the samples behind it or in another file.
struct NRRD {
  private let header: TextHeader

  /// Reads the header, which an empty line ends.
  init(_ path: String) throws {
    header = try TextHeader(path) { line, isFirst in
      if line.isEmpty { return .end }
      guard !isFirst, !line.hasPrefix("#"), !line.contains(":="),
        let colon = line.firstIndex(of: ":")
      else { return .other }
      // `data file` and `datafile` are the same.
      let name = line[..<colon].lowercased().filter { !$0.isWhitespace }
      return .field(
        name: name, value: String(line[line.index(after: colon)...]).trimmingWhitespace)
    }
  }

  /// Decodes the image.
  func read(_ selection: Stack.Selection) throws -> Stack {
    let (size, dimensions) = try header.size(from: "sizes", dimensions: "dimension")
    let kinds = (header["kinds"] ?? "").split(whereSeparator: \.isWhitespace)
    if let strange = kinds.first(where: { !["domain", "space", "???", "none"].contains($0) }) {
      throw header.unsupported(
        "an axis of the kind “\(strange.prefix(40))”", "save each of its channels alone")
    }
    let type = try header.sampleType(from: "type", Self.sampleType)
    var warnings: [String] = []
    _ = try selection.channelAndFrame(channels: 1, frames: 1, path: header.path, &warnings)
    let calibration = try calibration(dimensions: dimensions)
    let image = try samples(type).image(type, calibration: calibration, size: size)
    return Stack(image: image, warnings: calibration.warnings)
  }

  private func samples(_ type: SampleType) throws -> StoredSamples {
    var samples = try header.samples(in: header["datafile"])
    switch header["encoding"]?.lowercased() {
    case "raw": samples.encoding = .raw
    case "gzip", "gz": samples.encoding = .deflated
    case "ascii", "text", "txt": samples.encoding = .text
    default:
      throw header.unsupported(
        "the encoding “\(header["encoding"] ?? "none")”", "save it as raw or gzip")
    }
    samples.isBigEndian = header["endian"]?.lowercased() == "big"
    if samples.encoding == .raw, type.bytes > 1, header["endian"] == nil {
      throw header.damaged("it does not say which byte of a number comes first")
    }
    try skip(in: &samples)
    return samples
  }

  /// Lines and bytes to pass over before the samples.
  private func skip(in samples: inout StoredSamples) throws {
    let lines = header["lineskip"].flatMap { Int($0) } ?? 0
    let bytes = header["byteskip"].flatMap { Int($0) } ?? 0
    if lines > 0 {
      let head = try PlainFile(samples.path).bytes(from: samples.start, upTo: 1 << 20)
      let ends = head.indices.filter { head[$0] == 10 }
      guard lines <= ends.count else {
        throw header.damaged("it has fewer lines than it says to skip")
      }
      samples.start += ends[lines - 1] + 1
    }
    if bytes < 0 {
      guard samples.encoding == .raw else { throw header.damaged("it skips \(bytes) bytes") }
      // -1: the samples are the last of the file; -2: one byte follows, and so on.
      samples.distanceFromEnd = -1 - bytes
    } else {
      guard samples.encoding == .raw || bytes == 0 else {
        throw header.unsupported("bytes to skip in packed data", "save it without them")
      }
      samples.start = samples.start.addingReportingOverflow(bytes).partialValue
    }
  }

  private func calibration(dimensions: Int) throws -> Calibration {
    var calibration = Calibration(source: .nrrd)
    let units = (header["spaceunits"] ?? header["units"]).map(Self.quotedWords) ?? []
    let names = (0..<3).map { axis in
      units.indices.contains(axis) && !units[axis].isEmpty && units[axis] != "???"
        ? units[axis] : nil
    }
    if let steps = header["spacedirections"].map(Self.vectors)?.prefix(3) {
      guard dimensions > 2, let directions = AxisDirections(steps.compactMap { $0 }) else {
        throw header.unsupported(
          "an image whose axes are not along those of the world", "resample it along them first")
      }
      let spacing = directions.spacing
      calibration.take([spacing.x, spacing.y, spacing.z], units: names)
      let stated = header["spaceorigin"].map(Self.vectors)?.first.flatMap { $0 } ?? .zero
      let origin = (stated * stated).sum().isFinite ? stated : .zero
      if directions.isPlain, calibration.spacing != nil {
        // In the unit of the file, which is the unit of the axes.
        calibration.origin = origin * ((calibration.spacing ?? spacing) / spacing)
      } else if !directions.isPlain {
        calibration.warnings.append(AxisDirections.warning)
      }
    } else if let spacings = header["spacings"]?.split(whereSeparator: \.isWhitespace) {
      let stated = (0..<3).map { spacings.indices.contains($0) ? Double(spacings[$0]) : nil }
      calibration.take(stated, units: names)
    }
    return calibration
  }

  /// `"um" "um"`: what stands between quotation marks.
  private static func quotedWords(_ text: String) -> [String] {
    text.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
      .filter { $0.offset % 2 == 1 }.map { String($0.element) }
  }

  /// `(1,0,0) none (0,1,0)`: vectors of three, `nil` for anything else.
  private static func vectors(_ text: String) -> [SIMD3<Double>?] {
    text.filter { $0 != " " }.replacing("none", with: "(none)").split(separator: ")").map { part in
      let numbers = part.dropFirst().split(separator: ",").compactMap { Double($0) }
      return numbers.count == 3 ? SIMD3(numbers[0], numbers[1], numbers[2]) : nil
    }
  }

  private static func sampleType(_ name: String) -> SampleType? {
    let words = name.lowercased().split(separator: " ").filter { $0 != "int" || name == "int" }
    return switch words.joined(separator: " ") {
    case "signed char", "int8", "int8_t": .int8
    case "uchar", "unsigned char", "uint8", "uint8_t": .uint8
    case "short", "signed short", "int16", "int16_t": .int16
    case "ushort", "unsigned short", "uint16", "uint16_t": .uint16
    case "int", "signed", "int32", "int32_t": .int32
    case "uint", "unsigned", "uint32", "uint32_t": .uint32
    case "longlong", "long long", "signed long long", "int64", "int64_t": .int64
    case "ulonglong", "unsigned long long", "uint64", "uint64_t": .uint64
    case "float": .float32
    case "double": .float64
    default: nil
    }
  }
}
