internal import MeshProcessing

extension TriangleMesh {
  func obj(_ provenance: MeshProvenance) -> [UInt8] {
    var writer = ByteWriter(capacity: positions.count * 38 + triangles.count * 24)
    for line in provenance.lines { writer.append("# \(line.onOneLine)\n") }
    writer.append("o \(provenance.name.asOneWord)\n")
    for position in positions {
      writer.append("v ")
      writer.appendText(position)
      writer.append("\n")
    }
    for triangle in triangles {
      // OBJ counts from 1.
      writer.append("f \(triangle.a + 1) \(triangle.b + 1) \(triangle.c + 1)\n")
    }
    return writer.bytes
  }
}
