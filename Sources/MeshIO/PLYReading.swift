internal import MeshProcessing

extension MeshScene {
  /// The mesh in the bytes of a PLY: ASCII or binary in either byte order, with the numbers that its
  /// vertices and faces have. Other elements and lists are passed over.
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
    let provenance = MeshProvenance(lines: header.comments)
    let object = MeshObject(
      name: provenance.name,
      mesh: TriangleMesh(positions: reading.positions, triangles: reading.triangles),
      vertexValues: reading.vertexValues, faceValues: reading.faceValues)
    self.init(objects: [object], provenance: provenance)
  }
}

/// The data of a PLY while it is read.
private struct PLYReading {
  let header: PLYHeader
  var positions: [SIMD3<Float>] = []
  var triangles: [Triangle] = []
  /// What vertices and faces have beyond places and corners. Names of one word, each once.
  private(set) var vertexValues: [VertexValues] = []
  private(set) var faceValues: [FaceValues] = []
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
    let columns = element.valueColumns(beside: ["x", "y", "z"])
    var values = columns.map { _ in [Float]() }
    positions.reserveCapacity(element.count)
    for _ in 0..<element.count {
      var vertex = SIMD3<Float>.zero
      var column = 0
      for (index, property) in element.properties.enumerated() {
        if let axis = axes[index] {
          let place = source.position
          vertex[axis] = Float(try source.number(property.type))
          guard vertex[axis].isFinite else {
            throw .nonFiniteCoordinate(path: source.path, at: place)
          }
        } else if column < columns.count, columns[column] == index {
          values[column].append(Float(try source.number(property.type)))
          column += 1
        } else {
          try skip([property], in: &source)
        }
      }
      positions.append(vertex)
    }
    vertexValues = zip(columns, values).map { VertexValues(element.properties[$0].name, $1) }
  }

  private mutating func readFaces<Source: PLYSource & ~Escapable>(
    _ element: PLYHeader.Element, from source: inout Source
  ) throws(MeshFileError) {
    let columns = element.valueColumns(beside: [])
    var values = columns.map { _ in [Double]() }
    triangles.reserveCapacity(element.count)
    for _ in 0..<element.count {
      let first = triangles.count
      var column = 0
      var row = columns.map { _ in Double.nan }
      for (index, property) in element.properties.enumerated() {
        if let countType = property.countType,
          ["vertex_indices", "vertex_index"].contains(property.name)
        {
          try readCorners(countType, property.type, from: &source)
        } else if column < columns.count, columns[column] == index {
          row[column] = try source.exactNumber(property.type)
          column += 1
        } else {
          try skip([property], in: &source)
        }
      }
      // The triangles of a polygon have all that it has.
      for column in columns.indices {
        for _ in first..<triangles.count { values[column].append(row[column]) }
      }
    }
    faceValues = zip(columns, values).map { FaceValues(element.properties[$0].name, $1) }
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

extension PLYHeader.Element {
  /// The properties that are numbers with a name of their own, beside some that are something else.
  fileprivate func valueColumns(beside others: [String]) -> [Int] {
    var names = Set(others)
    return properties.indices.filter { index in
      properties[index].countType == nil && properties[index].name.isValueName
        && names.insert(properties[index].name).inserted
    }
  }
}
