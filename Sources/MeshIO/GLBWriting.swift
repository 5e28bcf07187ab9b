internal import CAssimp
internal import MeshProcessing

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

extension TriangleMesh {
  /// A binary glTF with one node that scales the unit of the mesh to metres, written by Assimp.
  func glb(_ provenance: MeshProvenance) throws(MeshFileError) -> [UInt8] {
    let scene = AssimpScene(self, provenance)
    guard let blob = unsafe scene.export("glb2") else {
      throw .unencodable(format: .glb, reason: unsafe String(cString: aiGetErrorString()))
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

  init(_ mesh: TriangleMesh, _ provenance: MeshProvenance) {
    var blocks: [UnsafeMutableRawPointer] = unsafe []
    unsafe scene = Self.zeroed(aiScene.self, 1, &blocks)
    let target = unsafe Self.mesh(mesh, named: provenance.name, &blocks)

    let root = unsafe Self.zeroed(aiNode.self, 1, &blocks)
    let child = unsafe Self.zeroed(aiNode.self, 1, &blocks)
    unsafe root.pointee.mTransformation = Self.scaling(1)
    unsafe root.pointee.mName = Self.text("Lamina")
    unsafe root.pointee.mNumChildren = 1
    unsafe root.pointee.mChildren = Self.zeroed(UnsafeMutablePointer<aiNode>?.self, 1, &blocks)
    unsafe root.pointee.mChildren[0] = child
    unsafe child.pointee.mTransformation = Self.scaling(Float(provenance.metresPerUnit ?? 1))
    unsafe child.pointee.mName = Self.text(provenance.name)
    unsafe child.pointee.mParent = root
    unsafe child.pointee.mNumMeshes = 1
    unsafe child.pointee.mMeshes = Self.zeroed(UInt32.self, 1, &blocks)

    unsafe scene.pointee.mRootNode = root
    unsafe scene.pointee.mNumMeshes = 1
    unsafe scene.pointee.mMeshes = Self.zeroed(UnsafeMutablePointer<aiMesh>?.self, 1, &blocks)
    unsafe scene.pointee.mMeshes[0] = target
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
