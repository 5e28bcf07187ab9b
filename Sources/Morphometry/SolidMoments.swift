public import MeshProcessing

/// Volume, centre and covariance of a homogeneous solid.
public struct SolidMoments: Sendable, Hashable {
  /// In cubic units.
  public let volume: Double
  /// Centre of mass.
  public let centroid: SIMD3<Double>
  /// Second central moments divided by the volume, in square units: the variance of a point that
  /// lies anywhere in the solid. R²/5 along every axis for a ball.
  public let covariance: SymmetricTensor

  public init(volume: Double, centroid: SIMD3<Double>, covariance: SymmetricTensor) {
    self.volume = volume
    self.centroid = centroid
    self.covariance = covariance
  }
}

extension TriangleMesh {
  /// The moments of the solid that the mesh encloses, exactly: sums over the tetrahedra that its
  /// triangles form with a point among the vertices.
  ///
  /// Meaningful only for a watertight mesh. Zhang & Chen 2001, doi:10.1109/ICIP.2001.958278; Tonon
  /// 2005, doi:10.3844/jmssp.2005.8.11.
  public func solidMoments() -> SolidMoments {
    let volume = signedVolume
    let centroid = centroid
    var moment = SymmetricTensor.zero
    for triangle in triangles {
      let (a, b, c) = corners(triangle)
      let (p, q, r) = (a - centroid, b - centroid, c - centroid)
      moment +=
        (dot(p, cross(q, r)) / 120)
        * (.square(p) + .square(q) + .square(r) + .square(p + q + r))
    }
    return SolidMoments(
      volume: volume, centroid: centroid, covariance: (1 / volume) * moment)
  }
}

/// The ellipsoid with the same covariance as a solid: an ellipsoid is its own.
public struct EquivalentEllipsoid: Sendable, Hashable {
  /// From the longest to the shortest, in units: sqrt(5) times the standard deviation along an
  /// axis.
  public let semiAxes: SIMD3<Double>
  /// The axes in that order; see ``SymmetricTensor/Eigensystem/directions``.
  public let axes: [SIMD3<Double>]

  public init(_ covariance: SymmetricTensor) {
    let eigen = covariance.eigensystem()
    semiAxes = (5 * eigen.values).squareRoot()
    axes = eigen.directions
  }

  /// In cubic units.
  public var volume: Double { 4 / 3 * .pi * semiAxes.x * semiAxes.y * semiAxes.z }
}
