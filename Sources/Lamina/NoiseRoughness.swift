internal import LibC
internal import MeshProcessing
internal import Morphometry
internal import Phantoms
internal import Reconstruction
internal import Synchronization
internal import Volumes

/// How much noise roughens surfaces: by which part it makes their area and integral of H larger, and how much of that
/// the last round of the search for the surface has added.
///
/// All of it grows with the square of the noise and depends little on the shape, since the roughness is finer than that.
/// So they are measured once for an image: on balls with the same voxels, point-spread function and filter, with
/// noise and without.
struct NoiseRoughness: Sendable {
  /// What it makes of area and integral of H.
  typealias Excess = (area: Double, curvature: Double)

  /// Relative, for a noise as large as the contrast.
  private let whole: Excess
  /// What the last round adds of it.
  private let last: Excess
  /// How much that of a single surface differs from it, for the noise of the balls.
  private let scatter: ReliefScatter
  /// The same where what the search leaves is added.
  private let extrapolatedScatter: ReliefScatter
  /// What the filter leaves of the standard deviation of noise, as a part.
  let remainingNoise: Double

  private static let ballCount = 6
  /// In lengths of a voxel (the geometric mean of its shortest and longest side).
  private static let ballRadius = 10.0
  /// Noise of the image over the contrast.
  private static let noise = 0.1
  /// Beyond this part nothing is taken off: so much noise is no small perturbation, and texture may pretend it.
  private static let limit = 0.05

  /// What it depends on.
  private struct Conditions: Hashable {
    let spacing: SIMD3<Double>
    let pointSpread: SIMD3<Double>
    let filter: SIMD3<Double>
  }

  /// The last one, since images that follow each other are often alike.
  private static let latest = Mutex<(conditions: Conditions, roughness: NoiseRoughness)?>(nil)

  /// The roughness under some conditions, found anew where they are not those of the image before.
  static func under(
    spacing: SIMD3<Double>, pointSpread: SIMD3<Double>, filter: SIMD3<Double>,
    blurVariance: SIMD3<Double>
  ) throws -> NoiseRoughness {
    let conditions = Conditions(spacing: spacing, pointSpread: pointSpread, filter: filter)
    if let latest = latest.withLock({ $0 }), latest.conditions == conditions {
      return latest.roughness
    }
    let roughness = try NoiseRoughness(
      spacing: spacing, pointSpread: pointSpread, filter: filter, blurVariance: blurVariance)
    latest.withLock { $0 = (conditions, roughness) }
    return roughness
  }

  /// - Parameters:
  ///   - filter: Standard deviation of the Gaussian that makes the field from the image, in units.
  ///   - blurVariance: Of filter, point-spread function and pixel together, in square units.
  private init(
    spacing: SIMD3<Double>, pointSpread: SIMD3<Double>, filter: SIMD3<Double>,
    blurVariance: SIMD3<Double>
  ) throws {
    let radius = Self.ballRadius * (spacing.min() * spacing.max()).squareRoot()
    let balls = try Parallel.map(Self.ballCount) { index in
      var ball = Phantom(solid: .sphere(radius: radius)).inRandomPose(seed: UInt64(index))
      ball.spacing = spacing
      ball.sampling = .plane
      ball.blur = pointSpread
      (ball.background, ball.foreground) = (0, 1)
      let smooth = try ball.volume()
      ball.noise = Self.noise
      let pair = (smooth: smooth, rough: try ball.volume())
      return try Self.excess(pair, filter: filter, blurVariance)
    }
    let variance = Self.noise * Self.noise
    func mean(_ part: (Ball) -> Double) -> Double {
      balls.reduce(0) { $0 + part($1) } / Double(balls.count) / variance
    }
    whole = (mean(\.whole.area), mean(\.whole.curvature))
    last = (mean(\.last.area), mean(\.last.curvature))
    remainingNoise = mean(\.remainingVariance).squareRoot()
    func scatter(_ part: (Ball) -> Excess) -> ReliefScatter {
      ReliefScatter(
        area: balls.map { part($0).area }, curvature: balls.map { part($0).curvature },
        areaOfEach: 4 * .pi * radius * radius)
    }
    self.scatter = scatter(\.whole)
    extrapolatedScatter = scatter(\.extrapolated)
  }

  /// What the noise of one ball does.
  private struct Ball {
    var whole: Excess = (0, 0)
    var last: Excess = (0, 0)
    /// How many rounds like the last one would be added.
    var roundsLeft = 0.0
    var extrapolated: Excess {
      (whole.area + roundsLeft * last.area, whole.curvature + roundsLeft * last.curvature)
    }
    /// What the filter has left of the noise's variance.
    var remainingVariance: Double
  }

  private static func excess(
    _ images: (smooth: Volume<Float>, rough: Volume<Float>), filter: SIMD3<Double>,
    _ blurVariance: SIMD3<Double>
  ) throws -> Ball {
    let labels = try images.smooth.mask(above: 0.5).connectedComponents()
    func find(_ image: Volume<Float>, _ field: Volume<Float>) throws -> SelfConsistentSurface? {
      guard let ball = labels.objects().first else { return nil }
      return try field.selfConsistentSurface(
        of: ball, in: labels, image: .float32(image), level: 0.5, filter: filter,
        blurVariance: blurVariance, isEvened: false)
    }
    let smooth = try images.smooth.gaussianBlurred(sigma: filter)
    let rough = try images.rough.gaussianBlurred(sigma: filter)
    var variance = 0.0
    for voxel in rough.voxels.indices {
      let difference = Double(rough.voxels[voxel] - smooth.voxels[voxel])
      variance += difference * difference
    }
    variance /= Double(rough.grid.voxelCount)
    guard let without = try find(images.smooth, smooth), let with = try find(images.rough, rough)
    else { return Ball(remainingVariance: variance) }
    let plain = SurfaceIntegrals(without.surface.curved, roughness: (0, 0))
    let noisy = SurfaceIntegrals(with.surface.curved, roughness: (0, 0))
    // A ball that noise has made larger has more area for that reason alone.
    let growth = noisy.volume / plain.volume - 1
    return Ball(
      whole: (
        noisy.area / plain.area - 1 - 2 * growth / 3,
        noisy.meanCurvature / plain.meanCurvature - 1 - growth / 3
      ),
      last: (
        with.lastGain.area - without.lastGain.area,
        with.lastGain.meanCurvature - without.lastGain.meanCurvature
      ), roundsLeft: with.roundsLeft, remainingVariance: variance)
  }

  /// The relative excess of area and of the integral of H.
  /// - Parameter noise: Of the unfiltered image, over the contrast of the object.
  func excess(noise: Double) -> Excess { Self.scaled(whole, noise: noise) }

  /// What of it the last round of the search has added.
  func lastGain(noise: Double) -> Excess { Self.scaled(last, noise: noise) }

  private static func scaled(_ excess: Excess, noise: Double) -> Excess {
    let part = noise * noise
    return (min(excess.area * part, limit), min(excess.curvature * part, limit))
  }

  /// The relative standard uncertainty of the excess of one surface: how it happens to add up.
  /// - Parameters:
  ///   - area: Of the surface, in square units.
  ///   - isExtrapolated: Whether what the search leaves is added.
  func uncertainty(noise: Double, area: Double, isExtrapolated: Bool) -> Excess {
    let seen = (isExtrapolated ? extrapolatedScatter : scatter).relative(area: area)
    let part = noise * noise / (Self.noise * Self.noise)
    return (part * seen.area, part * seen.curvature)
  }
}
