internal import Files
internal import MeshProcessing

/// The objects of a mesh file, and what the file says about them.
public struct MeshScene: Sendable, Hashable {
  public var objects: [MeshObject]
  /// Unit, origin and further remarks, which hold for all objects.
  public var provenance: MeshProvenance

  public init(objects: [MeshObject], provenance: MeshProvenance = MeshProvenance()) {
    self.objects = objects
    self.provenance = provenance
  }

  /// What a PLY, OBJ, STL, OFF or VTP file holds, in the file's own unit.
  ///
  /// The format is told by the content, and by the extension where the content is silent. Polygons are
  /// cut into fans of triangles; the equal corners of STL triangles become one vertex. The groups of an
  /// OBJ are objects; all other formats have one. A file without faces is an empty mesh. Normals,
  /// texture and lists other than the corners of faces are not kept.
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

  /// The objects in the bytes of a file. The path is what errors call it.
  public init(
    decoding bytes: [UInt8], as format: MeshFormat, path: String = "(memory)"
  ) throws(MeshFileError) {
    guard !bytes.isEmpty else {
      throw .truncated(path: path, at: .byte(0), expected: "a mesh")
    }
    switch format {
    case .ply: try self.init(ply: bytes.span, path: path)
    case .obj: try self.init(obj: bytes.span, path: path)
    case .stl:
      self.init(objects: [MeshObject(mesh: try TriangleMesh(stl: bytes.span, path: path))])
    case .off:
      self.init(objects: [MeshObject(mesh: try TriangleMesh(off: bytes.span, path: path))])
    case .vtp: try self.init(vtp: bytes, path: path)
    case .glb, .dae, .x3d, .threeMF:
      throw .unsupported(
        path: path, what: "reading \(format.rawValue.uppercased()) here",
        advice: "convert it with “lamina convert”, or export the mesh as PLY, OBJ or STL")
    }
  }

  /// All objects as one mesh, in their order. Values that only some of them have are `nan` elsewhere.
  public var joined: MeshObject {
    if objects.count == 1 { return objects[0] }
    var positions: [SIMD3<Float>] = []
    var triangles: [Triangle] = []
    for object in objects {
      let first = UInt32(positions.count)
      positions += object.mesh.positions
      triangles += object.mesh.triangles.map {
        Triangle($0.a + first, $0.b + first, $0.c + first)
      }
    }
    let vertexNames = Self.distinct(objects.flatMap { $0.vertexValues.map(\.name) })
    let faceNames = Self.distinct(objects.flatMap { $0.faceValues.map(\.name) })
    return MeshObject(
      name: provenance.name, mesh: TriangleMesh(positions: positions, triangles: triangles),
      vertexValues: vertexNames.map { name in
        VertexValues(
          name,
          objects.flatMap { object in
            object.vertexValues.first { $0.name == name }?.values
              ?? Array(repeating: .nan, count: object.mesh.positions.count)
          })
      },
      faceValues: faceNames.map { name in
        FaceValues(
          name,
          objects.flatMap { object in
            object.faceValues.first { $0.name == name }?.values
              ?? Array(repeating: .nan, count: object.mesh.triangles.count)
          })
      })
  }

  private static func distinct(_ names: [String]) -> [String] {
    names.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// Writes the objects to a file whose extension names the format. Whatever was there is replaced.
  ///
  /// The file appears whole or not at all. Coordinates are written as they are, in the unit that the
  /// provenance names; only GLB, Collada and X3D, which are in metres by definition, add a scale, and 3MF
  /// turns units that it does not have into micrometres and refuses unknown ones.
  public func write(to path: String, encoding: MeshEncoding = .binary) throws(MeshFileError) {
    guard let format = MeshFormat(path: path) else { throw .unknownFormat(path: path) }
    let bytes = try encoded(as: format, encoding: encoding)
    do {
      try writeFile(bytes, to: path)
    } catch {
      throw .unwritable(path: path, reason: error.reason)
    }
  }

  /// The bytes of a file in the given format.
  ///
  /// The encoding matters for PLY and STL. OBJ, GLB, Collada, X3D and 3MF keep several objects apart; in the
  /// other formats they are joined, and PLY and VTP number them per face, as `label`.
  public func encoded(
    as format: MeshFormat, encoding: MeshEncoding = .binary
  ) throws(MeshFileError) -> [UInt8] {
    try checkEncodable(as: format)
    return switch (format, encoding) {
    case (.ply, .binary): numbered.joined.binaryPLY(provenance)
    case (.ply, .ascii): numbered.joined.asciiPLY(provenance)
    case (.stl, .binary): joined.mesh.binarySTL(provenance)
    case (.stl, .ascii): joined.mesh.asciiSTL(provenance)
    case (.off, _): joined.mesh.off(provenance)
    case (.vtp, _): numbered.joined.vtp(provenance)
    case (.obj, _): obj()
    case (.glb, _): try glb()
    case (.dae, _): try exportedAsXML("collada", as: format)
    case (.x3d, _): try exportedAsXML("x3d", as: format)
    case (.threeMF, _): try threeMF()
    }
  }

  /// The scene in an XML format of Assimp: with names of one word, as its identifiers have to be, and
  /// with the provenance as a comment.
  private func exportedAsXML(
    _ identifier: String, as format: MeshFormat
  ) throws(MeshFileError) -> [UInt8] {
    var scene = self
    for index in objects.indices { scene.objects[index].name = objects[index].name.asOneWord }
    var bytes = try scene.exported(identifier, as: format)
    if let head = bytes.firstRange(of: Array("?>".utf8)) {
      bytes.insert(contentsOf: "\n\(provenance.xmlComment)".utf8, at: head.upperBound)
    }
    return bytes
  }

  /// The scene with the number of its object on every face, where there are several and no labels yet.
  private var numbered: MeshScene {
    guard objects.count > 1 else { return self }
    var scene = self
    for (index, label) in segmentNumbers.enumerated()
    where !objects[index].faceValues.contains(where: { $0.name == "label" }) {
      let count = objects[index].mesh.triangles.count
      scene.objects[index].faceValues.append(
        FaceValues("label", Array(repeating: Double(label), count: count)))
    }
    return scene
  }

  /// Refuses what a reader, ours included, would have to refuse.
  private func checkEncodable(as format: MeshFormat) throws(MeshFileError) {
    let vertexCount = objects.reduce(0) { $0 + $1.mesh.positions.count }
    let triangleCount = objects.reduce(0) { $0 + $1.mesh.triangles.count }
    guard vertexCount <= Int(Int32.max), triangleCount <= Int(Int32.max) else {
      throw .unencodable(
        format: format,
        reason: "it has more than \(Int32.max) vertices or triangles; simplify it first")
    }
    for object in objects {
      if let vertex = object.mesh.positions.firstIndex(where: { !$0.isFinite }) {
        let place = object.mesh.positions[vertex]
        throw .unencodable(
          format: format, reason: "vertex \(vertex) lies at \(place); repair it first")
      }
    }
  }
}
