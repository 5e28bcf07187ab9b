public import MeshProcessing

/// What can be said of the shape of a surface beyond its area, volume and mean curvature: measured
/// only where a table has columns for it.
///
/// Meaningful for a watertight mesh that encloses a volume; otherwise what the formulas give.
public struct ShapeMeasurements: Sendable {
  public let moments: SolidMoments
  public let ellipsoid: EquivalentEllipsoid
  /// The sizes of the box around the vertices along the axes of ``ellipsoid``, in their order.
  public let orientedBox: SIMD3<Double>
  public let minkowski: MinkowskiTensors
  public let curvature: CurvatureStatistics
  /// `nil` where there is none to be measured; see ``SurfaceRoughness``.
  public let roughness: SurfaceRoughness?
  /// Closed parts of the surface that face inwards.
  public let cavityCount: Int
  /// `nil` for an empty mesh.
  public let quality: MeshQuality?

  /// - Parameters:
  ///   - mesh: The mesh that was measured.
  ///   - surface: What was measured of it.
  public init(_ mesh: TriangleMesh, _ surface: MeshMeasurements) {
    moments = mesh.solidMoments()
    ellipsoid = EquivalentEllipsoid(moments.covariance)
    let sizes = ellipsoid.axes.map { axis in
      var (low, high) = (Double.infinity, -Double.infinity)
      for position in mesh.positions {
        let height = dot(SIMD3<Double>(position), axis)
        low = min(low, height)
        high = max(high, height)
      }
      return mesh.positions.isEmpty ? .nan : high - low
    }
    orientedBox = SIMD3(sizes[0], sizes[1], sizes[2])
    minkowski = mesh.minkowskiTensors(moments, VertexFans(mesh))
    curvature = CurvatureStatistics(mesh, surface)
    roughness = SurfaceRoughness(mesh, surface)
    cavityCount = mesh.cavityCount()
    quality = MeshQuality(mesh)
  }
}
