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
  /// Relative excess of area and of the integral of H for a noise as large as the contrast.
  private let area: Double
  private let curvature: Double
  /// What the last round adds to the area.
  private let lastGain: Double
  /// How much that of a single surface differs from it, for the noise of the balls.
  private let scatter: ReliefScatter
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
  private static let last = Mutex<(conditions: Conditions, roughness: NoiseRoughness)?>(nil)

  /// The roughness under some conditions, found anew where they are not those of the image before.
  static func under(
    spacing: SIMD3<Double>, pointSpread: SIMD3<Double>, filter: SIMD3<Double>,
    blurVariance: SIMD3<Double>
  ) throws -> NoiseRoughness {
    let conditions = Conditions(spacing: spacing, pointSpread: pointSpread, filter: filter)
    if let last = last.withLock({ $0 }), last.conditions == conditions { return last.roughness }
    let roughness = try NoiseRoughness(
      spacing: spacing, pointSpread: pointSpread, filter: filter, blurVariance: blurVariance)
    last.withLock { $0 = (conditions, roughness) }
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
    let sum = balls.reduce(.zero, +)
    let variance = Self.noise * Self.noise * Double(Self.ballCount)
    area = sum.x / variance
    curvature = sum.y / variance
    lastGain = sum.w / variance
    remainingNoise = (sum.z / variance).squareRoot()
    scatter = ReliefScatter(
      area: balls.map(\.x), curvature: balls.map(\.y), areaOfEach: 4 * .pi * radius * radius)
  }

  /// The excess of area and of the integral of H, what the filter has left of the noise's variance, and the excess of
  /// what the last round adds to the area.
  private static func excess(
    _ images: (smooth: Volume<Float>, rough: Volume<Float>), filter: SIMD3<Double>,
    _ blurVariance: SIMD3<Double>
  ) throws -> SIMD4<Double> {
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
    else { return SIMD4(0, 0, variance, 0) }
    let plain = SurfaceIntegrals(without.surface.curved, roughness: (0, 0))
    let noisy = SurfaceIntegrals(with.surface.curved, roughness: (0, 0))
    // A ball that noise has made larger has more area for that reason alone.
    let growth = noisy.volume / plain.volume - 1
    return SIMD4(
      noisy.area / plain.area - 1 - 2 * growth / 3,
      noisy.meanCurvature / plain.meanCurvature - 1 - growth / 3, variance,
      with.lastGain.area - without.lastGain.area)
  }

  /// The relative excess of area and of the integral of H.
  /// - Parameter noise: Of the unfiltered image, over the contrast of the object.
  func excess(noise: Double) -> (area: Double, curvature: Double) {
    (min(area * noise * noise, Self.limit), min(curvature * noise * noise, Self.limit))
  }

  /// What the last round adds to the area because of noise, as a part of the area.
  func lastGain(noise: Double) -> Double { min(lastGain * noise * noise, Self.limit) }

  /// The relative standard uncertainty of the excess of one surface: how it happens to add up.
  /// - Parameter area: Of the surface, in square units.
  func uncertainty(noise: Double, area: Double) -> (area: Double, curvature: Double) {
    let seen = scatter.relative(area: area)
    let part = noise * noise / (Self.noise * Self.noise)
    return (part * seen.area, part * seen.curvature)
  }
}
