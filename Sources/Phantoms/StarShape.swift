internal import LibC

/// A solid whose surface is seen whole from its origin: a sphere with a relief of spherical
/// harmonics and dents.
///
/// Its measures are integrals over the sphere of directions, taken by quadrature when it is made;
/// they are exact to about 1e-10.
public struct StarShape: Sendable, Hashable {
  public let name: String
  /// Radius of the sphere of equal volume.
  public let radius: Double
  let reliefs: [Zonal]
  /// From the shape whose mean radius is about 1 to the one that was asked for.
  private let scale: Double
  private let unit: Measures

  /// What quadrature finds for the shape whose mean radius is about 1.
  struct Measures: Sendable, Hashable {
    var area = 0.0
    var volume = 0.0
    var meanCurvatureIntegral = 0.0
    /// Of H²; without a unit.
    var bending = 0.0
    var centroid = SIMD3<Double>.zero
    var meanCurvatures = Double.infinity...Double.infinity
    var smallestRadius = Double.infinity
    /// How fast the radius changes with direction, per radian, at most.
    var steepest = 0.0
  }

  init(name: String, radius: Double, reliefs: [Zonal]) {
    self.name = name
    self.radius = radius
    self.reliefs = reliefs
    unit = Self.measures(of: reliefs, SphereQuadrature(circles: 96))
    scale = radius / cbrt(3 * unit.volume / (4 * .pi))
  }

  var surfaceArea: Double { unit.area * scale * scale }
  var volume: Double { unit.volume * scale * scale * scale }
  var meanCurvatureIntegral: Double { unit.meanCurvatureIntegral * scale }
  var bending: Double { unit.bending }
  var centroid: SIMD3<Double> { unit.centroid * scale }
  /// The smallest and the largest H of the surface, to about 1 %.
  var meanCurvatures: ClosedRange<Double> {
    unit.meanCurvatures.lowerBound / scale...unit.meanCurvatures.upperBound / scale
  }

  /// The same shape with another radius.
  func scaled(by factor: Double) -> StarShape {
    StarShape(name: name, radius: radius * factor, reliefs: reliefs)
  }

  /// Integrals over the shape 1 + reliefs.
  static func measures(of reliefs: [Zonal], _ quadrature: SphereQuadrature) -> Measures {
    var sum = Measures()
    var curvatures = (low: Double.infinity, high: -Double.infinity)
    for (direction, weight) in zip(quadrature.directions, quadrature.weights) {
      let radius = radius(of: reliefs, direction)
      let jet = jet(of: reliefs, at: radius * direction)
      // The gradient is 1 along the direction, so its length is that of the area over the sphere's.
      let area = radius * radius * length(jet.gradient) * weight
      let curvature = jet.meanCurvature
      let cube = radius * radius * radius
      sum.area += area
      sum.volume += cube / 3 * weight
      sum.centroid += (cube * radius / 4 * weight) * direction
      sum.meanCurvatureIntegral += curvature * area
      sum.bending += curvature * curvature * area
      curvatures = (min(curvatures.low, curvature), max(curvatures.high, curvature))
      sum.smallestRadius = min(sum.smallestRadius, radius)
      sum.steepest = max(sum.steepest, radius * length(jet.gradient - direction))
    }
    sum.centroid /= sum.volume
    if curvatures.low <= curvatures.high { sum.meanCurvatures = curvatures.low...curvatures.high }
    return sum
  }

  /// Distance from the centre along a direction, minus that of the surface.
  func value(at p: SIMD3<Double>) -> Double {
    let distance = length(p)
    guard distance > 0 else { return -scale * unit.smallestRadius }
    return distance - scale * Self.radius(of: reliefs, p / distance)
  }

  func jet(at p: SIMD3<Double>) -> Jet {
    let jet = Self.jet(of: reliefs, at: p / scale)
    return Jet(
      value: scale * jet.value, gradient: jet.gradient, hessian: (1 / scale) * jet.hessian)
  }

  /// Negative inside, and never larger than the distance to the surface.
  ///
  /// Beyond three quarters of the smallest radius, ``value(at:)`` changes by no more than `slope`
  /// per length; what lies within is a quarter of that radius away from the surface.
  func distanceBound(at p: SIMD3<Double>) -> Double {
    let slope = unit.steepest * 1.02 / (0.75 * unit.smallestRadius)
    let bound = value(at: p) / (1 + slope * slope).squareRoot()
    return max(bound, -0.24 * unit.smallestRadius * scale)
  }

  /// How far the shape reaches along a direction, at most, to about 1 %.
  func reach(along direction: SIMD3<Double>) -> Double {
    let farthest = Self.coarse.directions.reduce(0) {
      max($0, dot($1, direction) * Self.radius(of: reliefs, $1))
    }
    return 1.01 * scale * farthest
  }

  private static let coarse = SphereQuadrature(circles: 32)

  private static func radius(of reliefs: [Zonal], _ direction: SIMD3<Double>) -> Double {
    var radius = 1.0
    for relief in reliefs { radius += relief.relief(dot(direction, relief.axis)) }
    return radius
  }

  /// The jet of |p| - r(p / |p|).
  private static func jet(of reliefs: [Zonal], at p: SIMD3<Double>) -> Jet {
    let distance = length(p)
    let d = p / distance
    var radius = 1.0
    // Sums over the reliefs of f' a, f' t and f'' (a - t d)(a - t d)ᵀ with t = a·d.
    var slopes = SIMD3<Double>.zero
    var alongSlopes = 0.0
    var bends = SymmetricMatrix.diagonal(.zero)
    for relief in reliefs {
      let t = dot(d, relief.axis)
      let (value, first, second) = relief.derivatives(t)
      radius += relief.height * value
      slopes += (relief.height * first) * relief.axis
      alongSlopes += relief.height * first * t
      bends = bends + (relief.height * second) * .square(relief.axis - t * d)
    }
    let radial = SymmetricMatrix.square(d)
    let round = SymmetricMatrix.diagonal(.one) - radial
    let relief = bends + (2 * alongSlopes) * radial - .mixed(slopes, d) - alongSlopes * round
    return Jet(
      value: distance - radius, gradient: d - (slopes - alongSlopes * d) / distance,
      hessian: (1 / distance) * round - (1 / (distance * distance)) * relief)
  }
}
