internal import MeshProcessing
internal import Morphometry
internal import Phantoms
internal import Reconstruction
internal import Volumes

/// How much noise roughens surfaces: by which part it makes their area and integral of H larger.
///
/// Both grow with the square of the noise and depend little on the shape, since the roughness is finer than that.
/// So they are measured once for an image: on balls with the same voxels, point-spread function and filter, with
/// noise and without.
struct NoiseRoughness: Sendable {
  /// Relative excess of area and of the integral of H for a noise as large as the contrast.
  private let area: Double
  private let curvature: Double
  /// What the filter leaves of the standard deviation of noise, as a part.
  let remainingNoise: Double

  private static let ballCount = 4
  /// In lengths of a voxel (the geometric mean of its shortest and longest side).
  private static let ballRadius = 10.0
  /// Noise of the image over the contrast.
  private static let noise = 0.1
  /// Beyond this part nothing is taken off: so much noise is no small perturbation, and texture may pretend it.
  private static let limit = 0.05

  /// - Parameters:
  ///   - filter: Standard deviation of the Gaussian that makes the field from the image, in units.
  ///   - blurVariance: Of filter, point-spread function and pixel together, in square units.
  init(
    spacing: SIMD3<Double>, pointSpread: SIMD3<Double>, filter: SIMD3<Double>,
    blurVariance: SIMD3<Double>
  ) throws {
    let balls = try Parallel.map(Self.ballCount) { index in
      let radius = Self.ballRadius * (spacing.min() * spacing.max()).squareRoot()
      var ball = Phantom(solid: .sphere(radius: radius)).inRandomPose(seed: UInt64(index))
      ball.spacing = spacing
      ball.sampling = .plane
      ball.blur = pointSpread
      (ball.background, ball.foreground) = (0, 1)
      let smooth = try ball.volume().gaussianBlurred(sigma: filter)
      ball.noise = Self.noise
      let rough = try ball.volume().gaussianBlurred(sigma: filter)
      return try Self.excess(of: rough, over: smooth, blurVariance)
    }
    let sum = balls.reduce(.zero, +)
    let variance = Self.noise * Self.noise * Double(Self.ballCount)
    area = sum.x / variance
    curvature = sum.y / variance
    remainingNoise = (sum.z / variance).squareRoot()
  }

  /// The excess of area and of the integral of H, and what the filter has left of the noise's variance.
  private static func excess(
    of rough: Volume<Float>, over smooth: Volume<Float>, _ blurVariance: SIMD3<Double>
  ) throws -> SIMD3<Double> {
    func measure(_ field: Volume<Float>) throws -> SurfaceIntegrals {
      let surface = try SubvoxelSurface(of: field, level: 0.5, blurVariance: blurVariance)
      return SurfaceIntegrals(surface.curved, roughness: (0, 0))
    }
    let (without, with) = (try measure(smooth), try measure(rough))
    var variance = 0.0
    for voxel in rough.voxels.indices {
      let difference = Double(rough.voxels[voxel] - smooth.voxels[voxel])
      variance += difference * difference
    }
    // A ball that noise has made larger has more area for that reason alone.
    let growth = with.volume / without.volume - 1
    return SIMD3(
      with.area / without.area - 1 - 2 * growth / 3,
      with.meanCurvature / without.meanCurvature - 1 - growth / 3,
      variance / Double(rough.grid.voxelCount))
  }

  /// The relative excess of area and of the integral of H.
  /// - Parameter noise: Of the unfiltered image, over the contrast of the object.
  func excess(noise: Double) -> (area: Double, curvature: Double) {
    (min(area * noise * noise, Self.limit), min(curvature * noise * noise, Self.limit))
  }
}
