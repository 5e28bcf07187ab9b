internal import MeshProcessing

extension TriangleMesh {
  /// The mesh in the bytes of a PLY: ASCII or binary in either byte order. Elements and properties that
  /// a mesh has no place for are passed over.
  init(ply bytes: Span<UInt8>, path: String) throws(MeshFileError) {
    let header = try PLYHeader(bytes, path: path)
    var reading = PLYReading(header)
    switch header.encoding {
    case .ascii:
      var source = TextScanner(
        bytes, from: header.dataOffset, line: header.dataLine, path: path)
      try reading.read(from: &source)
    case .littleEndian, .bigEndian:
      var source = ByteReader(
        bytes, from: header.dataOffset, isBigEndian: header.encoding == .bigEndian, path: path)
      try reading.read(from: &source)
    }
    self.init(positions: reading.positions, triangles: reading.triangles)
  }
}

/// What gives the numbers of a PLY one by one.
private protocol PLYSource: ~Escapable {
  var path: String { get }
  var position: MeshFilePosition { get }
  var bytesLeft: Int { get }
  /// The next number; floats are finite.
  mutating func number(_ type: PLYNumber) throws(MeshFileError) -> Double
}

/// The data of a PLY while it is read.
private struct PLYReading {
  let header: PLYHeader
  var positions: [SIMD3<Float>] = []
  var triangles: [Triangle] = []
  private var corners: [UInt32] = []

  init(_ header: PLYHeader) { self.header = header }

  mutating func read<Source: PLYSource & ~Escapable>(
    from source: inout Source
  ) throws(MeshFileError) {
    for element in header.elements {
      let (needed, overflow) = element.count.multipliedReportingOverflow(
        by: element.smallestRow(header.encoding))
      // The last row of a text may lack its separator.
      guard !overflow, needed <= source.bytesLeft + 1 else {
        throw .countBeyondFile(
          path: source.path, at: source.position, element: element.name, count: element.count,
          bytesLeft: source.bytesLeft)
      }
      guard !element.properties.isEmpty else { continue }
      switch element.name {
      case "vertex": try readVertices(element, from: &source)
      case "face": try readFaces(element, from: &source)
      default: for _ in 0..<element.count { try skip(element.properties, in: &source) }
      }
    }
  }

  private mutating func readVertices<Source: PLYSource & ~Escapable>(
    _ element: PLYHeader.Element, from source: inout Source
  ) throws(MeshFileError) {
    let axes = element.properties.map { property in
      property.countType == nil ? ["x", "y", "z"].firstIndex(of: property.name) : nil
    }
    guard Set(axes.compactMap { $0 }).count == 3 else {
      throw .malformed(
        path: source.path, at: .line(header.dataLine), expected: "vertices with x, y and z",
        found: element.properties.map(\.name).joined(separator: ", "))
    }
    positions.reserveCapacity(element.count)
    for _ in 0..<element.count {
      var vertex = SIMD3<Float>.zero
      for (property, axis) in zip(element.properties, axes) {
        guard let axis else {
          try skip([property], in: &source)
          continue
        }
        let place = source.position
        vertex[axis] = Float(try source.number(property.type))
        guard vertex[axis].isFinite else {
          throw .nonFiniteCoordinate(path: source.path, at: place)
        }
      }
      positions.append(vertex)
    }
  }

  private mutating func readFaces<Source: PLYSource & ~Escapable>(
    _ element: PLYHeader.Element, from source: inout Source
  ) throws(MeshFileError) {
    triangles.reserveCapacity(element.count)
    for _ in 0..<element.count {
      for property in element.properties {
        if let countType = property.countType,
          ["vertex_indices", "vertex_index"].contains(property.name)
        {
          try readCorners(countType, property.type, from: &source)
        } else {
          try skip([property], in: &source)
        }
      }
    }
  }

  /// One polygon, as a fan of triangles.
  private mutating func readCorners<Source: PLYSource & ~Escapable>(
    _ countType: PLYNumber, _ type: PLYNumber, from source: inout Source
  ) throws(MeshFileError) {
    let place = source.position
    let count = try length(countType, in: &source)
    guard count >= 3 else {
      throw .malformed(
        path: source.path, at: place, expected: "a face of at least 3 corners", found: "\(count)")
    }
    corners.removeAll(keepingCapacity: true)
    for _ in 0..<count {
      let index = try source.number(type)
      guard let vertex = UInt32(exactly: index), Int(vertex) < header.vertexCount else {
        throw .indexOutOfRange(
          path: source.path, at: place, index: Int(exactly: index.rounded()) ?? -1,
          vertexCount: header.vertexCount)
      }
      corners.append(vertex)
    }
    for corner in 1..<corners.count - 1 {
      triangles.append(Triangle(corners[0], corners[corner], corners[corner + 1]))
    }
  }

  /// The length of a list, once it is known that it fits into the file.
  private func length<Source: PLYSource & ~Escapable>(
    _ countType: PLYNumber, in source: inout Source
  ) throws(MeshFileError) -> Int {
    let place = source.position
    let count = try source.number(countType)
    guard count >= 0, count <= Double(source.bytesLeft) else {
      throw .countBeyondFile(
        path: source.path, at: place, element: "an entry of a list", count: Int(count),
        bytesLeft: source.bytesLeft)
    }
    return Int(count)
  }

  private func skip<Source: PLYSource & ~Escapable>(
    _ properties: [PLYHeader.Property], in source: inout Source
  ) throws(MeshFileError) {
    for property in properties {
      let count =
        if let countType = property.countType {
          try length(countType, in: &source)
        } else { 1 }
      for _ in 0..<count { _ = try source.number(property.type) }
    }
  }
}

extension ByteReader: PLYSource {
  mutating func number(_ type: PLYNumber) throws(MeshFileError) -> Double {
    switch type {
    case .int8: Double(Int8(bitPattern: try integer("a number")))
    case .uint8: Double(try integer("a number", as: UInt8.self))
    case .int16: Double(Int16(bitPattern: try integer("a number")))
    case .uint16: Double(try integer("a number", as: UInt16.self))
    case .int32: Double(Int32(bitPattern: try integer("a number")))
    case .uint32: Double(try integer("a number", as: UInt32.self))
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
}
