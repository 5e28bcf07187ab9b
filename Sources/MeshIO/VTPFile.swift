internal import Files

/// An array of a VTP, as its header describes it.
struct VTPArray {
  let name: String
  let type: String
  let components: Int
  let format: String
  /// Where it begins in the appended data.
  let offset: Int?
  /// The numbers themselves, where they stand in the text.
  var text = ""

  init(_ attributes: [String: String]) {
    name = attributes["Name"] ?? ""
    type = attributes["type"] ?? ""
    components = attributes["NumberOfComponents"].flatMap { Int($0) } ?? 1
    format = attributes["format"] ?? "ascii"
    offset = attributes["offset"].flatMap { Int($0) }
  }
}

/// The header of a VTP and the bytes of its arrays.
struct VTPFile {
  let path: String
  let pointCount: Int
  let polygonCount: Int
  let points: VTPArray
  let connectivity: VTPArray
  let offsets: VTPArray
  let pointArrays: [VTPArray]
  let cellArrays: [VTPArray]
  /// The lines that this program wrote about the mesh.
  let provenance: [String]
  private let bytes: [UInt8]
  /// Where the appended data begins, behind its `_`.
  private let appendedStart: Int
  private let lengthBytes: Int

  init(_ bytes: [UInt8], path: String) throws(MeshFileError) {
    self.path = path
    self.bytes = bytes
    // Raw data is no XML: the header is read as if it ended before.
    let mark = bytes.firstRange(of: Array("<AppendedData".utf8))?.lowerBound ?? bytes.count
    appendedStart = (bytes[mark...].firstIndex(of: UInt8(ascii: "_")) ?? bytes.count - 1) + 1
    var reader = VTPHeader()
    do throws(XMLError) {
      try reader.read(Array(bytes[..<mark]) + (mark < bytes.count ? Array("</VTKFile>".utf8) : []))
    } catch {
      throw .malformed(path: path, at: .line(error.line), expected: "XML", found: error.reason)
    }
    func unsupported(_ what: String) -> MeshFileError {
      .unsupported(path: path, what: what, advice: "save it as binary, appended raw, or as ASCII")
    }
    guard reader.file["type"] == "PolyData" else {
      throw unsupported("a VTK file of type “\((reader.file["type"] ?? "none").prefix(40))”")
    }
    guard reader.file["compressor"] == nil else { throw unsupported("a packed VTP") }
    guard reader.file["byte_order"] != "BigEndian" else { throw unsupported("a big-endian VTP") }
    guard reader.pieceCount == 1, reader.otherCells == 0 else {
      throw unsupported("a VTP of several pieces, or of lines and points")
    }
    lengthBytes = reader.file["header_type"] == "UInt64" ? 8 : 4
    guard let points = reader.points, reader.pointCount >= 0, reader.polygonCount >= 0,
      reader.pointCount <= bytes.count, reader.polygonCount <= bytes.count
    else {
      throw .malformed(
        path: path, at: .byte(0), expected: "the counts of points and polygons",
        found: "\(reader.pointCount) and \(reader.polygonCount)")
    }
    let none = VTPArray(["type": "Int32", "format": "ascii"])
    self.points = points
    connectivity = reader.polygons.first { $0.name == "connectivity" } ?? none
    offsets = reader.polygons.first { $0.name == "offsets" } ?? none
    pointCount = reader.pointCount
    polygonCount = reader.polygonCount
    pointArrays = reader.pointArrays
    cellArrays = reader.cellArrays
    provenance = reader.provenance
  }

  /// The numbers of an array, of which there must be so many.
  func numbers(of array: VTPArray, count: Int) throws(MeshFileError) -> [Double] {
    switch array.format {
    case "ascii":
      let words = array.text.split(whereSeparator: \.isWhitespace)
      let numbers = words.compactMap { Double($0) }
      guard numbers.count == words.count, numbers.count >= count else {
        throw .truncated(path: path, at: .byte(0), expected: "\(count) numbers of “\(array.name)”")
      }
      return Array(numbers.prefix(count))
    case "appended": return try appendedNumbers(of: array, count: count)
    default:
      throw .unsupported(
        path: path, what: "an array as “\(array.format.prefix(40))”",
        advice: "save it as binary, appended raw, or as ASCII")
    }
  }

  private func appendedNumbers(
    of array: VTPArray, count: Int
  ) throws(MeshFileError) -> [Double] {
    guard let type = PLYNumber(vtkName: array.type) else {
      throw .unsupported(
        path: path, what: "an array of “\(array.type.prefix(40))”", advice: "save it as Float32")
    }
    guard let offset = array.offset, offset >= 0, offset <= bytes.count - appendedStart,
      count >= 0, count <= bytes.count
    else {
      throw .truncated(
        path: path, at: .byte(bytes.count), expected: "the array “\(array.name)”")
    }
    var reader = ByteReader(
      bytes.span, from: appendedStart + offset, isBigEndian: false, path: path)
    let stated =
      lengthBytes == 8
      ? Int(clamping: try reader.integer("a length", as: UInt64.self))
      : Int(try reader.integer("a length", as: UInt32.self))
    guard stated >= count * type.bytes, count * type.bytes <= reader.bytesLeft else {
      throw .countBeyondFile(
        path: path, at: reader.position, element: "a number of “\(array.name)”", count: count,
        bytesLeft: reader.bytesLeft)
    }
    var numbers: [Double] = []
    numbers.reserveCapacity(count)
    for _ in 0..<count { numbers.append(try reader.number(type)) }
    return numbers
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

/// Collects the header of a VTP from the events of its XML.
private struct VTPHeader: XMLReader {
  var file: [String: String] = [:]
  var pieceCount = 0
  var pointCount = -1
  var polygonCount = -1
  var otherCells = 0
  var points: VTPArray?
  var polygons: [VTPArray] = []
  var pointArrays: [VTPArray] = []
  var cellArrays: [VTPArray] = []
  var provenance: [String] = []
  private var section = ""
  private var array: VTPArray?

  mutating func start(_ element: String, _ attributes: [String: String]) {
    func count(_ name: String) -> Int { attributes[name].flatMap { Int($0) } ?? 0 }
    switch element {
    case "VTKFile": file = attributes
    case "Piece":
      pieceCount += 1
      pointCount = count("NumberOfPoints")
      polygonCount = count("NumberOfPolys")
      otherCells += count("NumberOfVerts") + count("NumberOfLines") + count("NumberOfStrips")
    case "DataArray", "Array": array = VTPArray(attributes)
    case "PointData", "CellData", "Points", "Polys", "FieldData", "Verts", "Lines", "Strips":
      section = element
    default: break
    }
  }

  mutating func text(_ text: String) { array?.text += text }

  mutating func end(_ element: String) {
    guard element == "DataArray" || element == "Array", let array else { return }
    self.array = nil
    switch section {
    case "Points": points = array
    case "Polys": polygons.append(array)
    case "PointData": pointArrays.append(array)
    case "CellData": cellArrays.append(array)
    case "FieldData" where array.name == "provenance" && array.format == "ascii":
      let letters = array.text.split(whereSeparator: \.isWhitespace).compactMap { UInt8($0) }
      provenance = letters.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    default: break
    }
  }
}
