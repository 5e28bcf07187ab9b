internal import Files
internal import MeshProcessing

extension MeshScene {
  /// The scene as a 3MF: a named object for every mesh with triangles, with its figures as metadata.
  ///
  /// The unit is one of the format's: coordinates in any other are written in micrometres, and the
  /// description of the file names the unit that they had. An unknown unit is refused, as every reader
  /// would take it for millimetres. Coordinates have as many digits as it takes to read the same floats.
  /// Format: 3MF Core Specification 1.3.
  func threeMF() throws(MeshFileError) -> [UInt8] {
    var archive = ZipWriter()
    archive.add("[Content_Types].xml", Array(contentTypes.utf8))
    archive.add("_rels/.rels", Array(relationships.utf8))
    archive.add("3D/3dmodel.model", try model())
    guard let bytes = archive.archive() else {
      throw .unencodable(format: .threeMF, reason: "it is larger than 4 GB; simplify it first")
    }
    return bytes
  }

  private func model() throws(MeshFileError) -> [UInt8] {
    guard let metres = provenance.metresPerUnit else {
      throw .unencodable(
        format: .threeMF,
        reason: "its unit is unknown; say it with --unit, or choose another format")
    }
    let unit = ModelUnit(metres: metres)
    let meshes = objects.filter { !$0.mesh.triangles.isEmpty }
    let triangleCount = meshes.reduce(0) { $0 + $1.mesh.triangles.count }
    var writer = ByteWriter(capacity: 4096 + triangleCount * 80)
    writer.append(
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <model unit="\(unit.name)" xml:lang="en" \
      xmlns="http://schemas.microsoft.com/3dmanufacturing/core/2015/02" \
      xmlns:lamina="urn:lamina:measurements">
      <metadata name="Title">\(provenance.name.onOneLine.escapedForXML)</metadata>
      <metadata name="Application">\(provenance.generator.onOneLine.escapedForXML)</metadata>
      <metadata name="Description">\(provenance.description)</metadata>
      <resources>

      """)
    for (index, object) in meshes.enumerated() {
      try object.append3MF(number: index + 1, scale: unit.scale, to: &writer)
    }
    writer.append("</resources>\n<build>\n")
    for number in 0..<meshes.count { writer.append("<item objectid=\"\(number + 1)\"/>\n") }
    writer.append("</build>\n</model>\n")
    return writer.bytes
  }
}

extension MeshObject {
  fileprivate func append3MF(
    number: Int, scale: Double, to writer: inout ByteWriter
  ) throws(MeshFileError) {
    if let face = mesh.triangles.firstIndex(where: { $0.a == $0.b || $0.b == $0.c || $0.c == $0.a })
    {
      throw .unencodable(
        format: .threeMF,
        reason: "triangle \(face) of “\(name)” has two corners in one vertex; repair it first")
    }
    // A solid has to be closed; anything else may not be called one.
    let topology = mesh.topology()
    let isSolid = topology.isWatertight && topology.isConsistentlyOriented
    writer.append(
      "<object id=\"\(number)\" type=\"\(isSolid ? "model" : "surface")\""
        + " name=\"\(name.onOneLine.escapedForXML)\">\n")
    if !figures.isEmpty {
      writer.append("<metadatagroup>\n")
      for (name, value) in figures.sorted(by: { $0.key < $1.key }) {
        writer.append(
          "<metadata name=\"lamina:\(name.escapedForXML)\" type=\"xs:double\">\(value)</metadata>\n"
        )
      }
      writer.append("</metadatagroup>\n")
    }
    writer.append("<mesh>\n<vertices>\n")
    for position in mesh.positions {
      let place = scale == 1 ? position : SIMD3<Float>(SIMD3<Double>(position) * scale)
      writer.append3MFVertex(place)
    }
    writer.append("</vertices>\n<triangles>\n")
    for triangle in mesh.triangles { writer.append3MFTriangle(triangle) }
    writer.append("</triangles>\n</mesh>\n</object>\n")
  }
}

extension ByteWriter {
  fileprivate mutating func append3MFVertex(_ position: SIMD3<Float>) {
    append("<vertex x=\"")
    appendText(position.x)
    append("\" y=\"")
    appendText(position.y)
    append("\" z=\"")
    appendText(position.z)
    append("\"/>\n")
  }

  fileprivate mutating func append3MFTriangle(_ triangle: Triangle) {
    append("<triangle v1=\"")
    appendText(triangle.a)
    append("\" v2=\"")
    appendText(triangle.b)
    append("\" v3=\"")
    appendText(triangle.c)
    append("\"/>\n")
  }
}

extension MeshProvenance {
  /// All that is known, a fact a line.
  fileprivate var description: String {
    lines.map { $0.onOneLine.escapedForXML }.joined(separator: "\n")
  }
}

/// The unit of a 3MF.
private struct ModelUnit {
  let name: String
  /// What turns a coordinate of ours into one of the file.
  let scale: Double

  init(metres: Double) {
    let known = [
      (1e-6, "micron"), (1e-3, "millimeter"), (1e-2, "centimeter"), (0.0254, "inch"),
      (0.3048, "foot"), (1, "meter"),
    ]
    let own = known.first { $0.0 == metres }
    name = own?.1 ?? "micron"
    scale = own == nil ? metres / 1e-6 : 1
  }
}

/// Which endings of names in the archive stand for what.
private let contentTypes = """
  <?xml version="1.0" encoding="UTF-8"?>
  <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
  <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
  <Default Extension="model" ContentType="application/vnd.ms-package.3dmanufacturing-3dmodel+xml"/>
  </Types>

  """

/// Which file of the archive is the model.
private let relationships = """
  <?xml version="1.0" encoding="UTF-8"?>
  <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
  <Relationship Id="model" Target="/3D/3dmodel.model" \
  Type="http://schemas.microsoft.com/3dmanufacturing/2013/01/3dmodel"/>
  </Relationships>

  """
