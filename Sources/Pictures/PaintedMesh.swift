public import MeshProcessing

/// A surface with a colour at every vertex; between them colours blend.
public struct PaintedMesh: Sendable, Hashable {
  public let mesh: TriangleMesh
  /// In the order of the vertices.
  public let colors: [RGB]

  /// A surface of one colour.
  public init(_ mesh: TriangleMesh, color: RGB) {
    self.mesh = mesh
    colors = Array(repeating: color, count: mesh.positions.count)
  }

  /// A surface that shows a value by its colour, on a scale from `low` to `high`.
  /// - Parameter values: In the order of the vertices.
  public init(
    _ mesh: TriangleMesh, values: [Double], colormap: Colormap, low: Double, high: Double
  ) {
    precondition(
      values.count == mesh.positions.count,
      "\(values.count) values for \(mesh.positions.count) vertices")
    self.mesh = mesh
    colors = values.map { colormap.color(of: $0, low: low, high: high) }
  }
}
