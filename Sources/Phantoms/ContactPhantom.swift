internal import LibC
public import Volumes

/// Two balls that meet, as a label image, and the area over which they do.
///
///        halves     overlap      unequal      tips     tip on ball     dent
///         ╭┬╮       ╭─┬─╮       ╭──┬─╮                   ╭──╮         ╭──╮─╮
///         │││       │ │ │       │  │ │        (│)        │  │)        │   )│
///         ╰┴╯       ╰─┴─╯       ╰──┴─╯                   ╰──╯         ╰──╯─╯
public struct ContactPhantom: Sendable, Hashable {
  /// How the balls meet: all but in `dent` at a flat disc.
  public enum Shape: String, Sendable, CaseIterable {
    case halves, overlap, unequal, tips
    case tipOnBall = "tip-on-ball"
    /// The first ball is whole, and the wall a cap of it.
    case dent
  }

  public let shape: Shape
  /// Of the rim of the contact, in units.
  public let radius: Double
  /// Of the plane of the rim, of length 1, from the first ball to the second.
  public let normal: SIMD3<Double>
  /// Displacement of the origin of the balls from the centre of a voxel, in voxels.
  public let shift: SIMD3<Double>
  /// Voxel spacing along x, y, z.
  public let spacing: SIMD3<Double>

  /// - Parameters:
  ///   - isParallel: Whether the plane of the rim lies along the slices; else any way round, as the seed decides.
  ///   - seed: Where the balls lie between the voxels.
  public init(
    _ shape: Shape, radius: Double, isParallel: Bool = false, spacing: SIMD3<Double> = .one,
    seed: UInt64
  ) {
    precondition(radius > 0 && radius.isFinite, "a radius must be positive, got \(radius)")
    self.shape = shape
    self.radius = radius
    self.spacing = spacing
    let axis = SIMD3<Double>(0, 0, 1)
    normal = isParallel ? axis : Rotation.random(seed: seed).rotated(axis)
    shift = SIMD3(uniform(seed, 3), uniform(seed, 4), uniform(seed, 5))
  }

  /// Where along the normal the centres of the balls are, and their radii, in units.
  private var balls: (centers: SIMD2<Double>, radii: SIMD2<Double>) {
    // In radii of the rim: from its plane to the centres, positive where the ball is more than half.
    let distances: SIMD2<Double> =
      switch shape {
      case .halves: .zero
      case .overlap: SIMD2(0.58, 0.58)
      case .unequal: SIMD2(0.98, 0.28)
      case .tips: SIMD2(-0.44, -0.44)
      case .tipOnBall: SIMD2(0.98, -0.7)
      case .dent: SIMD2(0.75, 4.0 / 3)
      }
    let radii = SIMD2(length(1, distances.x), length(1, distances.y))
    return (radius * SIMD2(-distances.x, distances.y), radius * radii)
  }

  private func length(_ a: Double, _ b: Double) -> Double { (a * a + b * b).squareRoot() }

  /// In square units.
  public var contactArea: Double {
    guard shape == .dent else { return .pi * radius * radius }
    let (centers, radii) = balls
    return 2 * .pi * radii.x * (radii.x + centers.x)
  }

  /// The first ball with label 1, the second with 2.
  public func labels() throws(VolumeError) -> LabelVolume {
    let (centers, radii) = balls
    let squares = radii * radii
    let reach = max(abs(centers.x) + radii.x, abs(centers.y) + radii.y)
    let half = SIMD3<Int>((reach / spacing).rounded(.up)) &+ 2
    var labels = try LabelVolume(
      grid: Grid(size: half &+ half, spacing: spacing, unit: .micrometre, calibration: .phantom))
    let (normal, shift, spacing, isFlat) = (normal, shift, spacing, shape != .dent)
    labels.fillSlices { x, y, z in
      let place = (SIMD3<Double>(SIMD3(x, y, z) &- half) + shift) * spacing
      let height = (place * normal).sum()
      let away = (place * place).sum() - height * height
      let offsets = height - centers
      let isInside = offsets * offsets + away .< squares
      let isFirst = isFlat ? height < 0 : isInside[0]
      return isFirst ? (isInside[0] ? 1 : 0) : (isInside[1] ? 2 : 0)
    }
    return labels
  }
}
