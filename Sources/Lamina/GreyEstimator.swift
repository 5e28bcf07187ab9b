internal import MeshProcessing
internal import Morphometry
internal import Reconstruction
internal import Volumes

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// How surfaces are made and measured from grey values whose blur is known.
struct GreyEstimator: Sendable {
  private let field: Volume<Float>
  private let labels: LabelVolume
  private let threshold: Double
  /// Of the Gaussian that made the field, along x, y, z, in square units.
  private let filterVariance: SIMD3<Double>
  /// Of all that blurred the field.
  private let blurVariance: SIMD3<Double>

  /// - Parameters:
  ///   - filter: Standard deviation of the Gaussian that made the field, along x, y, z, in units.
  ///   - pointSpread: That of the microscope.
  init(
    field: Volume<Float>, labels: LabelVolume, threshold: Double, filter: SIMD3<Double>,
    pointSpread: SIMD3<Double>
  ) {
    self.field = field
    self.labels = labels
    self.threshold = threshold
    let grid = field.grid
    filterVariance = grid.varianceOfGaussian(sigma: filter)
    // A pixel of a camera sums up light over its area; a slice is a plane.
    let pixel = grid.spacing * SIMD3(1, 1, 0)
    blurVariance = filterVariance + pointSpread * pointSpread + pixel * pixel / 12
  }

  /// The surface of an object and what it measures; `nil` where its contrast does not tell the level.
  func surface(of object: LabelObject, curvatureScale: Double) throws -> EstimatedSurface? {
    guard
      let found = try field.selfConsistentSurface(
        of: object, in: labels, level: threshold, filterVariance: filterVariance,
        blurVariance: blurVariance)
    else { return nil }
    let integrals = SurfaceIntegrals(found.surface.curved)
    var quality = SurfaceQuality()
    quality.unresolvedFraction = found.surface.unresolvedFraction
    quality.uncertainty = uncertainty(of: found, area: integrals.area)
    return EstimatedSurface(
      mesh: found.surface.mesh, integrals: integrals,
      curvatureField: try curvatureField(of: object, level: found.level, scale: curvatureScale),
      quality: quality)
  }

  /// The field around an object, blurred so much more that the whole filter is as wide as the scale.
  private func curvatureField(
    of object: LabelObject, level: Double, scale: Double
  ) throws -> FieldCurvature {
    let grid = field.grid
    let more = pointwiseMax(scale * scale - filterVariance, .zero).squareRoot()
    let room = SIMD3<Int>((4 * more / grid.spacing).rounded(.up)) &+ 3
    let part = try field.cropped(
      from: pointwiseMax(object.lower &- room, .zero),
      to: pointwiseMin(object.upper &+ room, grid.size &- 1))
    return try FieldCurvature(
      part.gaussianBlurred(sigma: more), level: level,
      blurVariance: blurVariance + grid.varianceOfGaussian(sigma: more))
  }

  private func uncertainty(
    of found: SelfConsistentSurface, area: Double
  ) -> SurfaceUncertainty {
    let surface = found.surface
    let meanCurvature =
      surface.areaPerLevel / max(surface.volumePerLevel, .leastNormalMagnitude) / 2 * area
    var uncertainty = SurfaceUncertainty()
    uncertainty.level = .init(
      area: abs(surface.areaPerLevel) * found.levelUncertainty,
      volume: surface.volumePerLevel * found.levelUncertainty,
      meanCurvature: 2 * .pi * surface.volumePerLevel / area * found.levelUncertainty)
    // Noise moves patches of the surface as large as the filter is wide, each by itself.
    let patch = 4 * .pi * pow(filterVariance.x * filterVariance.y * filterVariance.z, 1 / 3.0)
    let volume = found.noise * surface.volumePerLevel * (patch / area).squareRoot()
    uncertainty.sampling = .init(
      area: abs(2 * meanCurvature / area) * volume, volume: volume,
      meanCurvature: 4 * .pi / area * volume)
    let series = max(surface.seriesError, 0.0005)
    uncertainty.series = .init(
      area: series * area, volume: series * surface.curved.signedVolume,
      meanCurvature: series * abs(meanCurvature))
    return uncertainty
  }
}
