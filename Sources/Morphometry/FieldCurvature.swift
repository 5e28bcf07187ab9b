internal import LibC
public import MeshProcessing
public import Volumes

/// The curvature of a surface from the field that it is a level set of.
///
/// Second derivatives of a blurred field know the curvature of its level set far better than the edges
/// of a mesh do. A blur of variance C has moved the surface inwards by d (``LevelSetShape/shift(byBlurOf:)``), and
/// a surface at a distance d outside has the principal curvatures k / (1 + d k).
public struct FieldCurvature: Sendable {
  /// The scale that the curvature is of, in units: the standard deviation of the filter.
  public let scale: Double
  /// H at every point, in 1/unit; `nan` where the field has no level set near.
  public private(set) var mean: [Double] = []
  /// K at every point, in 1/unit².
  public private(set) var gaussian: [Double] = []
  /// Where the surface at this scale runs beside every point, the level set of the field moved by d; or the
  /// point itself.
  private var positions: [SIMD3<Float>] = []
  /// The outward unit normals there; zero where the field has no level set near.
  private var normals: [SIMD3<Float>] = []

  /// As many steps as it takes to the level set from anywhere near, as a rule two.
  private static let steps = 4

  /// - Parameters:
  ///   - field: High inside, and blurred so far that its noise does not show in second derivatives.
  ///   - blurVariance: Of all that blurred it, along x, y, z, in square units.
  ///   - scale: Standard deviation of the filter among that, in units.
  ///   - points: Of the surface.
  public init(
    _ field: Volume<Float>, level: Double, blurVariance: SIMD3<Double>, scale: Double,
    at points: [SIMD3<Float>]
  ) throws(VolumeError) {
    self.scale = scale
    let spline = try Self.spline(through: field, around: points)
    let reach = field.grid.spacing.min() / 2
    for point in points {
      var place = SIMD3<Double>(point)
      var found: LevelSetShape?
      for _ in 0..<Self.steps {
        found = LevelSetShape(spline.jet(at: place), level: level, reach: reach)
        guard let shape = found else { break }
        place += shape.step
        // The shape is that of the level set already.
        if dot(shape.step, shape.step) < reach * reach / 64 { break }
      }
      add(found, at: place, blurVariance, insteadOf: point)
    }
  }

  /// A surface as it is at this scale. What has no normal stays where it is.
  /// - Parameter surface: Its vertices are the points that the curvature was asked at.
  public func surface(like surface: CurvedMesh) -> CurvedMesh {
    var (moved, outward) = (surface.mesh.positions, surface.normals)
    for vertex in moved.indices where outward[vertex] != .zero && normals[vertex] != .zero {
      moved[vertex] = positions[vertex]
      outward[vertex] = normals[vertex]
    }
    return CurvedMesh(
      mesh: TriangleMesh(positions: moved, triangles: surface.mesh.triangles), normals: outward)
  }

  /// The means of (2 H)² and of K² over those points of a surface that are not part of a cut.
  public func meanSquares(on surface: CurvedMesh) -> (bend: Double, gaussian: Double) {
    var sum = SIMD3<Double>.zero
    for vertex in mean.indices where surface.normals[vertex] != .zero && !mean[vertex].isNaN {
      let (mean, gaussian) = (mean[vertex], gaussian[vertex])
      sum += SIMD3(4 * mean * mean, gaussian * gaussian, 1)
    }
    return sum.z > 0 ? (sum.x / sum.z, sum.y / sum.z) : (0, 0)
  }

  private mutating func add(
    _ shape: LevelSetShape?, at place: SIMD3<Double>, _ blurVariance: SIMD3<Double>,
    insteadOf point: SIMD3<Float>
  ) {
    let shift = shape?.shift(byBlurOf: blurVariance) ?? 0
    let curvatures = shape?.principalCurvatures(at: shift) ?? SIMD2(repeating: .nan)
    mean.append(curvatures.sum() / 2)
    gaussian.append(curvatures.x * curvatures.y)
    positions.append(shape.map { SIMD3<Float>(place + shift * $0.normal) } ?? point)
    normals.append(shape.map { SIMD3<Float>($0.normal) } ?? .zero)
  }

  private static func spline(
    through field: Volume<Float>, around points: [SIMD3<Float>]
  ) throws(VolumeError) -> CubicSpline {
    guard let first = points.first else { return try CubicSpline(field) }
    let bounds = points.reduce((low: first, high: first)) {
      (pointwiseMin($0.low, $1), pointwiseMax($0.high, $1))
    }
    let grid = field.grid
    func voxel(_ point: SIMD3<Float>) -> SIMD3<Int> {
      let place = (SIMD3<Double>(point) - grid.origin) / grid.spacing
      return pointwiseMin(pointwiseMax(SIMD3<Int>(place.rounded(.down)), .zero), grid.size &- 1)
    }
    return try CubicSpline(
      field, lower: pointwiseMax(voxel(bounds.low) &- 1, .zero),
      upper: pointwiseMin(voxel(bounds.high) &+ 2, grid.size &- 1))
  }
}
