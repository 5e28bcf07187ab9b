internal import LibC
internal import MeshProcessing
internal import Volumes

/// How much larger the area of a surface comes out because the mask that it was made from is a staircase.
///
/// A blurred mask still carries a relief of its voxels. On a plane it is the sum of one wave for every
/// point ξ of the reciprocal lattice: the sampling repeats the spectrum of the half-space, a line along
/// the normal n, at every ξ. Of the repeated line the blur lets pass what lies close to the origin, at
/// f = ξ - t n, and the relief there has the amplitude
///
///      exp(-x/2) / (π t)        x = 4π² f·C f,   C the covariance of the blur,
///                               t from the minimum of x, f⊥ the part of ξ in the plane
///
/// The shift that undoes the blur (see ``LevelSetShape/shift(byBlurOf:)``) also undoes, to first order,
/// what the blur did to the relief: it grows by 1 + x/2. Half its mean squared slope is the excess of area:
///
///      rho(n) = sum over ±ξ of  |f⊥|² / t² · exp(-x) (1 + x/2)²
///
/// On average over all orientations of a cubic lattice that is 0.0121 / sigma⁴ with sigma in voxels. The
/// figure has no constant that was fitted. The waves of single phantoms add up to it as they happen to.
public struct StaircaseArea: Sendable {
  /// Excess by normal, over the octant of positive components: the lattice and the blur are symmetric.
  private var table: [Float]
  /// The excess of the integral of H over that of the area.
  public private(set) var curvatureRatio = 1.0

  /// Steps of the table along each of the two octahedral coordinates of a direction.
  private static let steps = 16
  /// Directions within one entry of the table, along each coordinate: waves of large ξ are narrow.
  private static let samples = 4
  /// The points of the reciprocal lattice that are summed one by one are as many as there are in a ball of
  /// this radius for cubic voxels; those beyond count by their mean over all normals.
  private static let reach = 9.0

  /// - Parameters:
  ///   - spacing: Of the voxels along x, y, z.
  ///   - blurVariance: Of the blur along x, y, z, in square units.
  public init(spacing: SIMD3<Double>, blurVariance: SIMD3<Double>) {
    let reciprocal = ReciprocalLattice(spacing: spacing, reach: Self.reach)
    var lattice: [SIMD3<Double>] = []
    reciprocal.forEachOfHalf { lattice.append($0) }
    let beyond = 2 * .pi * reciprocal.density / reciprocal.radius
    var table: [Float] = []
    let count = Self.steps * Self.samples
    for v in 0..<Self.steps {
      for u in 0..<Self.steps {
        var sum = 0.0
        for sample in 0..<Self.samples * Self.samples {
          let place = SIMD2(
            Double(u * Self.samples + sample % Self.samples) + 0.5,
            Double(v * Self.samples + sample / Self.samples) + 0.5)
          let normal = Self.direction(place / Double(count))
          sum += Self.excess(normal, lattice, blurVariance)
          sum += beyond * Self.meanExcess(blurVariance, lattice: normal)
        }
        table.append(Float(sum / Double(Self.samples * Self.samples)))
      }
    }
    self.table = table
  }

  /// The relative excess of the area of a facet with this unit normal.
  @inline(__always)
  public func excess(normal: SIMD3<Double>) -> Double {
    let (x, y, z) = (abs(normal.x), abs(normal.y), abs(normal.z))
    let sum = x + y + z
    guard sum > 0 else { return 0 }
    let u = min(Int(x / (x + y + 1e-12) * Double(Self.steps)), Self.steps - 1)
    let v = min(Int(z / sum * Double(Self.steps)), Self.steps - 1)
    return Double(table[v * Self.steps + u])
  }

  /// The same with other excesses of area and of the integral of H, both relative to this one's area.
  public func scaled(area: Double, curvature: Double) -> StaircaseArea {
    var scaled = self
    scaled.table = table.map { $0 * Float(area) }
    scaled.curvatureRatio = curvatureRatio * curvature / area
    return scaled
  }

  /// The direction at a place of the table: how x and y share what z leaves, and z.
  private static func direction(_ place: SIMD2<Double>) -> SIMD3<Double> {
    let rest = 1 - place.y
    let vector = SIMD3(place.x * rest, (1 - place.x) * rest, place.y)
    return vector / length(vector)
  }

  private static func excess(
    _ normal: SIMD3<Double>, _ lattice: [SIMD3<Double>], _ variance: SIMD3<Double>
  ) -> Double {
    let across = (variance * normal * normal).sum()
    let pull = variance * normal / across
    var sum = 0.0
    for point in lattice {
      let t = dot(pull, point)
      let f = point - t * normal
      let x = 4 * .pi * .pi * (variance * f * f).sum()
      // Beyond, the wave is nothing; and where t is small, it always is.
      guard x < 25 else { continue }
      let y = 2 * .pi * .pi * across * t * t
      guard y > 2 else { continue }
      let along = dot(normal, point)
      let inPlane = dot(point, point) - along * along
      let gain = (1 + x / 2) * (1 + 0.5 / y) / t
      sum += inPlane * gain * gain * exp(-x)
    }
    return sum
  }

  /// The mean over all normals of the waves of a pair of far points ±ξ, times |ξ|⁴. They matter only to
  /// normals close to ξ, so that the integral over the normals is Gaussian.
  private static func meanExcess(
    _ variance: SIMD3<Double>, lattice direction: SIMD3<Double>
  ) -> Double {
    let across = (variance * direction * direction).sum()
    let inverseTrace = (1 / variance).sum() - (direction * direction / variance).sum()
    let determinant = variance.x * variance.y * variance.z / across
    return 4.5 * inverseTrace / (64 * pow(.pi, 4) * determinant.squareRoot())
  }
}
