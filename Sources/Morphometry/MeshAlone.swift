public import MeshProcessing

extension ObjectMeasurements {
  /// The measurements of a mesh that came without voxels. What needs voxels is `nan`.
  ///
  /// - Parameters:
  ///   - curvatureScale: See ``TriangleMesh/curvature(scale:method:)``; `nil` for two mean edges.
  ///   - curvatureMethod: The same.
  ///   - columns: What the table is to hold.
  public init(
    meshAlone mesh: TriangleMesh, label: UInt32, curvatureScale: Double? = nil,
    curvatureMethod: MeshCurvatureMethod = .corrected, columns: ColumnChoice = .core
  ) {
    let edges = max(1, mesh.triangles.count)
    // Of an equilateral triangle of the mean area.
    let meanEdge = (4 / 3.0.squareRoot() * mesh.surfaceArea / Double(edges)).squareRoot()
    let surface = MeshMeasurements(
      mesh, curvatureScale: curvatureScale ?? 2 * meanEdge, curvatureMethod: curvatureMethod)
    self.init(label: label, surface: surface, voxels: nil, exported: mesh)
    measure(columns.parts, of: mesh, exported: mesh)
  }
}
