public import Volumes

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The curvature of a surface from the field that it is a level set of.
///
/// Second derivatives of a blurred field know the curvature of its level set far better than the edges
/// of a mesh do. A blur of variance C has moved the surface inwards by d (``LevelSetShape/shift(byBlurOf:)``), and
/// a surface at a distance d outside has the principal curvatures k / (1 + d k).
public struct FieldCurvature: Sendable {
  private let spline: CubicSpline
  private let level: Double
  private let blurVariance: SIMD3<Double>
  private let reach: Double
  /// The scale that the curvature is of, in units: the standard deviation of the filter.
  let scale: Double

  private static let steps = 4

  /// - Parameters:
  ///   - field: High inside, and blurred so far that its noise does not show in second derivatives.
  ///   - blurVariance: Of all that blurred it, along x, y, z, in square units.
  ///   - scale: Standard deviation of the filter among that, in units.
  public init(
    _ field: Volume<Float>, level: Double, blurVariance: SIMD3<Double>, scale: Double
  ) throws(VolumeError) {
    spline = try CubicSpline(field)
    self.level = level
    self.blurVariance = blurVariance
    self.scale = scale
    reach = field.grid.spacing.min() / 2
  }

  /// H and K at a point of the surface, in 1/unit and 1/unit²; `nil` where the field has no level set near.
  func curvature(at point: SIMD3<Double>) -> (mean: Double, gaussian: Double)? {
    var place = point
    var found: LevelSetShape?
    for _ in 0..<Self.steps {
      found = LevelSetShape(spline.jet(at: place), level: level, reach: reach)
      guard let shape = found else { return nil }
      place += shape.step
    }
    return found.map { shape in
      let shift = shape.shift(byBlurOf: blurVariance)
      let k = shape.principalCurvatures
      // A surface cannot be moved beyond its centre of curvature.
      let moved = k / pointwiseMax(1 + shift * k, SIMD2(repeating: 0.4))
      return (moved.sum() / 2, moved.x * moved.y)
    }
  }
}
