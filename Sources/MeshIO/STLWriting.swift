internal import MeshProcessing

extension TriangleMesh {
  func binarySTL(_ provenance: MeshProvenance) -> [UInt8] {
    var header = Array(provenance.stlLine.utf8.prefix(80))
    // It must not look like the ASCII variant.
    if header.starts(with: "solid".utf8) { header[0] = UInt8(ascii: "S") }
    header += Array(repeating: 0x20, count: 80 - header.count)
    var head = ByteWriter(capacity: 84)
    head.append(header)
    head.append(UInt32(triangles.count))
    let writer = unsafe ByteWriter(head: head.bytes, rows: triangles.count, of: 50) { index, row in
      let triangle = triangles[index]
      unsafe row.store(facetNormal(of: triangle), at: 0)
      unsafe row.store(positions[Int(triangle.a)], at: 12)
      unsafe row.store(positions[Int(triangle.b)], at: 24)
      unsafe row.store(positions[Int(triangle.c)], at: 36)
      unsafe row.storeBytes(of: 0, toByteOffset: 48, as: UInt16.self)
    }
    return writer.bytes
  }

  func asciiSTL(_ provenance: MeshProvenance) -> [UInt8] {
    let name = provenance.name.onOneASCIILine
    var writer = ByteWriter(capacity: triangles.count * 250)
    writer.append("solid \(name) \(provenance.stlLine)\n")
    for triangle in triangles {
      writer.append("facet normal ")
      writer.appendText(facetNormal(of: triangle))
      writer.append("\nouter loop\n")
      for vertex in [triangle.a, triangle.b, triangle.c] {
        writer.append("vertex ")
        writer.appendText(positions[Int(vertex)])
        writer.append("\n")
      }
      writer.append("endloop\nendfacet\n")
    }
    writer.append("endsolid \(name)\n")
    return writer.bytes
  }

  /// The outward unit normal; zero for a triangle without area.
  private func facetNormal(of triangle: Triangle) -> SIMD3<Float> {
    let normal = normalVector(of: triangle)
    let norm = length(normal)
    return norm > 0 ? SIMD3<Float>(normal / norm) : .zero
  }
}

extension MeshProvenance {
  /// What an STL has room for: STL has no unit, so the header is the only place to say it.
  fileprivate var stlLine: String {
    let metres = metresPerUnit.map { " = \($0) m" } ?? ""
    return "\(generator), unit \(unit)\(metres), \(name)".onOneASCIILine
  }
}
