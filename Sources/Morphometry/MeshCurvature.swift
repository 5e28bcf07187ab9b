internal import LibC
public import MeshProcessing

/// The curvature of a mesh at its vertices and as a whole.
///
/// Mean curvature is H = (k1 + k2) / 2, in 1/unit, positive on a sphere; Gaussian curvature is
/// K = k1 k2, in 1/unit².
public struct MeshCurvature: Sendable {
  /// The scale at which it was measured, in units; see ``TriangleMesh/curvature(scale:method:)``.
  public private(set) var scale: Double
  /// Mean curvature around every vertex, at the chosen scale.
  public private(set) var mean: [Double]
  /// Gaussian curvature around every vertex, at the chosen scale.
  public private(set) var gaussian: [Double]
  /// The area that every vertex stands for.
  public let area: [Double]
  /// The integral of H over the surface, in units of length: 4 pi R for a sphere.
  public let meanIntegral: Double
  /// The integral of K over the surface: 2 pi times the Euler number for a closed mesh.
  public let gaussianIntegral: Double

  private let totalArea: Double

  /// Area-weighted mean of H: its integral divided by the area.
  public var meanAverage: Double { meanIntegral / totalArea }
  /// Area-weighted mean of K: its integral divided by the area.
  public var gaussianAverage: Double { gaussianIntegral / totalArea }
  /// Area-weighted standard deviation of H over the surface.
  public var meanDeviation: Double { AreaWeighted(mean, areas: area).deviation }
  /// Area-weighted standard deviation of K over the surface.
  public var gaussianDeviation: Double { AreaWeighted(gaussian, areas: area).deviation }

  /// The principal curvatures around every vertex, the larger one first, in 1/unit.
  ///
  /// Where H² is less than K, as noise makes it, both are H.
  public var principal: [SIMD2<Double>] {
    zip(mean, gaussian).map { mean, gaussian in
      let root = max(mean * mean - gaussian, 0).squareRoot()
      return SIMD2(mean + root, mean - root)
    }
  }

  /// The shape index around every vertex, 2/pi atan((k1 + k2) / (k1 - k2)): 1 where the surface is a cap, 0.5 a
  /// ridge, 0 a saddle (or flat), -0.5 a rut, -1 a cup.
  ///
  /// Koenderink & van Doorn 1992, doi:10.1016/0262-8856(92)90076-F.
  public var shapeIndex: [Double] {
    principal.map { 2 / .pi * atan2($0.sum(), $0.x - $0.y) }
  }

  /// The curvedness around every vertex, sqrt((k1² + k2²) / 2), in 1/unit; as the shape index.
  public var curvedness: [Double] { principal.map { (($0 * $0).sum() / 2).squareRoot() } }

  /// - Parameters:
  ///   - points: H, K and area of every vertex.
  ///   - measures: What the integrals are the sums of.
  ///   - known: Area and integral of H where they are known better.
  init(
    scale: Double, points: [CurvaturePoint], measures: CurvatureMeasures, known: SurfaceIntegrals?
  ) {
    self.scale = scale
    mean = points.map(\.mean)
    gaussian = points.map(\.gaussian)
    area = points.map(\.area)
    let total = measures.total
    meanIntegral = known?.meanCurvature ?? total.x
    gaussianIntegral = total.y
    totalArea = known?.area ?? total.z
  }

  /// Takes H and K of every vertex from the field that the surface is a level set of, where it has them. The
  /// integrals stay.
  mutating func read(from field: FieldCurvature) {
    scale = field.scale
    for vertex in mean.indices where !field.mean[vertex].isNaN {
      mean[vertex] = field.mean[vertex]
      gaussian[vertex] = field.gaussian[vertex]
    }
  }
}

extension TriangleMesh {
  /// The curvature of the mesh at every vertex, over a neighbourhood of a given size, and its integrals.
  ///
  /// - Parameters:
  ///   - scale: Standard deviation of the neighbourhood along any direction of the surface, in units. 0 takes what is at the vertex
  ///     alone, which on a mesh from voxels is mostly noise.
  ///   - method: How H and K are found at the vertices. The integrals do not depend on it.
  public func curvature(
    scale: Double, method: MeshCurvatureMethod = .corrected
  ) -> MeshCurvature {
    curvature(scale: scale, method: method, integrals: nil, VertexFans(self))
  }

  /// As ``curvature(scale:method:)`` when the fans of the mesh are there already.
  func curvature(
    scale: Double, method: MeshCurvatureMethod, integrals: SurfaceIntegrals?, _ fans: VertexFans
  ) -> MeshCurvature {
    let angles = angleMeasures(fans)
    let points =
      switch method {
      case .quadric: QuadricFit(self, scale: scale, fans).points()
      case .corrected: correctedMeasures().points(on: self, scale: scale, fans)
      case .angles: angles.points(on: self, scale: scale, fans)
      }
    return MeshCurvature(scale: scale, points: points, measures: angles, known: integrals)
  }
}
