public import MeshProcessing

extension ObjectMeasurements {
  /// The measurements of a mesh that came without voxels. What needs voxels is `nan`.
  ///
  /// Curvature is reported at the scale of two mean edges.
  /// - Parameter columns: What the table is to hold.
  public init(meshAlone mesh: TriangleMesh, label: UInt32, columns: ColumnSet = .core) {
    let edges = max(1, mesh.triangles.count)
    // Of an equilateral triangle of the mean area.
    let meanEdge = (4 / 3.0.squareRoot() * mesh.surfaceArea / Double(edges)).squareRoot()
    self.init(
      label: label, surface: MeshMeasurements(mesh, curvatureScale: 2 * meanEdge), voxels: nil,
      exported: mesh, shape: columns.needsShape ? ShapeMeasurements(mesh) : nil,
      convexity: columns.needsConvexity ? ConvexityMeasures(mesh) : nil)
  }
}
