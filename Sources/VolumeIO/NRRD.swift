internal import Files
internal import Volumes

/// An image in the format of Teem: a header of text, and the samples behind it or in another file.
struct NRRD {
  private let path: String
  private let fields: [String: String]
  /// The length of the header, the empty line included.
  private let headerBytes: Int

  init(_ path: String) throws {
    self.path = path
    let head = try PlainFile(path).bytes(upTo: 1 << 20)
    var fields: [String: String] = [:]
    var next = head.startIndex
    var isFirst = true
    while next < head.endIndex {
      let end = head[next...].firstIndex(of: 10) ?? head.endIndex
      let line = String(decoding: head[next..<end], as: UTF8.self).trimmingWhitespace
      next = min(end + 1, head.endIndex)
      if line.isEmpty { break }
      defer { isFirst = false }
      guard !isFirst, !line.hasPrefix("#"), !line.contains(":="),
        let colon = line.firstIndex(of: ":")
      else { continue }
      // `data file` and `datafile` are the same.
      let name = line[..<colon].lowercased().filter { !$0.isWhitespace }
      fields[name] = String(line[line.index(after: colon)...]).trimmingWhitespace
    }
    self.fields = fields
    headerBytes = next
  }

  /// Decodes the image.
  func read(_ selection: Stack.Selection) throws -> Stack {
    guard let sizes = fields["sizes"]?.wholeNumbers,
      fields["dimension"].flatMap({ Int($0) }) == sizes.count
    else { throw damaged("its dimension and sizes contradict each other") }
    guard let size = SIMD3<Int>(sizes: sizes) else {
      throw sizes.allSatisfy { $0 > 0 }
        ? unsupported("an image of \(sizes.count) dimensions", "save each of its volumes alone")
        : damaged("it claims the sizes \(sizes.prefix(16))")
    }
    let kinds = (fields["kinds"] ?? "").split(whereSeparator: \.isWhitespace)
    guard let strange = kinds.first(where: { !["domain", "space", "???", "none"].contains($0) })
    else { return try read(size, dimensions: sizes.count, selection) }
    throw unsupported(
      "an axis of the kind “\(strange.prefix(40))”", "save each of its channels alone")
  }

  private func read(
    _ size: SIMD3<Int>, dimensions: Int, _ selection: Stack.Selection
  ) throws -> Stack {
    guard let type = fields["type"].flatMap(Self.sampleType) else {
      throw unsupported(
        "the type “\(fields["type"] ?? "none")”", "save it as numbers of 8 to 64 bits")
    }
    var warnings: [String] = []
    _ = try selection.channelAndFrame(channels: 1, frames: 1, path: path, &warnings)
    let calibration = try calibration(dimensions: dimensions)
    let image = try samples(type).image(type, calibration: calibration, size: size)
    return Stack(image: image, warnings: calibration.warnings)
  }

  private func samples(_ type: SampleType) throws -> StoredSamples {
    var samples = StoredSamples(path: path, start: headerBytes)
    if let name = fields["datafile"] {
      guard let file = name.dataFile(beside: path), !name.hasPrefix("LIST"), !name.contains("%")
      else {
        throw unsupported("“\(name.prefix(80))” as its data", "put one data file beside the header")
      }
      samples = StoredSamples(path: file)
    }
    switch fields["encoding"]?.lowercased() {
    case "raw": samples.encoding = .raw
    case "gzip", "gz": samples.encoding = .deflated
    case "ascii", "text", "txt": samples.encoding = .text
    default:
      throw unsupported(
        "the encoding “\(fields["encoding"] ?? "none")”", "save it as raw or gzip")
    }
    samples.isBigEndian = fields["endian"]?.lowercased() == "big"
    if samples.encoding == .raw, type.bytes > 1, fields["endian"] == nil {
      throw damaged("it does not say which byte of a number comes first")
    }
    try skip(in: &samples)
    return samples
  }

  /// Lines and bytes to pass over before the samples.
  private func skip(in samples: inout StoredSamples) throws {
    let lines = fields["lineskip"].flatMap { Int($0) } ?? 0
    let bytes = fields["byteskip"].flatMap { Int($0) } ?? 0
    if lines > 0 {
      let head = try PlainFile(samples.path).bytes(from: samples.start, upTo: 1 << 20)
      let ends = head.indices.filter { head[$0] == 10 }
      guard lines <= ends.count else { throw damaged("it has fewer lines than it says to skip") }
      samples.start += ends[lines - 1] + 1
    }
    if bytes < 0 {
      guard samples.encoding == .raw else { throw damaged("it skips \(bytes) bytes") }
      // -1: the samples are the last of the file; -2: one byte follows, and so on.
      samples.distanceFromEnd = -1 - bytes
    } else {
      guard samples.encoding == .raw || bytes == 0 else {
        throw unsupported("bytes to skip in packed data", "save it without them")
      }
      samples.start = samples.start.addingReportingOverflow(bytes).partialValue
    }
  }

  private func calibration(dimensions: Int) throws -> Calibration {
    var calibration = Calibration(source: .nrrd)
    let units = (fields["spaceunits"] ?? fields["units"]).map(Self.quotedWords) ?? []
    let names = (0..<3).map { axis in
      units.indices.contains(axis) && !units[axis].isEmpty && units[axis] != "???"
        ? units[axis] : nil
    }
    if let steps = fields["spacedirections"].map(Self.vectors)?.prefix(3) {
      guard dimensions > 2, let directions = AxisDirections(steps.compactMap { $0 }) else {
        throw unsupported(
          "an image whose axes are not along those of the world", "resample it along them first")
      }
      let spacing = directions.spacing
      calibration.take([spacing.x, spacing.y, spacing.z], units: names)
      let stated = fields["spaceorigin"].map(Self.vectors)?.first.flatMap { $0 } ?? .zero
      let origin = (stated * stated).sum().isFinite ? stated : .zero
      if directions.isPlain, calibration.spacing != nil {
        // In the unit of the file, which is the unit of the axes.
        calibration.origin = origin * ((calibration.spacing ?? spacing) / spacing)
      } else if !directions.isPlain {
        calibration.warnings.append(AxisDirections.warning)
      }
    } else if let spacings = fields["spacings"]?.split(whereSeparator: \.isWhitespace) {
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

  private func damaged(_ reason: String) -> VolumeFileError {
    .damaged(path: path, page: nil, reason: reason)
  }

  private func unsupported(_ what: String, _ advice: String) -> VolumeFileError {
    .unsupported(path: path, page: nil, what: what, advice: advice)
  }
}
