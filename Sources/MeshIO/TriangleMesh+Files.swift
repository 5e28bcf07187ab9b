public import MeshProcessing

extension TriangleMesh {
  /// The mesh in a file that ``MeshScene`` reads, all of its objects joined, without their values.
  public init(contentsOf path: String) throws(MeshFileError) {
    self = try MeshScene(contentsOf: path).joined.mesh
  }

  /// The mesh in the bytes of a file. The path is what errors call it.
  public init(
    decoding bytes: [UInt8], as format: MeshFormat, path: String = "(memory)"
  ) throws(MeshFileError) {
    self = try MeshScene(decoding: bytes, as: format, path: path).joined.mesh
  }

  /// Writes the mesh to a file whose extension names the format, as a scene of one object.
  public func write(
    to path: String, encoding: MeshEncoding = .binary,
    provenance: MeshProvenance = MeshProvenance(), vertexValues: [VertexValues] = []
  ) throws(MeshFileError) {
    try scene(provenance, vertexValues).write(to: path, encoding: encoding)
  }

  /// The bytes of a file in the given format, as a scene of one object.
  public func encoded(
    as format: MeshFormat, encoding: MeshEncoding = .binary,
    provenance: MeshProvenance = MeshProvenance(), vertexValues: [VertexValues] = []
  ) throws(MeshFileError) -> [UInt8] {
    try scene(provenance, vertexValues).encoded(as: format, encoding: encoding)
  }

  private func scene(_ provenance: MeshProvenance, _ values: [VertexValues]) -> MeshScene {
    MeshScene(
      objects: [MeshObject(name: provenance.name, mesh: self, vertexValues: values)],
      provenance: provenance)
  }
}

extension SIMD3<Float> {
  /// True when none of the three is infinite or not a number.
  var isFinite: Bool { x.isFinite && y.isFinite && z.isFinite }
}
