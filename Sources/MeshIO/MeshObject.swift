public import MeshProcessing

/// A mesh with what is known of it: its name, values on its vertices and faces, and figures of the whole.
public struct MeshObject: Sendable, Hashable {
  /// For example `label 12`.
  public var name: String
  public var mesh: TriangleMesh
  /// A value for every vertex of the mesh. PLY and VTP carry them.
  public var vertexValues: [VertexValues]
  /// A value for every triangle of the mesh. PLY and VTP carry them.
  public var faceValues: [FaceValues]
  /// Measurements of the object, by name. GLB carries them, as `extras` of its node, and 3MF.
  public var figures: [String: Double]

  public init(
    name: String = "mesh", mesh: TriangleMesh, vertexValues: [VertexValues] = [],
    faceValues: [FaceValues] = [], figures: [String: Double] = [:]
  ) {
    for values in vertexValues {
      precondition(
        values.values.count == mesh.positions.count,
        "\(values.values.count) values of \(values.name) for \(mesh.positions.count) vertices")
    }
    for values in faceValues {
      precondition(
        values.values.count == mesh.triangles.count,
        "\(values.values.count) values of \(values.name) for \(mesh.triangles.count) triangles")
    }
    self.name = name
    self.mesh = mesh
    self.vertexValues = vertexValues
    self.faceValues = faceValues
    self.figures = figures
  }
}
