/// The types of numbers in a PLY, under either of their two names, and 64-bit integers, which only VTK
/// has.
enum PLYNumber {
  case int8, uint8, int16, uint16, int32, uint32, int64, float32, float64

  init?(name: String) {
    switch name {
    case "char", "int8": self = .int8
    case "uchar", "uint8": self = .uint8
    case "short", "int16": self = .int16
    case "ushort", "uint16": self = .uint16
    case "int", "int32": self = .int32
    case "uint", "uint32": self = .uint32
    case "float", "float32": self = .float32
    case "double", "float64": self = .float64
    default: return nil
    }
  }

  /// The name that every reader knows.
  var name: String {
    switch self {
    case .int8: "char"
    case .uint8: "uchar"
    case .int16: "short"
    case .uint16: "ushort"
    case .int32: "int"
    case .uint32: "uint"
    case .int64: "int64"
    case .float32: "float"
    case .float64: "double"
    }
  }

  var bytes: Int {
    switch self {
    case .int8, .uint8: 1
    case .int16, .uint16: 2
    case .int32, .uint32, .float32: 4
    case .int64, .float64: 8
    }
  }

  var isInteger: Bool {
    switch self {
    case .float32, .float64: false
    default: true
    }
  }
}

/// What a PLY says about itself before its data.
struct PLYHeader {
  enum Encoding { case ascii, littleEndian, bigEndian }

  struct Property {
    let name: String
    let type: PLYNumber
    /// The type of the number of entries; `nil` for a property that is no list.
    let countType: PLYNumber?
  }

  struct Element {
    let name: String
    let count: Int
    var properties: [Property]

    /// The fewest bytes that a row can take.
    func smallestRow(_ encoding: Encoding) -> Int {
      properties.reduce(0) { size, property in
        // As text a digit and what separates it from the next.
        size + (encoding == .ascii ? 2 : (property.countType ?? property.type).bytes)
      }
    }
  }

  private(set) var encoding = Encoding.ascii
  private(set) var elements: [Element] = []
  private(set) var comments: [String] = []
  /// Where the data begins, and on which line.
  private(set) var dataOffset = 0
  private(set) var dataLine = 1

  init(_ bytes: Span<UInt8>, path: String) throws(MeshFileError) {
    var scanner = TextScanner(bytes, path: path)
    scanner.skipLine()
    try readFormat(&scanner)
    while true {
      guard scanner.skipToWord() else {
        throw .truncated(path: path, at: scanner.position, expected: "end_header")
      }
      let keyword = scanner.word()
      switch keyword {
      case "comment": comments.append(scanner.restOfLine())
      case "obj_info": break
      case "element": try readElement(&scanner)
      case "property": try readProperty(&scanner)
      case "end_header":
        scanner.skipLine()
        dataOffset = scanner.offset
        dataLine = scanner.line
        return
      default: throw scanner.malformed(expected: "a line of a PLY header", found: "“\(keyword)”")
      }
      scanner.skipLine()
    }
  }

  /// The number of vertices, and 0 without any.
  var vertexCount: Int { elements.first { $0.name == "vertex" }?.count ?? 0 }

  private mutating func readFormat(_ scanner: inout TextScanner) throws(MeshFileError) {
    guard scanner.skipToWord(), scanner.word() == "format" else {
      throw scanner.malformed(expected: "the line “format”", found: "something else")
    }
    let name = scanner.word()
    switch name {
    case "ascii": encoding = .ascii
    case "binary_little_endian": encoding = .littleEndian
    case "binary_big_endian": encoding = .bigEndian
    default: throw scanner.malformed(expected: "a format of PLY", found: "“\(name)”")
    }
    scanner.skipLine()
  }

  private mutating func readElement(_ scanner: inout TextScanner) throws(MeshFileError) {
    let name = scanner.word()
    let count = try scanner.integer("the number of elements")
    guard count >= 0, count <= Int(UInt32.max) else {
      throw scanner.malformed(expected: "a number of elements", found: "\(count)")
    }
    // Vertices that come twice could not be told from each other.
    guard !elements.contains(where: { $0.name == name }) else {
      throw scanner.malformed(expected: "every element once", found: "“\(name.prefix(40))” again")
    }
    elements.append(Element(name: name, count: count, properties: []))
  }

  private mutating func readProperty(_ scanner: inout TextScanner) throws(MeshFileError) {
    func type(_ name: String) throws(MeshFileError) -> PLYNumber {
      guard let type = PLYNumber(name: name) else {
        throw scanner.malformed(expected: "a type of PLY", found: "“\(name)”")
      }
      return type
    }
    guard let element = elements.indices.last else {
      throw scanner.malformed(expected: "an element before its properties", found: "a property")
    }
    let first = scanner.word()
    var property: Property
    if first == "list" {
      let countType = try type(scanner.word())
      let entryType = try type(scanner.word())
      guard countType.isInteger else {
        throw scanner.malformed(expected: "a whole number as the length of a list", found: first)
      }
      property = Property(name: scanner.word(), type: entryType, countType: countType)
    } else {
      property = Property(name: scanner.word(), type: try type(first), countType: nil)
    }
    elements[element].properties.append(property)
  }
}
