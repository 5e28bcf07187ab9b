public import MeshProcessing

/// How the curvature of a surface is spread over it, at the scale of its curvature map.
///
/// Everything is weighted by area. Bends sharper than the scale come out flatter; noise makes the
/// spread larger.
public struct CurvatureStatistics: Sendable {
  /// One principal curvature over the surface, in 1/unit.
  public struct Extreme: Sendable {
    /// Of any vertex: what noise at one vertex makes of it.
    public let farthest: Double
    /// What one per cent of the area goes beyond.
    public let percentile: Double
  }

  /// One quantity over the surface.
  public struct Distribution: Sendable {
    public let mean: Double
    public let deviation: Double
    /// At the parts ``CurvatureStatistics/percentileFractions`` of the area.
    public let percentiles: [Double]
  }

  /// The parts of the area that percentiles are given for.
  public static let percentileFractions = [0.05, 0.25, 0.5, 0.75, 0.95]

  /// H, in 1/unit.
  public let mean: Distribution
  /// K, in 1/unit².
  public let gaussian: Distribution
  /// See ``MeshCurvature/shapeIndex``.
  public let shapeIndex: Distribution
  /// See ``MeshCurvature/curvedness``, in 1/unit.
  public let curvedness: Distribution
  /// The larger principal curvature k1 where it is largest, and the smaller one, k2, where it is smallest.
  public let largest: Extreme
  public let smallest: Extreme
  /// The parts of the area where both principal curvatures are positive, where one is, and where none is.
  /// Where one of them is about 0, as on a cylinder, noise decides.
  public let convexFraction: Double
  public let saddleFraction: Double
  public let concaveFraction: Double
  /// The integral of H² over the surface: 4 pi for a sphere, and more for anything else that is closed.
  /// Willmore 1965.
  public let willmoreEnergy: Double
  /// The integral of |K| over the surface: 4 pi for a convex solid, and more for any other. Chern & Lashof 1957.
  public let totalAbsoluteCurvature: Double
  public let concaveRegions: ConcaveRegions

  /// - Parameters:
  ///   - mesh: The mesh that was measured.
  ///   - surface: What was measured of it.
  public init(_ mesh: TriangleMesh, _ surface: MeshMeasurements) {
    let curvature = surface.curvature
    let principal = curvature.principal
    func weighted(_ values: [Double]) -> AreaWeighted {
      AreaWeighted(values, areas: curvature.area)
    }
    mean = Distribution(weighted(curvature.mean))
    gaussian = Distribution(weighted(curvature.gaussian))
    shapeIndex = Distribution(weighted(curvature.shapeIndex))
    curvedness = Distribution(weighted(curvature.curvedness))
    largest = Extreme(
      farthest: principal.map(\.x).max() ?? .nan,
      percentile: weighted(principal.map(\.x)).percentiles([0.99])[0])
    smallest = Extreme(
      farthest: principal.map(\.y).min() ?? .nan,
      percentile: weighted(principal.map(\.y)).percentiles([0.01])[0])
    // The smaller one is positive, the larger one is not.
    convexFraction = weighted(principal.map(\.y)).fraction { $0 > 0 }
    concaveFraction = weighted(principal.map(\.x)).fraction { $0 <= 0 }
    saddleFraction = 1 - convexFraction - concaveFraction
    willmoreEnergy = weighted(curvature.mean.map { $0 * $0 }).mean * surface.surfaceArea
    totalAbsoluteCurvature = weighted(curvature.gaussian.map { abs($0) }).mean * surface.surfaceArea
    concaveRegions = ConcaveRegions(mesh, surface)
  }
}

extension CurvatureStatistics.Distribution {
  fileprivate init(_ values: AreaWeighted) {
    self.init(
      mean: values.mean, deviation: values.deviation,
      percentiles: values.percentiles(CurvatureStatistics.percentileFractions))
  }
}
