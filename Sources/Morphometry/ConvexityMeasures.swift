public import MeshProcessing

/// What the convex hull of a surface tells: exact for its vertices, whether it is closed or not.
///
/// The hull is that of Barber, Dobkin & Huhdanpaa 1996, doi:10.1145/235815.235821 (Quickhull), its calipers go by
/// Houle & Toussaint 1988, IEEE PAMI 10:761. A single stray voxel moves all of them.
public struct ConvexityMeasures: Sendable, Hashable {
  /// In cubic units.
  public let hullVolume: Double
  /// In square units.
  public let hullArea: Double
  /// The largest distance of two points of the surface (maximum Feret or caliper diameter), in
  /// units.
  public let largestDiameter: Double
  /// The smallest distance of two parallel planes that hold the surface between them, in units.
  public let smallestWidth: Double

  /// `nil` where all vertices lie in one plane.
  public init?(_ mesh: TriangleMesh) {
    guard let hull = mesh.convexHull() else { return nil }
    self.init(hull: hull)
  }

  /// - Parameter hull: As ``MeshProcessing/TriangleMesh/convexHull()`` makes it.
  init(hull: TriangleMesh) {
    hullVolume = hull.signedVolume
    hullArea = hull.surfaceArea
    let calipers = Calipers(hull: hull)
    largestDiameter = calipers.largestDiameter
    smallestWidth = calipers.smallestWidth
  }
}
