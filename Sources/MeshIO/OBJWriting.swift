internal import MeshProcessing

extension MeshScene {
  func obj() -> [UInt8] {
    let vertexCount = objects.reduce(0) { $0 + $1.mesh.positions.count }
    let triangleCount = objects.reduce(0) { $0 + $1.mesh.triangles.count }
    var writer = ByteWriter(capacity: vertexCount * 38 + triangleCount * 24)
    for line in provenance.lines { writer.append("# \(line.onOneLine)\n") }
    var first: UInt32 = 1
    for object in objects {
      writer.append("o \(object.name.asOneWord)\n")
      for position in object.mesh.positions {
        writer.append(prefix: "v", position)
      }
      for triangle in object.mesh.triangles {
        // OBJ counts from 1, on from one object to the next.
        writer.append(prefix: "f", triangle.a + first, triangle.b + first, triangle.c + first)
      }
      first += UInt32(object.mesh.positions.count)
    }
    return writer.bytes
  }
}
