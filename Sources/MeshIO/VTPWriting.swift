internal import MeshProcessing

extension MeshObject {
  /// VTK's XML format with its arrays appended raw, as ParaView and VTK read it fastest.
  func vtp(_ provenance: MeshProvenance) -> [UInt8] {
    var arrays = VTPArrays(capacity: mesh.positions.count * 16 + mesh.triangles.count * 24)
    let lines = [
      #"<VTKFile type="PolyData" version="1.0" byte_order="LittleEndian" header_type="UInt64">"#,
      "<PolyData><FieldData>\(provenance.vtkArrays)</FieldData>",
      "<Piece NumberOfPoints=\"\(mesh.positions.count)\" NumberOfPolys=\"\(mesh.triangles.count)\""
        + #" NumberOfVerts="0" NumberOfLines="0" NumberOfStrips="0">"#,
      "<PointData>\(vertexValues.map { arrays.add($0) }.joined())</PointData>",
      "<CellData>\(faceValues.map { arrays.add($0) }.joined())</CellData>",
      "<Points>\(arrays.addPositions(of: mesh))</Points>",
      "<Polys>\(arrays.addCorners(of: mesh))\(arrays.addEnds(of: mesh))</Polys>",
      "</Piece></PolyData>",
      #"<AppendedData encoding="raw">"#,
    ]
    var writer = ByteWriter(capacity: arrays.data.bytes.count + 4096)
    writer.append(#"<?xml version="1.0"?>"# + "\n" + lines.joined(separator: "\n") + "\n_")
    writer.append(arrays.data.bytes)
    writer.append("\n</AppendedData></VTKFile>\n")
    return writer.bytes
  }
}

/// The arrays of a file, one after another. Adding one gives the element that stands for it.
private struct VTPArrays {
  private(set) var data: ByteWriter

  init(capacity: Int) { data = ByteWriter(capacity: capacity) }

  mutating func add(_ values: VertexValues) -> String {
    add(values.name, "Float32", byteCount: values.values.count * 4) { data in
      for value in values.values { data.append(value) }
    }
  }

  mutating func add(_ values: FaceValues) -> String {
    add(values.name, "Float64", byteCount: values.values.count * 8) { data in
      for value in values.values { data.append(value.bitPattern) }
    }
  }

  mutating func addPositions(of mesh: TriangleMesh) -> String {
    add("Points", "Float32", components: 3, byteCount: mesh.positions.count * 12) { data in
      data.append(mesh.positions)
    }
  }

  mutating func addCorners(of mesh: TriangleMesh) -> String {
    add("connectivity", "Int32", byteCount: mesh.triangles.count * 12) { data in
      unsafe data.appendRows(mesh.triangles.count, of: 12) { index, row in
        unsafe row.store(mesh.triangles[index], at: 0)
      }
    }
  }

  /// Where the corners of each triangle end.
  mutating func addEnds(of mesh: TriangleMesh) -> String {
    add("offsets", "Int32", byteCount: mesh.triangles.count * 4) { data in
      for face in mesh.triangles.indices { data.append(Int32(3 * (face + 1))) }
    }
  }

  private mutating func add(
    _ name: String, _ type: String, components: Int = 1, byteCount: Int,
    _ fill: (inout ByteWriter) -> Void
  ) -> String {
    let offset = data.bytes.count
    data.append(UInt64(byteCount))
    fill(&data)
    assert(data.bytes.count == offset + 8 + byteCount)
    return
      "<DataArray type=\"\(type)\" Name=\"\(name.escapedForXML)\" NumberOfComponents=\"\(components)\""
      + " format=\"appended\" offset=\"\(offset)\"/>"
  }
}

extension MeshProvenance {
  /// The lines of the provenance as one array of text, which VTK writes as the codes of its letters.
  fileprivate var vtkArrays: String {
    let codes = lines.flatMap { $0.onOneLine.utf8.map { "\($0)" } + ["0"] }
    return
      "<DataArray type=\"String\" Name=\"provenance\" NumberOfTuples=\"\(lines.count)\""
      + " format=\"ascii\">\(codes.joined(separator: " "))</DataArray>"
  }
}

extension String {
  /// The text as the value of an attribute in XML.
  var escapedForXML: String {
    reduce(into: "") { text, character in
      switch character {
      case "&": text += "&amp;"
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "\"": text += "&quot;"
      default: text.append(character)
      }
    }
  }
}
