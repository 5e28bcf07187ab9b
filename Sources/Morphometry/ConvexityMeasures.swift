public import MeshProcessing

/// What the convex hull of a surface tells.
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
    hullVolume = hull.signedVolume
    hullArea = hull.surfaceArea
    let calipers = Calipers(hull: hull)
    largestDiameter = calipers.largestDiameter
    smallestWidth = calipers.smallestWidth
  }
}
