internal import Volumes

/// A solid whose area, volume and curvature are known exactly. Lengths are in the unit of the phantom.
public enum Solid: Sendable, Hashable {
  case sphere(radius: Double)
  case ellipsoid(semiAxes: SIMD3<Double>)
  /// Around the z axis, before it is rotated.
  case torus(majorRadius: Double, minorRadius: Double)

  public var name: String {
    switch self {
    case .sphere: "sphere"
    case .ellipsoid: "ellipsoid"
    case .torus: "torus"
    }
  }

  /// Exact surface area. For the ellipsoid through Carlson's integral, see
  /// https://dlmf.nist.gov/19.33.
  public var surfaceArea: Double {
    switch self {
    case .sphere(let radius): 4 * .pi * radius * radius
    case .ellipsoid(let a):
      4 * .pi
        * carlsonRG(
          a.x * a.x * a.y * a.y, a.x * a.x * a.z * a.z, a.y * a.y * a.z * a.z)
    case .torus(let major, let minor): 4 * .pi * .pi * major * minor
    }
  }

  /// Exact volume.
  public var volume: Double {
    switch self {
    case .sphere(let radius): 4 / 3 * .pi * radius * radius * radius
    case .ellipsoid(let a): 4 / 3 * .pi * a.x * a.y * a.z
    case .torus(let major, let minor): 2 * .pi * .pi * major * minor * minor
    }
  }

  /// The integral of H = (k1 + k2)/2 over the surface. For a convex solid 2 pi times its mean width.
  public var meanCurvatureIntegral: Double {
    switch self {
    case .sphere(let radius): 4 * .pi * radius
    case .ellipsoid(let a): 4 * .pi * carlsonRG(a.x * a.x, a.y * a.y, a.z * a.z)
    case .torus(let major, _): 2 * .pi * .pi * major
    }
  }

  /// The integral of K = k1 k2 over the surface.
  public var gaussianCurvatureIntegral: Double { 2 * .pi * Double(eulerNumber) }

  /// Euler number of the surface.
  public var eulerNumber: Int {
    switch self {
    case .sphere, .ellipsoid: 2
    case .torus: 0
    }
  }

  /// Negative inside, positive outside, and never larger than the distance to the surface.
  @inline(__always)
  func distanceBound(at p: SIMD3<Double>) -> Double {
    switch self {
    case .sphere(let radius): return (p * p).sum().squareRoot() - radius
    case .ellipsoid(let a):
      let stretched = p / a
      return ((stretched * stretched).sum().squareRoot() - 1) * a.min()
    case .torus(let major, let minor):
      let around = (p.x * p.x + p.y * p.y).squareRoot() - major
      return (around * around + p.z * p.z).squareRoot() - minor
    }
  }

  /// How far the solid reaches from its centre along a direction of its own frame (of length 1).
  func reach(along direction: SIMD3<Double>) -> Double {
    switch self {
    case .sphere(let radius): return radius
    case .ellipsoid(let a):
      let stretched = direction * a
      return (stretched * stretched).sum().squareRoot()
    case .torus(let major, let minor):
      return major * max(0, 1 - direction.z * direction.z).squareRoot() + minor
    }
  }

  func validate() throws(PhantomError) {
    func positive(_ name: String, _ value: Double) throws(PhantomError) {
      guard value > 0, value.isFinite else {
        throw .badParameter(name: name, value: "\(value)", mustBe: "positive")
      }
    }
    switch self {
    case .sphere(let radius): try positive("radius", radius)
    case .ellipsoid(let axes):
      for axis in 0..<3 { try positive("semi-axis", axes[axis]) }
    case .torus(let major, let minor):
      try positive("minor radius", minor)
      guard major > minor, major.isFinite else {
        throw .badParameter(
          name: "major radius", value: "\(major)", mustBe: "larger than the minor radius")
      }
    }
  }
}
