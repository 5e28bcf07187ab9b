internal import LibC
internal import MeshProcessing
internal import Morphometry
internal import Reconstruction
internal import Volumes

/// How surfaces are made and measured from grey values whose blur is known.
struct GreyEstimator: Sendable {
  private let image: Image
  private let field: Volume<Float>
  private let labels: LabelVolume
  private let threshold: Double?
  /// Standard deviation of the Gaussian that made the field, along x, y, z, in units.
  private let filter: SIMD3<Double>
  /// Its variance, in square units.
  private let filterVariance: SIMD3<Double>
  /// Of all that blurred the field.
  private let blurVariance: SIMD3<Double>
  private let roughness: NoiseRoughness
  private let pointSpread: PointSpreadEstimate

  /// - Parameters:
  ///   - threshold: That the objects were found at; `nil` for objects from elsewhere.
  ///   - filter: Standard deviation of the Gaussian that made the field, along x, y, z, in units.
  ///   - pointSpread: That of the microscope.
  init(
    image: Image, field: Volume<Float>, labels: LabelVolume, threshold: Double?,
    filter: SIMD3<Double>,
    pointSpread: PointSpreadEstimate
  ) throws {
    self.image = image
    self.field = field
    self.labels = labels
    self.threshold = threshold
    let grid = field.grid
    self.filter = filter
    filterVariance = grid.varianceOfGaussian(sigma: filter)
    self.pointSpread = pointSpread
    let sigma = pointSpread.sigma
    blurVariance = filterVariance + sigma * sigma + grid.pixelVariance
    roughness = try NoiseRoughness.under(
      spacing: grid.spacing, pointSpread: sigma, filter: filter, blurVariance: blurVariance)
  }

  /// The surface of an object and what it measures; `nil` where its contrast does not tell the level.
  func surface(of object: LabelObject, curvatureScale: Double) throws -> EstimatedSurface? {
    guard let start = try field.ownContrast(of: object, in: labels)?.halfLevel ?? threshold,
      let found = try field.selfConsistentSurface(
        of: object, in: labels, image: image, level: start, filter: filter,
        blurVariance: blurVariance)
    else { return nil }
    var integrals = SurfaceIntegrals(
      found.surface.curved, roughness: roughness.excess(noise: found.noise.atEdge / found.contrast))
    let remainder = remainder(of: found, integrals)
    if Self.isExtrapolated(found) { integrals.add(remainder) }
    var quality = SurfaceQuality()
    quality.unresolvedFraction = found.surface.unresolvedFraction
    quality.edgeNoise = found.noise.atEdge * roughness.remainingNoise / found.contrast
    quality.edgeMisfit = max(found.edgeResidual / found.contrast - quality.edgeNoise, 0)
    quality.blurMisfit = ((found.blurMisfit?.contradiction ?? .zero) / blurVariance).max()
    let curvature = try curvatureField(
      of: object, found.surface.mesh, level: found.level, scale: curvatureScale)
    quality.uncertainty = uncertainty(of: found, integrals, curvature, remainder)
    return EstimatedSurface(
      mesh: found.surface.mesh, integrals: integrals, curvatureField: curvature, quality: quality)
  }

  /// The field around an object, blurred so much more that the whole filter is as wide as the scale.
  private func curvatureField(
    of object: LabelObject, _ mesh: TriangleMesh, level: Double, scale: Double
  ) throws -> FieldCurvature {
    let grid = field.grid
    let more = pointwiseMax(scale * scale - filterVariance, .zero).squareRoot()
    let whole = filterVariance + more * more
    let room = SIMD3<Int>((4 * more / grid.spacing).rounded(.up)) &+ 3
    let part = try field.cropped(
      from: pointwiseMax(object.lower &- room, .zero),
      to: pointwiseMin(object.upper &+ room, grid.size &- 1))
    return try FieldCurvature(
      part.gaussianBlurred(sigma: more), level: level,
      blurVariance: blurVariance + grid.varianceOfGaussian(sigma: more),
      scale: pow(whole.x * whole.y * whole.z, 1 / 6.0), at: mesh.positions)
  }

