internal import LibC

/// A rotation in space, as a unit quaternion.
public struct Rotation: Sendable, Hashable {
  // The vector part and the scalar part.
  private let v: SIMD3<Double>
  private let w: Double

  public static let none = Rotation(v: .zero, w: 1)

  private init(v: SIMD3<Double>, w: Double) {
    self.v = v
    self.w = w
  }

  /// By an angle around an axis through the origin, counter-clockwise seen against the axis.
  public init(axis: SIMD3<Double>, degrees: Double) {
    let norm = length(axis)
    precondition(norm > 0 && norm.isFinite && degrees.isFinite, "no rotation: \(axis), \(degrees)")
    let half = degrees * .pi / 360
    self.init(v: axis * (sin(half) / norm), w: cos(half))
  }

  /// Any rotation, all equally likely. Shoemake 1992, Uniform random rotations, Graphics Gems III.
  public static func random(seed: UInt64) -> Rotation {
    let (a, b, c) = (uniform(seed, 0), uniform(seed, 1), uniform(seed, 2))
    let (outer, inner) = ((1 - a).squareRoot(), a.squareRoot())
    return Rotation(
      v: SIMD3(
        outer * sin(2 * .pi * b), outer * cos(2 * .pi * b), inner * sin(2 * .pi * c)),
      w: inner * cos(2 * .pi * c))
  }

  /// From the frame of the solid to that of the image.
  public func rotated(_ p: SIMD3<Double>) -> SIMD3<Double> {
    let twice = 2 * cross(v, p)
    return p + w * twice + cross(v, twice)
  }

  public var inverse: Rotation { Rotation(v: -v, w: w) }

  /// Axis times sine of half the angle, then the cosine: x, y, z, w.
  public var quaternion: [Double] { [v.x, v.y, v.z, w] }
}
