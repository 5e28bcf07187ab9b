internal import Files

/// An array of a VTP, as its header describes it.
struct VTPArray {
  let name: String
  let type: String
  let components: Int
  let format: String
  /// Where it begins in the appended data.
  let offset: Int?
  /// What stands in the text: the numbers themselves, or their bytes as base64.
  var text = ""

  /// An array without numbers.
  static let none = VTPArray(["type": "Int32", "format": "ascii"])

  init(_ attributes: [String: String]) {
    name = attributes["Name"] ?? ""
    type = attributes["type"] ?? ""
    components = attributes["NumberOfComponents"].flatMap { Int($0) } ?? 1
    format = attributes["format"] ?? "ascii"
    offset = attributes["offset"].flatMap { Int($0) }
  }
}

/// Collects what a VTP says of itself from the events of its XML.
struct VTPHeader: XMLReader {
  /// The attributes of the file.
  private(set) var file: [String: String] = [:]
  /// How the appended data is encoded: raw or base64.
  private(set) var encoding = "raw"
  private(set) var pieceCount = 0
  private(set) var pointCount = -1
  private(set) var polygonCount = -1
  /// Points, lines and strips of triangles, which are not read.
  private(set) var otherCells = 0
  private(set) var points: VTPArray?
  private(set) var polygons: [VTPArray] = []
  private(set) var pointArrays: [VTPArray] = []
  private(set) var cellArrays: [VTPArray] = []
  /// The lines that this program wrote about the mesh.
  private(set) var provenance: [String] = []
  private var section = ""
  private var array: VTPArray?

  mutating func start(_ element: String, _ attributes: [String: String]) {
    func count(_ name: String) -> Int { attributes[name].flatMap { Int($0) } ?? 0 }
    switch element {
    case "VTKFile": file = attributes
    case "AppendedData": encoding = attributes["encoding"] ?? "raw"
    case "Piece":
      pieceCount += 1
      pointCount = count("NumberOfPoints")
      polygonCount = count("NumberOfPolys")
      let others = [count("NumberOfVerts"), count("NumberOfLines"), count("NumberOfStrips")]
      if others.contains(where: { $0 != 0 }) { otherCells += 1 }
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
