internal import MeshProcessing

extension MeshObject {
  func binaryPLY(_ provenance: MeshProvenance) -> [UInt8] {
    let head = plyHeader("binary_little_endian", provenance)
    var writer = ByteWriter(
      capacity: head.utf8.count + mesh.positions.count * (12 + 4 * vertexValues.count)
        + mesh.triangles.count * (13 + 8 * faceValues.count))
    writer.append(head)
    if vertexValues.isEmpty {
      writer.append(mesh.positions)
    } else {
      let columns = vertexValues.map { (values: $0.values, type: $0.plyType) }
      for vertex in mesh.positions.indices {
        writer.append(mesh.positions[vertex])
        for column in columns { writer.append(Double(column.values[vertex]), as: column.type) }
      }
    }
    if faceValues.isEmpty {
      writer.append(mesh.triangles)
    } else {
      let columns = faceValues.map { (values: $0.values, type: $0.plyType) }
      for (face, triangle) in mesh.triangles.enumerated() {
        writer.append(UInt8(3))
        writer.append(SIMD3(triangle.a, triangle.b, triangle.c))
        for column in columns { writer.append(column.values[face], as: column.type) }
      }
    }
    return writer.bytes
  }

  func asciiPLY(_ provenance: MeshProvenance) -> [UInt8] {
    var writer = ByteWriter(
      capacity: mesh.positions.count * (36 + 12 * vertexValues.count)
        + mesh.triangles.count * (24 + 12 * faceValues.count))
    writer.append(plyHeader("ascii", provenance))
    let columns = vertexValues.map { (values: $0.values, isWhole: $0.plyType != .float32) }
    for vertex in mesh.positions.indices {
      writer.appendText(mesh.positions[vertex])
      for column in columns {
        let value = column.values[vertex]
        writer.append(column.isWhole ? " \(Int(value))" : " \(value)")
      }
      writer.append("\n")
    }
    let faceColumns = faceValues.map { (values: $0.values, isWhole: $0.plyType != .float64) }
    for (face, triangle) in mesh.triangles.enumerated() {
      writer.append("3 \(triangle.a) \(triangle.b) \(triangle.c)")
      for column in faceColumns {
        let value = column.values[face]
        writer.append(column.isWhole ? " \(Int(value))" : " \(value)")
      }
      writer.append("\n")
    }
    return writer.bytes
  }

  private func plyHeader(_ format: String, _ provenance: MeshProvenance) -> String {
    var lines = ["ply", "format \(format) 1.0"]
    lines += provenance.lines.map { "comment \($0.onOneLine)" }
    lines.append("element vertex \(mesh.positions.count)")
    lines += ["x", "y", "z"].map { "property float \($0)" }
    lines += vertexValues.map { "property \($0.plyType.name) \($0.name)" }
    lines.append("element face \(mesh.triangles.count)")
    lines.append("property list uchar int vertex_indices")
    lines += faceValues.map { "property \($0.plyType.name) \($0.name)" }
    lines.append("end_header")
    return lines.joined(separator: "\n") + "\n"
  }
}

extension VertexValues {
  /// Colours are bytes, as every viewer expects them; all else is a float.
  fileprivate var plyType: PLYNumber {
    let isColour = ["red", "green", "blue", "alpha"].contains(name)
    return isColour && values.allSatisfy({ UInt8(exactly: $0) != nil }) ? .uint8 : .float32
  }
}

extension FaceValues {
  /// Whole numbers as such, which holds every label; all else as doubles.
  fileprivate var plyType: PLYNumber {
    if values.allSatisfy({ Int32(exactly: $0) != nil }) { return .int32 }
    return values.allSatisfy({ UInt32(exactly: $0) != nil }) ? .uint32 : .float64
  }
}

extension ByteWriter {
  /// Adds a number that the type holds exactly.
  fileprivate mutating func append(_ value: Double, as type: PLYNumber) {
    switch type {
    case .uint8: append(UInt8(value))
    case .int32: append(Int32(value))
    case .uint32: append(UInt32(value))
    case .float64: append(value.bitPattern)
    default: append(Float(value))
    }
  }
}
