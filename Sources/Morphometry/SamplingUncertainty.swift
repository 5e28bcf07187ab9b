internal import Volumes

/// How far measurements of a mask scatter because its voxels happen to lie as they do.
///
/// The count of lattice points in a solid that is thrown at random onto the lattice has a variance that
/// depends on its area alone, when it is smooth and seen from any side:
///
///      var V = A Z / (8 π³)        Z = sum over ξ ≠ 0 of the reciprocal lattice of |ξ|⁻⁴
///
/// (the Fourier transform of a solid falls off like that of its surface; Kendall 1948 for the plane).
/// No measurement that a mask allows has been seen to do better.
///
/// It comes from patches of the surface that lie along planes of the lattice, each moved on its own. A patch
/// that moves by d changes area and integral of H by 2 H d and K d times its area, so that
///
///      var A = Z / (8 π³) times the integral of (2 H)²        var M = Z / (8 π³) times the integral of K²
///
/// For a ball that is what the change of its radius makes of them; for other shapes it is more.
public struct SamplingUncertainty: Sendable {
  /// u(V) / sqrt(A), in units².
  public let volumePerRootArea: Double

  /// Reciprocal lattice points are summed up to this distance for cubic voxels; beyond, integrated.
  private static let reach = 40.0

  /// For voxels of a given spacing along x, y, z.
  public init(spacing: SIMD3<Double>) {
    let lattice = ReciprocalLattice(spacing: spacing, reach: Self.reach)
    volumePerRootArea = lattice.volumeVariancePerArea.squareRoot()
  }

  /// Standard uncertainty of the volume of an object of a given area, in cubic units.
  public func volume(area: Double) -> Double { volumePerRootArea * area.squareRoot() }

  /// The standard uncertainties of an object.
  /// - Parameters:
  ///   - area: In square units.
  ///   - meanSquares: The means of (2 H)² and of K² over its surface, in 1/unit² and 1/unit⁴.
  public func contribution(
    area: Double, meanSquares: (bend: Double, gaussian: Double)
  ) -> SurfaceUncertainty.Contribution {
    SurfaceUncertainty.Contribution(ofPatches: volume(area: area), meanSquares: meanSquares)
  }
}
