internal import CAssimp
internal import LibC
internal import MeshProcessing

extension MeshScene {
  /// The scene as a binary glTF, with the figures of every object on its node.
  func glb() throws(MeshFileError) -> [UInt8] {
    let bytes = try exported("glb2", as: .glb)
    guard var document = GLBDocument(bytes) else { return bytes }
    document.describe(objects, provenance)
    return (try? document.bytes()) ?? bytes
  }

  /// The scene in a format that Assimp writes: a named node for every object, which scales its unit to
  /// metres.
  func exported(_ identifier: String, as format: MeshFormat) throws(MeshFileError) -> [UInt8] {
    let scene = AssimpScene(self)
    guard let blob = unsafe scene.export(identifier) else {
      throw .unencodable(format: format, reason: unsafe String(cString: aiGetErrorString()))
    }
    defer { unsafe aiReleaseExportBlob(blob) }
    // SAFETY: the blob owns size bytes of data until it is released.
    return unsafe Array(UnsafeRawBufferPointer(start: blob.pointee.data, count: blob.pointee.size))
  }
}

/// A scene in Assimp's terms. All of its memory is our own, and goes with it.
@safe private final class AssimpScene {
  private var blocks: [UnsafeMutableRawPointer] = unsafe []
  private var scene: UnsafeMutablePointer<aiScene>

  init(_ source: MeshScene) {
    var blocks: [UnsafeMutableRawPointer] = unsafe []
    unsafe scene = Self.zeroed(aiScene.self, 1, &blocks)
    let count = source.objects.count
    let root = unsafe Self.zeroed(aiNode.self, 1, &blocks)
    unsafe root.pointee.mTransformation = Self.scaling(1)
    unsafe root.pointee.mName = Self.text("Lamina")
    unsafe root.pointee.mNumChildren = UInt32(count)
    unsafe root.pointee.mChildren = Self.zeroed(UnsafeMutablePointer<aiNode>?.self, count, &blocks)
    unsafe scene.pointee.mRootNode = root
    unsafe scene.pointee.mNumMeshes = UInt32(count)
    unsafe scene.pointee.mMeshes = Self.zeroed(UnsafeMutablePointer<aiMesh>?.self, count, &blocks)
    for (index, object) in source.objects.enumerated() {
      let node = unsafe Self.node(for: object, index, source.provenance, &blocks)
      unsafe node.pointee.mParent = root
      // SAFETY: there is room for as many nodes and meshes as there are objects.
      unsafe root.pointee.mChildren[index] = node
      unsafe scene.pointee.mMeshes[index] = Self.mesh(object.mesh, named: object.name, &blocks)
    }
    // A scene needs a material, if only an empty one.
    unsafe scene.pointee.mNumMaterials = 1
    unsafe scene.pointee.mMaterials = Self.zeroed(
      UnsafeMutablePointer<aiMaterial>?.self, 1, &blocks)
    unsafe scene.pointee.mMaterials[0] = Self.zeroed(aiMaterial.self, 1, &blocks)
    unsafe self.blocks = blocks
  }

  deinit { unsafe blocks.forEach { unsafe free($0) } }

  func export(_ format: String) -> UnsafePointer<aiExportDataBlob>? {
    unsafe aiExportSceneToBlob(scene, format, 0)
  }

  private static func node(
    for object: MeshObject, _ index: Int, _ provenance: MeshProvenance,
    _ blocks: inout [UnsafeMutableRawPointer]
  ) -> UnsafeMutablePointer<aiNode> {
    let node = unsafe zeroed(aiNode.self, 1, &blocks)
    unsafe node.pointee.mTransformation = scaling(Float(provenance.metresPerUnit ?? 1))
    unsafe node.pointee.mName = text(object.name)
    unsafe node.pointee.mNumMeshes = 1
    unsafe node.pointee.mMeshes = zeroed(UInt32.self, 1, &blocks)
    unsafe node.pointee.mMeshes[0] = UInt32(index)
    return unsafe node
  }

  private static func mesh(
    _ mesh: TriangleMesh, named name: String, _ blocks: inout [UnsafeMutableRawPointer]
  ) -> UnsafeMutablePointer<aiMesh> {
    let target = unsafe zeroed(aiMesh.self, 1, &blocks)
    let positions = unsafe zeroed(aiVector3D.self, mesh.positions.count, &blocks)
    let normals = unsafe zeroed(aiVector3D.self, mesh.positions.count, &blocks)
    let indices = unsafe zeroed(UInt32.self, 3 * mesh.triangles.count, &blocks)
    let faces = unsafe zeroed(aiFace.self, mesh.triangles.count, &blocks)
    // SAFETY: every array has as many elements as it is written to, counted above.
    for (vertex, normal) in mesh.vertexNormals().enumerated() {
      let position = mesh.positions[vertex]
      unsafe positions[vertex] = aiVector3D(x: position.x, y: position.y, z: position.z)
      unsafe normals[vertex] = aiVector3D(
        x: Float(normal.x), y: Float(normal.y), z: Float(normal.z))
    }
    for (face, triangle) in mesh.triangles.enumerated() {
      unsafe indices[3 * face] = triangle.a
      unsafe indices[3 * face + 1] = triangle.b
      unsafe indices[3 * face + 2] = triangle.c
      unsafe faces[face] = aiFace(mNumIndices: 3, mIndices: indices + 3 * face)
    }
    unsafe target.pointee.mPrimitiveTypes = aiPrimitiveType_TRIANGLE.rawValue
    unsafe target.pointee.mNumVertices = UInt32(mesh.positions.count)
    unsafe target.pointee.mVertices = positions
    unsafe target.pointee.mNormals = normals
    unsafe target.pointee.mNumFaces = UInt32(mesh.triangles.count)
    unsafe target.pointee.mFaces = faces
    unsafe target.pointee.mName = text(name)
    return unsafe target
  }

  private static func zeroed<Value>(
    _: Value.Type, _ count: Int, _ blocks: inout [UnsafeMutableRawPointer]
  ) -> UnsafeMutablePointer<Value> {
    guard let block = unsafe calloc(max(count, 1), MemoryLayout<Value>.stride) else {
      preconditionFailure("not enough memory to hand \(count) elements to Assimp")
    }
    unsafe blocks.append(block)
    return unsafe block.bindMemory(to: Value.self, capacity: max(count, 1))
  }

  private static func scaling(_ factor: Float) -> aiMatrix4x4 {
    var matrix = aiMatrix4x4()
    matrix.a1 = factor
    matrix.b2 = factor
    matrix.c3 = factor
    matrix.d4 = 1
    return matrix
  }

  /// Assimp's own strings have room for 1023 bytes.
  private static func text(_ text: String) -> aiString {
    var string = aiString()
    let bytes = text.onOneLine.utf8.prefix(1000)
    unsafe withUnsafeMutableBytes(of: &string.data) { unsafe $0.copyBytes(from: bytes) }
    string.length = UInt32(bytes.count)
    return string
  }
}
