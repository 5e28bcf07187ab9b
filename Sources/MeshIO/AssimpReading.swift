internal import CAssimp
internal import Files
internal import MeshProcessing

extension MeshScene {
  /// The objects in a file of any format that Assimp reads, such as GLB, Collada, X3D, 3MF or FBX: each
  /// mesh of each node, where the transformations of the nodes put it.
  ///
  /// Assimp can end the process on a damaged file, in a way that nobody can catch: call this in a process
  /// that may die. glTF is in metres; the unit of all other formats is unknown.
  public init(importing path: String) throws(MeshFileError) {
    try requireContent(of: path)
    let steps =
      aiProcess_Triangulate.rawValue | aiProcess_JoinIdenticalVertices.rawValue
      | aiProcess_SortByPType.rawValue | aiProcess_RemoveComponent.rawValue
    guard let properties = unsafe aiCreatePropertyStore() else {
      throw .unsupported(path: path, what: "reading through Assimp", advice: "try again")
    }
    defer { unsafe aiReleasePropertyStore(properties) }
    // Vertices are joined by their place alone: what else they have is taken away first.
    let components =
      aiComponent_NORMALS.rawValue | aiComponent_TANGENTS_AND_BITANGENTS.rawValue
      | aiComponent_COLORS.rawValue | aiComponent_TEXCOORDS.rawValue
    unsafe aiSetImportPropertyInteger(properties, "PP_RVC_FLAGS", Int32(bitPattern: components))
    guard let scene = unsafe aiImportFileExWithProperties(path, steps, nil, properties) else {
      // SAFETY: Assimp ends the text of its last error.
      throw .unimportable(
        path: path, reason: unsafe String(cString: aiGetErrorString()).onOneLine)
    }
    defer { unsafe aiReleaseImport(scene) }
    var objects: [MeshObject] = []
    if let root = unsafe scene.pointee.mRootNode {
      unsafe collect(root, of: scene, AffineMap.identity, into: &objects)
    }
    for object in objects where !object.mesh.positions.allSatisfy(\.isFinite) {
      throw .nonFiniteCoordinate(path: path, at: .byte(0))
    }
    let name = path.lowercased()
    let isGLTF = name.hasSuffix(".glb") || name.hasSuffix(".gltf")
    self.init(
      objects: objects,
      provenance: isGLTF ? MeshProvenance(unit: "m", metresPerUnit: 1) : MeshProvenance())
  }
}

/// Refuses what is no file, or an empty one, before Assimp sees it.
private func requireContent(of path: String) throws(MeshFileError) {
  let file: PlainFile
  do { file = try PlainFile(path) } catch {
    throw .unreadable(path: path, reason: error.reason)
  }
  guard file.byteCount > 0 else { throw .unreadable(path: path, reason: "it is empty") }
}

/// Adds the meshes of a node and of those below it.
private func collect(
  _ node: UnsafeMutablePointer<aiNode>, of scene: UnsafePointer<aiScene>, _ above: AffineMap,
  into objects: inout [MeshObject]
) {
  // SAFETY: Assimp hands out as many meshes, children, vertices and corners as it says, and checks
  // its own indices.
  let here = unsafe above.followed(by: AffineMap(node.pointee.mTransformation))
  for index in unsafe 0..<Int(node.pointee.mNumMeshes) {
    guard let source = unsafe scene.pointee.mMeshes[Int(node.pointee.mMeshes[index])] else {
      continue
    }
    let mesh = unsafe TriangleMesh(source.pointee, placedBy: here)
    guard !mesh.isEmpty else { continue }
    let name = unsafe text(node.pointee.mName)
    objects.append(MeshObject(name: name.isEmpty ? "mesh" : name, mesh: mesh))
  }
  for child in unsafe 0..<Int(node.pointee.mNumChildren) {
    if let child = unsafe node.pointee.mChildren[child] {
      unsafe collect(child, of: scene, here, into: &objects)
    }
  }
}

private func text(_ string: aiString) -> String {
  unsafe withUnsafeBytes(of: string.data) {
    unsafe String(decoding: $0.prefix(Int(string.length)), as: UTF8.self)
  }
}

extension TriangleMesh {
  /// The triangles of a mesh of Assimp; points and lines are left out.
  fileprivate init(_ source: aiMesh, placedBy map: AffineMap) {
    let positions = unsafe (0..<Int(source.mNumVertices)).map { index -> SIMD3<Float> in
      let vertex = unsafe source.mVertices[index]
      let place = SIMD3(Double(vertex.x), Double(vertex.y), Double(vertex.z))
      return SIMD3<Float>(map.image(of: place))
    }
    var triangles: [Triangle] = []
    for index in unsafe 0..<Int(source.mNumFaces) {
      let face = unsafe source.mFaces[index]
      guard unsafe face.mNumIndices == 3 else { continue }
      let corners = unsafe SIMD3(face.mIndices[0], face.mIndices[1], face.mIndices[2])
      guard corners.max() < UInt32(positions.count) else { continue }
      triangles.append(Triangle(corners.x, corners.y, corners.z))
    }
    self.init(positions: positions, triangles: triangles)
    // A mirror turns the triangles over.
    if map.determinant < 0 { self = flipped() }
  }
}
