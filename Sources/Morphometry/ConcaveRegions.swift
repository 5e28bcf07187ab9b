public import MeshProcessing

/// The invaginations of a surface: its connected regions where the mean curvature, at the scale at which it was
/// measured, is below -0.4 / R, R being the radius of the sphere of equal volume.
///
/// Regions of less than one per cent of the area do not count. What is narrower than the scale is not seen.
public struct ConcaveRegions: Sendable, Hashable {
  public let count: Int
  /// The area of all that count, in square units.
  public let area: Double

  private static let limit = -0.4
  private static let smallestShare = 0.01

  /// - Parameters:
  ///   - mesh: The mesh that was measured.
  ///   - surface: What was measured of it.
  public init(_ mesh: TriangleMesh, _ surface: MeshMeasurements) {
    let curvature = surface.curvature
    let limit = Self.limit / (surface.equivalentDiameter / 2)
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
    let counted = areas.filter { $0 >= Self.smallestShare * surface.surfaceArea }
    count = counted.count
    area = counted.reduce(0, +)
  }
}
