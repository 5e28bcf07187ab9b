internal import LibC
public import MeshProcessing
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
///
/// The integral of H gains half the mean squared slope times the curvature along the crests of the waves: a cylinder
/// whose radius waves along its axis gains that, but not one whose section waves, as a closed curve turns by 2π however it
/// winds. It loses H times half the squared slope of what the shift alone has added, x/2 of the amplitude: the normals
/// stay those of the level set, and H counts by the cosine between the two.
public struct StaircaseArea: Sendable {
  /// Excess by normal, over the octant of positive components: the lattice and the blur are symmetric.
  private var table: [Float]
  /// What waves add to the integral of H there; see ``Excess``.
  private var bending: [SymmetricTensor]

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
    let samples = Self.samples * Self.samples
    let entries = (0..<Self.steps * Self.steps).map { entry in
      let waves = (0..<samples).map { sample in
        let normal = Self.direction(entry: entry, sample: sample)
        let far = beyond * Self.meanExcess(blurVariance, lattice: normal)
        return Self.excess(normal, lattice, blurVariance)
          + Excess(area: far, bending: (far / 2) * .plane(normal))
      }
      return waves.reduce(Excess(), +)
    }
    table = entries.map { Float($0.area / Double(samples)) }
    bending = entries.map { 1 / Double(samples) * $0.bending }
  }

  /// What waves add on a plane.
  private struct Excess {
    /// To the area, as a part of it.
    var area = 0.0
    /// To the integral of H of a slightly bent plane: the trace of this times the second fundamental form, times the area.
    var bending = SymmetricTensor.zero

    static func + (a: Excess, b: Excess) -> Excess {
      Excess(area: a.area + b.area, bending: a.bending + b.bending)
    }
  }

  /// The relative excess of the area of a facet with this unit normal.
  @inline(__always)
  public func excess(normal: SIMD3<Double>) -> Double {
    Self.entry(normal).map { Double(table[$0]) } ?? 0
  }

  /// How much too large the integral of H of a surface is, in units.
  public func meanCurvatureExcess(of surface: CurvedMesh) -> Double {
    surface.mesh.triangles.reduce(0) { $0 + meanCurvatureExcess(of: surface, over: $1) }
  }

  /// With the second fundamental form that the normals at the corners tell of.
  private func meanCurvatureExcess(of surface: CurvedMesh, over triangle: Triangle) -> Double {
    let (a, b, c) = surface.mesh.corners(triangle)
    let twice = cross(b - a, c - a)
    let area = length(twice)
    func normal(_ vertex: UInt32) -> SIMD3<Double> { SIMD3(surface.normals[Int(vertex)]) }
    let normals = (normal(triangle.a), normal(triangle.b), normal(triangle.c))
    guard area > 0, normals.0 != .zero, normals.1 != .zero, normals.2 != .zero,
      let entry = Self.entry(twice)
    else { return 0 }
    let (tensor, flat) = (bending[entry], twice / area)
    // The table knows the normal's mirror image in the octant of positive components.
    let mirror = SIMD3<Double>.one.replacing(with: -1, where: twice .< 0)
    return
      (dot(mirror * cross(c - a, flat), tensor * (mirror * (normals.1 - normals.0)))
      + dot(mirror * cross(flat, b - a), tensor * (mirror * (normals.2 - normals.0)))) / 2
  }

  /// The place in the table of a normal of any length; `nil` for none.
  @inline(__always)
  private static func entry(_ normal: SIMD3<Double>) -> Int? {
    let (x, y, z) = (abs(normal.x), abs(normal.y), abs(normal.z))
    let sum = x + y + z
    guard sum > 0 else { return nil }
    let u = min(Int(x / (x + y + 1e-12 * sum) * Double(steps)), steps - 1)
    let v = min(Int(z / sum * Double(steps)), steps - 1)
    return v * steps + u
  }

  /// The same with other excesses of area and of the integral of H, both relative to this one's.
  public func scaled(area: Double, curvature: Double) -> StaircaseArea {
    var scaled = self
    scaled.table = table.map { $0 * Float(area) }
    scaled.bending = bending.map { curvature * $0 }
    return scaled
  }

  /// One of the directions within an entry of the table.
  private static func direction(entry: Int, sample: Int) -> SIMD3<Double> {
    let fine =
      SIMD2(entry % steps, entry / steps) &* samples
      &+ SIMD2(sample % samples, sample / samples)
    return direction((SIMD2<Double>(fine) + 0.5) / Double(steps * samples))
  }

  /// The direction at a place of the table: how x and y share what z leaves, and z.
  private static func direction(_ place: SIMD2<Double>) -> SIMD3<Double> {
    let rest = 1 - place.y
    let vector = SIMD3(place.x * rest, (1 - place.x) * rest, place.y)
    return vector / length(vector)
  }

  private static func excess(
    _ normal: SIMD3<Double>, _ lattice: [SIMD3<Double>], _ variance: SIMD3<Double>
  ) -> Excess {
    let across = (variance * normal * normal).sum()
    let pull = variance * normal / across
    var sum = Excess()
    for point in lattice {
      let t = dot(pull, point)
      let f = point - t * normal
      let x = 4 * .pi * .pi * (variance * f * f).sum()
      // Beyond, the wave is nothing; and where t is small, it always is.
      guard x < 25 else { continue }
      let y = 2 * .pi * .pi * across * t * t
      guard y > 2 else { continue }
      let crest = cross(normal, point)
      let inPlane = dot(crest, crest)
      let amplitude = (1 + 0.5 / y) / t * exp(-x / 2)
      let (whole, shift) = ((1 + x / 2) * amplitude, x / 2 * amplitude)
      sum.area += inPlane * whole * whole
      sum.bending += whole * whole * .square(crest)
      sum.bending += -shift * shift * inPlane / 2 * .plane(normal)
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
