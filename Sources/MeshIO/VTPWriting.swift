internal import MeshProcessing

extension MeshObject {
  /// VTK's XML format with its arrays appended raw, as ParaView and VTK read it fastest.
  func vtp(_ provenance: MeshProvenance) -> [UInt8] {
    var data = ByteWriter(capacity: mesh.positions.count * 16 + mesh.triangles.count * 24)
    /// Adds an array to the data, and says what stands for it in the header.
    func array(_ name: String, _ type: String, components: Int = 1, _ bytes: ByteWriter) -> String {
      let offset = data.bytes.count
      data.append(UInt64(bytes.bytes.count))
      data.append(bytes.bytes)
      return
        "<DataArray type=\"\(type)\" Name=\"\(name.escapedForXML)\" NumberOfComponents=\"\(components)\""
        + " format=\"appended\" offset=\"\(offset)\"/>"
    }
    func floats(_ values: [Float]) -> ByteWriter {
      var writer = ByteWriter(capacity: values.count * 4)
      for value in values { writer.append(value) }
      return writer
    }
    func doubles(_ values: [Double]) -> ByteWriter {
      var writer = ByteWriter(capacity: values.count * 8)
      for value in values { writer.append(value.bitPattern) }
      return writer
    }
    var points = ByteWriter(capacity: mesh.positions.count * 12)
    points.append(mesh.positions)
    var corners = ByteWriter(capacity: mesh.triangles.count * 12)
    unsafe corners.appendRows(mesh.triangles.count, of: 12) { index, row in
      unsafe row.store(mesh.triangles[index], at: 0)
    }
    var ends = ByteWriter(capacity: mesh.triangles.count * 4)
    for face in mesh.triangles.indices { ends.append(Int32(3 * (face + 1))) }

    var lines = [
      #"<VTKFile type="PolyData" version="1.0" byte_order="LittleEndian" header_type="UInt64">"#,
      "<PolyData><FieldData>\(provenance.vtkArrays)</FieldData>",
      "<Piece NumberOfPoints=\"\(mesh.positions.count)\" NumberOfPolys=\"\(mesh.triangles.count)\""
        + #" NumberOfVerts="0" NumberOfLines="0" NumberOfStrips="0">"#,
    ]
    lines.append("<PointData>")
    lines += vertexValues.map { array($0.name, "Float32", floats($0.values)) }
    lines.append("</PointData><CellData>")
    lines += faceValues.map { array($0.name, "Float64", doubles($0.values)) }
    lines.append("</CellData><Points>")
    lines.append(array("Points", "Float32", components: 3, points))
    lines.append("</Points><Polys>")
    lines.append(array("connectivity", "Int32", corners))
    lines.append(array("offsets", "Int32", ends))
    lines.append("</Polys></Piece></PolyData>")
    lines.append("<AppendedData encoding=\"raw\">\n_")
    var writer = ByteWriter(capacity: data.bytes.count + 4096)
    writer.append(#"<?xml version="1.0"?>"# + "\n" + lines.joined(separator: "\n"))
    writer.append(data.bytes)
    writer.append("\n</AppendedData></VTKFile>\n")
    return writer.bytes
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
