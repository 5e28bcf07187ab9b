internal import MeshProcessing
internal import Morphometry

extension MeshMeasurements {
  /// The number of connected regions of the surface that are concave: where the mean curvature, at the
  /// scale at which it was measured, is below -0.4 / R, R being the radius of the sphere of equal
  /// volume. Regions of less than one per cent of the area do not count.
  ///
  /// - Parameter mesh: The mesh that was measured.
  func concaveRegionCount(of mesh: TriangleMesh) -> Int {
    let limit = -0.4 / (equivalentDiameter / 2)
    let isConcave = curvature.mean.map { $0 < limit }
    let concave = TriangleMesh(
      positions: mesh.positions,
      triangles: mesh.triangles.filter { triangle in
        [triangle.a, triangle.b, triangle.c].allSatisfy { isConcave[Int($0)] }
      })
    let regions = ConnectedParts(concave)
    var areas = [Double](repeating: 0, count: regions.count)
    for (vertex, region) in regions.ofVertex.enumerated() where region != .max {
      areas[Int(region)] += curvature.area[vertex]
    }
    return areas.count { $0 >= 0.01 * surfaceArea }
  }
}
