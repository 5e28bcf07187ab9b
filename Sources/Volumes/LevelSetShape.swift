internal import LibC

/// The level set of a field near to a point: where it runs, its normal and its curvature.
///
/// The field is high inside. The second fundamental form is positive where the surface is convex.
/// Goldman 2005, doi:10.1016/j.cagd.2005.06.005.
public struct LevelSetShape: Sendable {
  /// The way from the point to the level set, in units.
  public let step: SIMD3<Double>
  /// Outward unit normal of the level set.
  public let normal: SIMD3<Double>
  /// The length of the gradient there, in grey values per unit.
  public let steepness: Double
  /// Two unit vectors that span the tangent plane with the normal, at right angles.
  private let tangents: (SIMD3<Double>, SIMD3<Double>)
  /// The second fundamental form in the tangent plane, in 1/unit: uu, uv, vv.
  private let form: SIMD3<Double>

  /// The level set as the value and the derivatives at a point tell of it, to the second order.
  ///
  /// `nil` where the gradient vanishes and there is no surface.
  /// - Parameter reach: The farthest that the derivatives are believed, in units.
  @inline(__always)
  public init?(_ jet: CubicSpline.Jet, level: Double, reach: Double) {
    let slope = (jet.gradient * jet.gradient).sum().squareRoot()
    guard slope > 0, slope.isFinite, jet.value.isFinite else { return nil }
    let outward = -jet.gradient / slope
    let bend = jet.secondDerivatives(along: outward)
    // value - slope t + bend t² / 2 = level, solved to the second order.
    let first = min(max((jet.value - level) / slope, -reach), reach)
    let second = first * (1 + first * (bend * outward).sum() / (2 * slope))
    let distance = min(max(second, -reach), reach)
    let gradient = jet.gradient + distance * bend
    let steepness = (gradient * gradient).sum().squareRoot()
    guard steepness > 0 else { return nil }
    let normal = -gradient / steepness
    let helper = abs(normal.x) < 0.7 ? SIMD3<Double>(1, 0, 0) : SIMD3<Double>(0, 1, 0)
    let across = cross(normal, helper)
    let u = across / (across * across).sum().squareRoot()
    let v = cross(normal, u)
    let (mu, mv) = (jet.secondDerivatives(along: u), jet.secondDerivatives(along: v))
    self.step = distance * outward
    self.normal = normal
    self.steepness = steepness
    tangents = (u, v)
    form = SIMD3((mu * u).sum(), (mu * v).sum(), (mv * v).sum()) / -steepness
  }

  /// H = (k1 + k2) / 2, in 1/unit.
  public var meanCurvature: Double { (form.x + form.z) / 2 }

  /// The principal curvatures, the larger one first, in 1/unit.
  @inline(__always)
  public var principalCurvatures: SIMD2<Double> {
    let half = (form.x - form.z) / 2
    let root = (half * half + form.y * form.y).squareRoot()
    return SIMD2(meanCurvature + root, meanCurvature - root)
  }

  /// The principal curvatures of the parallel surface at a distance outside, in 1/unit: k / (1 + d k).
  ///
  /// A surface cannot be moved beyond its centre of curvature, so that 1 + d k is taken to be 0.4 at least.
  @inline(__always)
  public func principalCurvatures(at distance: Double) -> SIMD2<Double> {
    let k = principalCurvatures
    return k / pointwiseMax(1 + distance * k, SIMD2(repeating: 0.4))
  }

  /// How far a blur has moved the surface inwards here, in units.
  ///
  /// To the first order it is half the trace of the second fundamental form times the covariance of the blur
  /// in the tangent plane, given the normal: sigma² H for a Gaussian as wide on all axes (Verbeek & van Vliet
  /// 1994, IEEE Transactions on Pattern Analysis and Machine Intelligence 16:726). In units of the blur's width
  /// w along the normal, the next term is -x³/3 for spheres and for cylinders alike, so that
  ///
  ///      d = w tanh(x)        x = tr(II C) / (2 w)
  ///
  /// is right to the third order and never more than w, whatever noise pretends. Left out is how the
  /// curvature changes along the surface.
  /// - Parameter variance: The variance of the blur along x, y, z, in square units.
  @inline(__always)
  public func shift(byBlurOf variance: SIMD3<Double>) -> Double {
    let along = (variance * normal * normal).sum()
    guard along > 0 else { return 0 }
    let (u, v) = tangents
    let (un, vn) = ((variance * u * normal).sum(), (variance * v * normal).sum())
    let uu = (variance * u * u).sum() - un * un / along
    let uv = (variance * u * v).sum() - un * vn / along
    let vv = (variance * v * v).sum() - vn * vn / along
    let width = along.squareRoot()
    return width * tanh((form.x * uu + 2 * form.y * uv + form.z * vv) / (2 * width))
  }
}

@inline(__always)
private func cross(_ a: SIMD3<Double>, _ b: SIMD3<Double>) -> SIMD3<Double> {
  SIMD3(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x)
}
