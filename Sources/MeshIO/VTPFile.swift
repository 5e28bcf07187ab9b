internal import Files

/// The header of a VTP and the bytes of its arrays.
struct VTPFile {
  let path: String
  let header: VTPHeader
  private let bytes: [UInt8]
  /// Where the appended data begins, behind its `_`.
  private let appendedStart: Int

  init(_ bytes: [UInt8], path: String) throws(MeshFileError) {
    self.path = path
    self.bytes = bytes
    (header, appendedStart) = try Self.header(of: bytes, path: path)
    try checkKind()
    try checkCounts()
  }

  var pointCount: Int { header.pointCount }
  var polygonCount: Int { header.polygonCount }

  /// The numbers of an array, of which there must be so many.
  func numbers(of array: VTPArray, count: Int) throws(MeshFileError) -> [Double] {
    guard array.format == "ascii" else {
      return try storedNumbers(of: array, count: count)
    }
    let words = array.text.split(whereSeparator: \.isWhitespace)
    let numbers = words.compactMap { Double($0) }
    guard numbers.count == words.count, numbers.count >= count else {
      throw .truncated(path: path, at: .byte(0), expected: "\(count) numbers of “\(array.name)”")
    }
    return Array(numbers.prefix(count))
  }

  // MARK: The header

  /// Raw data is no XML: the header is read as if the data was empty.
  private static func header(
    of bytes: [UInt8], path: String
  ) throws(MeshFileError) -> (VTPHeader, appendedStart: Int) {
    let mark = bytes.firstRange(of: Array("<AppendedData".utf8))?.lowerBound ?? bytes.count
    let tagEnd = bytes[mark...].firstIndex(of: UInt8(ascii: ">")).map { $0 + 1 } ?? bytes.count
    let start = bytes[tagEnd...].firstIndex(of: UInt8(ascii: "_")).map { $0 + 1 } ?? bytes.count
    let rest = mark < bytes.count ? Array("</AppendedData></VTKFile>".utf8) : []
    var header = VTPHeader()
    do throws(XMLError) { try header.read(bytes[..<tagEnd] + rest) } catch {
      throw .malformed(path: path, at: .line(error.line), expected: "XML", found: error.reason)
    }
    return (header, start)
  }

  private func checkKind() throws(MeshFileError) {
    guard header.file["type"] == "PolyData" else {
      throw unsupported("a VTK file of type “\((header.file["type"] ?? "none").prefix(40))”")
    }
    if let compressor = header.file["compressor"], compressor != "vtkZLibDataCompressor" {
      throw unsupported("a VTP packed by “\(compressor.prefix(40))”")
    }
    guard header.encoding == "raw" || header.encoding == "base64" else {
      throw unsupported("data appended as “\(header.encoding.prefix(40))”")
    }
    guard header.pieceCount == 1, header.otherCells == 0 else {
      throw unsupported("a VTP of several pieces, or of lines and points")
    }
  }

  /// Refuses more points, polygons and values than the bytes of the file can hold.
  private func checkCounts() throws(MeshFileError) {
    let (points, polygons) = (header.pointCount, header.polygonCount)
    guard header.points != nil, (0...largestCount).contains(points),
      (0...largestCount).contains(polygons)
    else {
      throw .malformed(
        path: path, at: .byte(0), expected: "the counts of points and polygons",
        found: "\(points) and \(polygons)")
    }
    // Several arrays may claim the same bytes.
    let values = points.multipliedReportingOverflow(by: header.pointArrays.count)
    let faceValues = polygons.multipliedReportingOverflow(by: header.cellArrays.count)
    guard !values.overflow, !faceValues.overflow,
      max(values.partialValue, faceValues.partialValue) <= largestCount
    else {
      throw .countBeyondFile(
        path: path, at: .byte(0), element: "an array",
        count: header.pointArrays.count + header.cellArrays.count, bytesLeft: bytes.count)
    }
  }

  /// More numbers than this cannot be in the file.
  private var largestCount: Int { bytes.count * (isPacked ? Inflation.largestRatio : 1) }

  private func unsupported(_ what: String) -> MeshFileError {
    .unsupported(
      path: path, what: what, advice: "save it packed by zlib or not at all, in one piece")
  }

  // MARK: Arrays of bytes

  private var isPacked: Bool { header.file["compressor"] != nil }

  private func storedNumbers(
    of array: VTPArray, count: Int
  ) throws(MeshFileError) -> [Double] {
    guard let type = PLYNumber(vtkName: array.type) else {
      throw unsupported("an array of “\(array.type.prefix(40))”")
    }
    let stored = VTPStoredArray(
      name: array.name, place: try place(of: array), path: path, fileBytes: bytes.count,
      isBigEndian: header.file["byte_order"] == "BigEndian",
      lengthBytes: header.file["header_type"] == "UInt64" ? 8 : 4)
    guard (0...largestCount).contains(count) else { throw stored.tooLarge(count) }
    let (content, start) =
      isPacked
      ? (try stored.unpacked(count * type.bytes), 0) : try stored.plain(count * type.bytes)
    var reader = ByteReader(
      content.span, from: start, isBigEndian: stored.isBigEndian, path: path)
    var numbers: [Double] = []
    numbers.reserveCapacity(count)
    for _ in 0..<count { numbers.append(try reader.number(type)) }
    return numbers
  }

  private func place(of array: VTPArray) throws(MeshFileError) -> VTPStoredArray.Place {
    switch array.format {
    case "binary": return .base64(Base64Text(text: Array(array.text.utf8)[...]))
    case "appended":
      guard let offset = array.offset, offset >= 0, offset <= bytes.count - appendedStart else {
        throw .truncated(
          path: path, at: .byte(bytes.count), expected: "the array “\(array.name)”")
      }
      let start = appendedStart + offset
      return header.encoding == "raw"
        ? .raw(bytes, start: start) : .base64(Base64Text(text: bytes[start...]))
    default: throw unsupported("an array as “\(array.format.prefix(40))”")
    }
  }
}

extension PLYNumber {
  /// As VTK names it.
  fileprivate init?(vtkName: String) {
    switch vtkName {
    case "Int8": self = .int8
    case "UInt8": self = .uint8
    case "Int16": self = .int16
    case "UInt16": self = .uint16
    case "Int32": self = .int32
    case "UInt32": self = .uint32
    case "Int64": self = .int64
    case "Float32": self = .float32
    case "Float64": self = .float64
    default: return nil
    }
  }
}
