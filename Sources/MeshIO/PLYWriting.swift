internal import MeshProcessing

extension TriangleMesh {
  func binaryPLY(_ provenance: MeshProvenance, _ values: [VertexValues]) -> [UInt8] {
    let head = plyHeader("binary_little_endian", provenance, values)
    var writer = ByteWriter(
      capacity: head.utf8.count + positions.count * (12 + 4 * values.count)
        + triangles.count * 13)
    writer.append(head)
    for vertex in positions.indices {
      writer.append(positions[vertex])
      for value in values { writer.append(value.values[vertex]) }
    }
    for triangle in triangles {
      writer.append(UInt8(3))
      writer.append(SIMD3(triangle.a, triangle.b, triangle.c))
    }
    return writer.bytes
  }

  func asciiPLY(_ provenance: MeshProvenance, _ values: [VertexValues]) -> [UInt8] {
    var writer = ByteWriter(
      capacity: positions.count * (36 + 12 * values.count) + triangles.count * 24)
    writer.append(plyHeader("ascii", provenance, values))
    for vertex in positions.indices {
      writer.appendText(positions[vertex])
      for value in values { writer.append(" \(value.values[vertex])") }
      writer.append("\n")
    }
    for triangle in triangles {
      writer.append("3 \(triangle.a) \(triangle.b) \(triangle.c)\n")
    }
    return writer.bytes
  }

  private func plyHeader(
    _ format: String, _ provenance: MeshProvenance, _ values: [VertexValues]
  ) -> String {
    var lines = ["ply", "format \(format) 1.0"]
    lines += provenance.lines.map { "comment \($0.onOneLine)" }
    lines.append("element vertex \(positions.count)")
    lines += ["x", "y", "z"].map { "property float \($0)" }
    lines += values.map { "property float \($0.name)" }
    lines.append("element face \(triangles.count)")
    lines.append("property list uchar int vertex_indices")
    lines.append("end_header")
    return lines.joined(separator: "\n") + "\n"
  }
}