  private func uncertainty(
    of found: SelfConsistentSurface, _ integrals: SurfaceIntegrals, _ curvature: FieldCurvature,
    _ remainder: SurfaceUncertainty.Contribution
  ) -> SurfaceUncertainty {
    let surface = found.surface
    let (area, meanCurvature) = (integrals.area, abs(integrals.meanCurvature))
    var uncertainty = SurfaceUncertainty()
    uncertainty.level = .init(
      area: abs(surface.areaPerLevel) * found.levelUncertainty,
      volume: surface.volumePerLevel * found.levelUncertainty,
      meanCurvature: abs(surface.curvaturePerLevel) * found.levelUncertainty)
    uncertainty.sampling = .init(
      ofPatches: surface.volumePerLevel * found.surfaceNoise,
      meanSquares: curvature.meanSquares(on: surface.curved))
    let relief = roughness.uncertainty(
      noise: found.noise.atEdge / found.contrast, area: area,
      isExtrapolated: Self.isExtrapolated(found))
    uncertainty.relief = .init(
      area: relief.area * area, meanCurvature: relief.curvature * meanCurvature)
    uncertainty.series = .init(
      area: abs(remainder.area), volume: abs(remainder.volume),
      meanCurvature: abs(remainder.meanCurvature))
    uncertainty.stain = stain(of: found, integrals, curvature)
    uncertainty.blur = Self.blur(of: found, integrals, pointSpread)
    return uncertainty
  }

  /// Whether what the search leaves is added: rounds are slow to bring out what bends as sharply as the blur, and what
  /// they add to the surface of an uneven stain is of the stain.
  private static func isExtrapolated(_ found: SelfConsistentSurface) -> Bool {
    found.surface.unresolvedFraction > 0 && found.stain.deviation == 0
  }

  /// What the search for the surface leaves, by what its last round has added; of area and integral of H noise has added
  /// a part of it.
  private func remainder(
    of found: SelfConsistentSurface, _ integrals: SurfaceIntegrals
  ) -> SurfaceUncertainty.Contribution {
    let rough = roughness.lastGain(noise: found.noise.atEdge / found.contrast)
    let (gain, rounds) = (found.lastGain, found.roundsLeft)
    return .init(
      area: rounds * (gain.area - rough.area) * integrals.area,
      volume: rounds * gain.volume * integrals.volume,
      meanCurvature: rounds * (gain.meanCurvature - rough.curvature)
        * integrals.meanCurvature)
  }

  /// What is not known of the stain beside the surface moves its patches. With the square of the stain, weak patches sink
  /// farther than strong ones rise, and the slopes between them add to the area, of which it is not known how much is
  /// found. Where it is not evened, the filter of the field has taken some of the stain away and made it wider.
  private func stain(
    of found: SelfConsistentSurface, _ integrals: SurfaceIntegrals, _ curvature: FieldCurvature
  ) -> SurfaceUncertainty.Contribution {
    let surface = found.surface
    var stain = SurfaceUncertainty.Contribution(
      ofPatches: found.stainUncertainty * surface.volumePerLevel,
      meanSquares: curvature.meanSquares(on: surface.curved))
    let recorded = found.stain.length * found.stain.length
    let widened = recorded + (found.isEvened ? 0 : 2 * filterVariance.sum() / 3)
    let length = widened.squareRoot()
    let deviation =
      found.stain.deviation * pow(recorded / widened, 0.75) * found.unknownStain.squareRoot()
    let moved = deviation * found.contrast / 2 * surface.volumePerLevel
    let doubt = found.isEvened ? 1 : found.stain.widening * found.stain.widening
    stain.volume = hypot(stain.volume, doubt * deviation * moved)
    let slope = moved / integrals.area / length
    stain.area = hypot(stain.area, slope * slope * integrals.area)
    stain.meanCurvature = hypot(
      stain.meanCurvature, slope * slope * abs(integrals.meanCurvature))
    return stain
  }

  /// A surface is moved by half the variance of the blur times the sum of its curvatures, that is by H times the
  /// variance.
  ///
  /// How far that variance is off is what the search for it says, and what the edge of the object says where it
  /// contradicts: a blur that is given counts as known only as long as the image looks like it.
  private static func blur(
    of found: SelfConsistentSurface, _ integrals: SurfaceIntegrals,
    _ pointSpread: PointSpreadEstimate
  ) -> SurfaceUncertainty.Contribution {
    let misfit = found.blurMisfit?.contradiction ?? .zero
    let variance = hypot(pointSpread.varianceUncertainty.sum(), misfit.sum()) / 3
    let (area, meanCurvature) = (integrals.area, abs(integrals.meanCurvature))
    return .init(
      area: 2 * meanCurvature * meanCurvature / area * variance, volume: meanCurvature * variance,
      meanCurvature: 4 * .pi * meanCurvature / area * variance)
  }
}
