internal import Files
public import MeshProcessing

extension TriangleMesh {
  /// The mesh in a PLY, STL or OBJ file, in the file's own unit.
  ///
  /// The format is told by the content, and by the extension where the content is silent. Polygons
  /// are cut into fans of triangles; the equal corners of STL triangles become one vertex. A file
  /// without faces is an empty mesh. Normals, colours, texture and groups are not kept.
  public init(contentsOf path: String) throws(MeshFileError) {
    let bytes: [UInt8]
    do { bytes = try PlainFile(path).bytes() } catch {
      throw .unreadable(path: path, reason: error.reason)
    }
    guard let format = MeshFormat(content: bytes.span, path: path) else {
      throw .unknownFormat(path: path)
    }
    try self.init(decoding: bytes, as: format, path: path)
  }

  /// The mesh in the bytes of a file. The path is what errors call it.
  public init(
    decoding bytes: [UInt8], as format: MeshFormat, path: String = "(memory)"
  ) throws(MeshFileError) {
    switch format {
    case .ply: try self.init(ply: bytes.span, path: path)
    case .obj: try self.init(obj: bytes.span, path: path)
    case .stl: try self.init(stl: bytes.span, path: path)
    case .glb:
      throw .unsupported(
        path: path, what: "reading GLB", advice: "export the mesh as PLY, OBJ or STL and read that")
    }
  }

  /// Writes the mesh to a file whose extension names the format. Whatever was there is replaced.
  ///
  /// The file appears whole or not at all. Coordinates are written as they are, in the unit that
  /// the provenance names; only GLB, which is in metres by definition, adds a scale.
  public func write(
    to path: String, encoding: MeshEncoding = .binary,
    provenance: MeshProvenance = MeshProvenance(), vertexValues: [VertexValues] = []
  ) throws(MeshFileError) {
    guard let format = MeshFormat(path: path) else { throw .unknownFormat(path: path) }
    let bytes = try encoded(
      as: format, encoding: encoding, provenance: provenance, vertexValues: vertexValues)
    do {
      try writeFile(bytes, to: path)
    } catch {
      throw .unwritable(path: path, reason: error.reason)
    }
  }

  /// The bytes of a file in the given format.
  ///
  /// The encoding matters for PLY and STL; OBJ is always text, GLB always binary. Values per vertex
  /// go into PLY only, and there must be one for each vertex.
  public func encoded(
    as format: MeshFormat, encoding: MeshEncoding = .binary,
    provenance: MeshProvenance = MeshProvenance(), vertexValues: [VertexValues] = []
  ) throws(MeshFileError) -> [UInt8] {
    try checkEncodable(as: format, with: vertexValues)
    return switch (format, encoding) {
    case (.ply, .binary): binaryPLY(provenance, vertexValues)
    case (.ply, .ascii): asciiPLY(provenance, vertexValues)
    case (.stl, .binary): binarySTL(provenance)
    case (.stl, .ascii): asciiSTL(provenance)
    case (.obj, _): obj(provenance)
    case (.glb, _): try glb(provenance)
    }
  }

  /// Refuses what a reader, ours included, would have to refuse.
  private func checkEncodable(
    as format: MeshFormat, with vertexValues: [VertexValues]
  ) throws(MeshFileError) {
    for values in vertexValues {
      precondition(
        values.values.count == positions.count,
        "\(values.values.count) values of \(values.name) for \(positions.count) vertices")
    }
    guard positions.count <= Int(Int32.max), triangles.count <= Int(Int32.max) else {
      throw .unencodable(
        format: format,
        reason: "it has more than \(Int32.max) vertices or triangles; simplify it first")
    }
    if let vertex = positions.firstIndex(where: { !$0.isFinite }) {
      throw .unencodable(
        format: format, reason: "vertex \(vertex) lies at \(positions[vertex]); repair it first")
    }
  }
}

extension SIMD3<Float> {
  /// True when none of the three is infinite or not a number.
  var isFinite: Bool { x.isFinite && y.isFinite && z.isFinite }
}
