/// What gives the numbers of a PLY one by one.
protocol PLYSource: ~Escapable {
  var path: String { get }
  var position: MeshFilePosition { get }
  var bytesLeft: Int { get }
  /// The next number; floats are finite.
  mutating func number(_ type: PLYNumber) throws(MeshFileError) -> Double
  /// The next number with all of its digits.
  mutating func exactNumber(_ type: PLYNumber) throws(MeshFileError) -> Double
}

extension ByteReader: PLYSource {
  mutating func exactNumber(_ type: PLYNumber) throws(MeshFileError) -> Double { try number(type) }

  mutating func number(_ type: PLYNumber) throws(MeshFileError) -> Double {
    switch type {
    case .int8: Double(Int8(bitPattern: try integer("a number")))
    case .uint8: Double(try integer("a number", as: UInt8.self))
    case .int16: Double(Int16(bitPattern: try integer("a number")))
    case .uint16: Double(try integer("a number", as: UInt16.self))
    case .int32: Double(Int32(bitPattern: try integer("a number")))
    case .uint32: Double(try integer("a number", as: UInt32.self))
    case .int64: Double(Int64(bitPattern: try integer("a number")))
    case .float32: Double(Float(bitPattern: try integer("a number")))
    case .float64: Double(bitPattern: try integer("a number"))
    }
  }
}

extension TextScanner: PLYSource {
  /// Rows are lines in every file that we know of, but nothing depends on it.
  mutating func number(_ type: PLYNumber) throws(MeshFileError) -> Double {
    _ = skipToWord()
    return type.isInteger
      ? Double(try integer("a whole number")) : Double(try number())
  }

  mutating func exactNumber(_ type: PLYNumber) throws(MeshFileError) -> Double {
    guard type == .float64 else { return try number(type) }
    _ = skipToWord()
    let text = word()
    guard let value = Double(text) else {
      throw malformed(expected: "a number", found: "“\(text.prefix(24))”")
    }
    return value
  }
}
