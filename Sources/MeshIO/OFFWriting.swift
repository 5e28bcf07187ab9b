internal import MeshProcessing

extension TriangleMesh {
  func off(_ provenance: MeshProvenance) -> [UInt8] {
    var writer = ByteWriter(capacity: positions.count * 36 + triangles.count * 24)
    writer.append("OFF\n")
    for line in provenance.lines { writer.append("# \(line.onOneLine)\n") }
    writer.append("\(positions.count) \(triangles.count) 0\n")
    for position in positions {
      writer.appendText(position)
      writer.append("\n")
    }
    for triangle in triangles { writer.append(prefix: "3", triangle.a, triangle.b, triangle.c) }
    return writer.bytes
  }
}
