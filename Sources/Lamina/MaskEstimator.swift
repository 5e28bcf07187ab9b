internal import MeshProcessing
internal import Morphometry
internal import Reconstruction
internal import Volumes

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// How the surfaces of masks of about one size are made and measured on one lattice.
///
/// A wide blur takes the staircase off well but blurs the shape away, so objects get a blur that grows
/// with their size. What the blur leaves of the staircase is known from theory (``StaircaseArea``) for
/// planes; by how much it differs at this size is measured here, on digitised balls, whose area and integral
/// of H are known.
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
  /// Above this radius a ball is a plane to the blur.
  private static let planeRadius = 24.0
  /// The area of all balls together, in squares of the unit: enough to average over how they lie.
  private static let calibrationArea = 6000.0
  /// Enough to tell how much balls differ.
  private static let fewestBalls = 6

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
    let grid = Grid(size: .one, spacing: spacing)
    let plane = StaircaseArea(
      spacing: spacing, blurVariance: grid.varianceOfGaussian(sigma: sigma))
    guard size.radius < Self.planeRadius else {
      staircase = plane
      scatter = .none
      return
    }
    let radius = size.radius * unit
    let count = (Self.calibrationArea / (4 * .pi * size.radius * size.radius)).rounded(.up)
    let excesses = try (0..<max(Int(count), Self.fewestBalls)).map { [sigma] in
      try Self.excess(radius, $0, sigma, spacing, plane)
    }
    let sum = excesses.reduce(.zero, +)
    scatter = ReliefScatter(
      area: excesses.map(\.x), curvature: excesses.map(\.y), areaOfEach: 4 * .pi * radius * radius)
    staircase = plane.scaled(area: sum.x / sum.z, curvature: sum.y / sum.z)
  }

  /// The excess of area and of the integral of H of a digitised ball, and what theory says of planes.
  private static func excess(
    _ radius: Double, _ index: Int, _ sigma: SIMD3<Double>, _ spacing: SIMD3<Double>,
    _ plane: StaircaseArea
  ) throws -> SIMD3<Double> {
    let volume = 4 / 3 * .pi * radius * radius * radius
    let labels = try LabelVolume(ball: radius, index, spacing: spacing)
    guard let ball = labels.objects().first,
      let surface = try labels.subvoxelSurface(of: ball, sigma: sigma, volume: volume)
    else { return SIMD3(0, 0, 1) }
    let measured = SurfaceIntegrals(surface.curved, staircase: plane)
    let flawed = 1 + measured.staircaseExcess
    return SIMD3(
      flawed * measured.area / (4 * .pi * radius * radius) - 1,
      flawed * measured.meanCurvature / (4 * .pi * radius) - 1, measured.staircaseExcess)
  }

  /// The surface of an object and what it measures; `nil` for one of too few voxels.
  func surface(
    of object: LabelObject, in labels: LabelVolume, curvatureScale: Double
  ) throws -> EstimatedSurface? {
    let volume = Double(object.voxelCount) * labels.grid.voxelVolume
    guard let surface = try labels.subvoxelSurface(of: object, sigma: sigma, volume: volume)
    else { return nil }
    let integrals = SurfaceIntegrals(surface.curved, staircase: staircase)
    var quality = SurfaceQuality()
    quality.unresolvedFraction = surface.unresolvedFraction
    quality.uncertainty = SurfaceUncertainty(
      mask: integrals, eulerNumber: surface.mesh.topology().eulerNumber,
      seriesError: surface.seriesError, blur: cbrt(sigma.x * sigma.y * sigma.z), scatter: scatter,
      sampling: sampling)
    let wide = pointwiseMax(SIMD3(repeating: curvatureScale), sigma)
    let field = try labels.mask(of: object, reach: 4 * wide).gaussianBlurred(sigma: wide)
    let curvature = try FieldCurvature(
      field, level: 0.5, blurVariance: field.grid.varianceOfGaussian(sigma: wide),
      scale: cbrt(wide.x * wide.y * wide.z))
    return EstimatedSurface(
      mesh: surface.mesh, integrals: integrals, curvatureField: curvature, quality: quality)
  }
}

extension Volume where Element == UInt32 {
  /// A digitised ball, its centre at one of a sequence of places within a voxel that fills it evenly.
  fileprivate init(ball radius: Double, _ index: Int, spacing: SIMD3<Double>) throws {
    // Steps of the generalised golden ratio in three dimensions.
    let steps = SIMD3(0.819_172_513, 0.671_043_607, 0.549_700_478)
    let shift = (0.5 + Double(index) * steps).truncated
    let half = SIMD3<Int>((radius / spacing).rounded(.up)) &+ 2
    try self.init(grid: Grid(size: 2 &* half &+ 1, spacing: spacing))
    let grid = grid
    var target = mutableVoxels
    for z in 0..<grid.size.z {
      for y in 0..<grid.size.y {
        for x in 0..<grid.size.x {
          let place = (SIMD3<Double>(SIMD3(x, y, z) &- half) - shift) * spacing
          if dot(place, place) < radius * radius { target[grid.offset(x, y, z)] = 1 }
        }
      }
    }
  }
}

extension SIMD3<Double> {
  /// The parts behind the point.
  fileprivate var truncated: SIMD3<Double> { self - rounded(.down) }
}
