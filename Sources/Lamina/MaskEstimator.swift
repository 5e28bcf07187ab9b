internal import LibC
internal import MeshProcessing
internal import Morphometry
internal import Reconstruction
internal import Volumes

/// How the surfaces of masks of about one size are made and measured on one lattice.
///
/// A wide blur takes the staircase off well but blurs the shape away, so objects get a blur that grows
/// with their size. What the blur leaves of the staircase is known from theory (``StaircaseArea``) for
/// planes, and by how much it differs at this size from balls (``BallRelief``).
struct MaskEstimator: Sendable {
  /// Standard deviation of the blur along x, y, z, in units.
  private let sigma: SIMD3<Double>
  private let staircase: StaircaseArea
  private let scatter: ReliefScatter
  private let sampling: SamplingUncertainty

  /// A size of objects, and the blur for it: both in lengths of ``MaskEstimator/unit(of:)``.
  struct Size: Hashable, Sendable {
    let radius: Double
    let blur: Double
  }

  private static let sizes = [
    Size(radius: 4, blur: 1), Size(radius: 5.5, blur: 1), Size(radius: 8, blur: 1.125),
    Size(radius: 11, blur: 1.25), Size(radius: 15, blur: 1.375), Size(radius: 20, blur: 1.5),
    Size(radius: 28, blur: 1.75), Size(radius: 40, blur: 2),
  ]

  /// The size that an object falls under.
  /// - Parameter thickness: Three times volume over area: the radius of a ball.
  static func size(thickness: Double, spacing: SIMD3<Double>) -> Size {
    let radius = thickness / unit(of: spacing)
    return sizes.min { abs(log($0.radius / radius)) < abs(log($1.radius / radius)) } ?? sizes[0]
  }

  /// The length that stands for a voxel: the geometric mean of its shortest and longest side.
  private static func unit(of spacing: SIMD3<Double>) -> Double {
    (spacing.min() * spacing.max()).squareRoot()
  }

  init(_ size: Size, spacing: SIMD3<Double>, sampling: SamplingUncertainty) throws {
    self.sampling = sampling
    let unit = Self.unit(of: spacing)
    // Less than 0.75 voxels along an axis cannot be sampled.
    sigma = pointwiseMax(SIMD3(repeating: size.blur * unit), 0.75 * spacing)
    let relief = try BallRelief(radius: size.radius * unit, sigma: sigma, spacing: spacing)
    staircase = relief.staircase
    scatter = relief.scatter
  }

  /// The surface of an object and what it measures; `nil` for one of too few voxels.
  func surface(
    of object: LabelObject, in labels: LabelVolume, curvatureScale: Double
  ) throws -> EstimatedSurface? {
    let volume = Double(object.voxelCount) * labels.grid.voxelVolume
    guard let surface = try labels.subvoxelSurface(of: object, sigma: sigma, volume: volume)
    else { return nil }
    let curvature = try curvature(of: object, in: labels, surface.mesh, scale: curvatureScale)
    let tells = Self.tellingRatios.contains(curvature.scale / blur)
    let wider =
      tells
      ? curvature : try self.curvature(of: object, in: labels, surface.mesh, scale: 2 * blur)
    var integrals = SurfaceIntegrals(surface.curved, staircase: staircase)
    let series = integrals.extrapolate(
      from: SurfaceIntegrals(wider.surface(like: surface.curved), staircase: nil),
      widthRatio: wider.scale / blur,
      edges: UnresolvedEdges(
        surface.meanCurvatures, wide: wider.mean, widthRatio: wider.scale / blur,
        unresolved: surface.unresolved))
    var quality = SurfaceQuality()
    quality.unresolvedFraction = surface.unresolvedFraction
    let patches = sampling.contribution(
      area: integrals.area, meanSquares: wider.meanSquares(on: surface.curved))
    let faces = FlatFaces(of: object, in: labels)
    quality.uncertainty = SurfaceUncertainty(
      mask: integrals, sampling: patches.combined(with: faces.uncertainty), series: series,
      blur: blur, scatter: scatter)
    return EstimatedSurface(
      mesh: surface.mesh, integrals: integrals, curvatureField: curvature, quality: quality)
  }

  /// Ratios of a wider blur to that of the surface that tell what both leave out: not much the same, and not so
  /// wide that the shape is lost.
  private static let tellingRatios = 1.4...2.5

  /// The geometric mean of the blur along the axes, in units.
  private var blur: Double { cbrt(sigma.x * sigma.y * sigma.z) }

  /// The curvature at the vertices of a mesh of an object, through a blur of a given width in units.
  private func curvature(
    of object: LabelObject, in labels: LabelVolume, _ mesh: TriangleMesh, scale: Double
  ) throws -> FieldCurvature {
    let wide = pointwiseMax(SIMD3(repeating: scale), sigma)
    let field = try labels.mask(of: object, reach: 4 * wide).gaussianBlurred(sigma: wide)
    return try FieldCurvature(
      field, level: 0.5, blurVariance: field.grid.varianceOfGaussian(sigma: wide),
      scale: cbrt(wide.x * wide.y * wide.z), at: mesh.positions)
  }
}
