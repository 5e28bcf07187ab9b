internal import LibC
internal import Volumes

/// A solid whose area, volume and curvature are known exactly. Lengths are in the unit of the
/// phantom.
public enum Solid: Sendable, Hashable {
  case sphere(radius: Double)
  case ellipsoid(semiAxes: SIMD3<Double>)
  /// Around the z axis, before it is rotated.
  case torus(majorRadius: Double, minorRadius: Double)
  /// A cylinder along z with a half sphere at either end; `height` is that of the cylinder.
  case capsule(radius: Double, height: Double)
  /// A cube whose edges and corners are rounded: all points within `edgeRadius` of a cube. Its
  /// curvature jumps, as that of no nucleus does.
  case roundedCube(halfSide: Double, edgeRadius: Double)
  /// See ``bumpy(radius:)``, ``lobed(radius:)`` and ``nucleus(radius:seed:)``.
  case star(StarShape)

  public var name: String {
    switch self {
    case .sphere: "sphere"
    case .ellipsoid: "ellipsoid"
    case .torus: "torus"
    case .capsule: "capsule"
    case .roundedCube: "rounded-cube"
    case .star(let shape): shape.name
    }
  }

  /// The same shape, so large that a sphere of this radius has its volume.
  public func scaled(toEquivalentRadius radius: Double) -> Solid {
    let factor = radius / cbrt(3 * volume / (4 * .pi))
    return switch self {
    case .sphere(let radius): .sphere(radius: radius * factor)
    case .ellipsoid(let axes): .ellipsoid(semiAxes: axes * factor)
    case .torus(let major, let minor):
      .torus(majorRadius: major * factor, minorRadius: minor * factor)
    case .capsule(let radius, let height):
      .capsule(radius: radius * factor, height: height * factor)
    case .roundedCube(let half, let edge):
      .roundedCube(halfSide: half * factor, edgeRadius: edge * factor)
    case .star(let shape): .star(shape.scaled(by: factor))
    }
  }

  /// Negative inside, positive outside, and never larger than the distance to the surface.
  @inline(__always)
  func distanceBound(at p: SIMD3<Double>) -> Double {
    guard case .star(let shape) = self else { return value(at: p) }
    return shape.distanceBound(at: p)
  }

  /// How far the solid reaches from its origin along a direction of its own frame (of length 1).
  func reach(along direction: SIMD3<Double>) -> Double {
    switch self {
    case .sphere(let radius): radius
    case .ellipsoid(let a): length(direction * a)
    case .torus(let major, let minor):
      major * max(0, 1 - direction.z * direction.z).squareRoot() + minor
    case .capsule(let radius, let height): radius + height / 2 * abs(direction.z)
    case .roundedCube(let half, let radius):
      radius + half * (abs(direction.x) + abs(direction.y) + abs(direction.z))
    case .star(let shape): shape.reach(along: direction)
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
    case .capsule(let radius, let height):
      try positive("radius", radius)
      try positive("height", height)
    case .roundedCube(let half, let edge):
      try positive("half side", half)
      try positive("edge radius", edge)
    case .star(let shape): try positive("radius", shape.radius)
    }
  }
}
