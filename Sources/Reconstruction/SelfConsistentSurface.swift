internal import LibC
internal import MeshProcessing
public import Volumes

/// The surface of an object at half of its own contrast, where the blur of the image is known.
///
/// A threshold for the whole image is half of the contrast of no single object, and a per cent of the contrast
/// is 1.7 % of the volume of an object of 8 voxels in radius. Which level is the half can be found from the
/// object itself: the surface at a level, seen through the known blur, gives a picture; background and
/// contrast that make the picture the image give the next level.
///
///      level ─▶ ``SubvoxelSurface`` ─▶ its picture through the blur ─▶ ``ContrastFit`` ─▶ level
public struct SelfConsistentSurface: Sendable {
  public let surface: SubvoxelSurface
  /// The grey value that the surface runs at.
  public let level: Double
  public let background: Double
  public let contrast: Double
  /// The standard uncertainty of the level, in grey values.
  public let levelUncertainty: Double
  /// How much larger an error becomes because the level is found from the surface: what makes the surface too large
  /// makes the contrast too low, that the level, and that the surface larger still. 1 for a large object; the
  /// smaller one is beside the blur, the less size and contrast can be told apart.
  public let levelGain: Double
  /// The noise of the unfiltered image at the surface, in grey values.
  public let noise: Double
  /// By how much the picture differs from the field at the edge, in grey values (root mean square): noise, a
  /// blur that is not the one that was assumed, an object that is not evenly bright.
  public let edgeResidual: Double
  /// How far the blur is from the one that was assumed; `nil` where the edge does not tell.
  public let blurMisfit: BlurMisfit?

  private static let rounds = 8
  /// The level is found when it changes by less than this part of the contrast.
  private static let tolerance = 2e-4
}

extension Volume where Element == Float {
  /// Finds the surface of one object in a field, starting at the level that its label was found at.
  ///
  /// Only the outer surface is found, and of an object in several parts the largest.
  /// - Parameters:
  ///   - image: The image as it was recorded, which says what noise there is.
  ///   - filterVariance: Of the filter that made the field from the image, along x, y, z, in square units.
  ///   - blurVariance: Of all that blurred it: the filter, the point-spread function, the pixel.
  /// - Returns: `nil` where there is no such level: contrast too low, or an object too small.
  public func selfConsistentSurface(
    of object: LabelObject, in labels: LabelVolume, image: Image, level: Double,
    filterVariance: SIMD3<Double>, blurVariance: SIMD3<Double>
  ) throws(VolumeError) -> SelfConsistentSurface? {
    let sigma = blurVariance.squareRoot()
    let region = OwnRegion(
      around: object, in: labels, room: SIMD3<Int>((4 * sigma / grid.spacing).rounded(.up)) &+ 2)
    return try SelfConsistentSurface(
      field: self, raw: image.cropped(from: region.lower, to: region.upper), region: region,
      level: level, filterVariance: filterVariance, blurVariance: blurVariance)
  }
}

extension SelfConsistentSurface {
  fileprivate init?(
    field: Volume<Float>, raw: Volume<Float>, region: OwnRegion, level start: Double,
    filterVariance: SIMD3<Double>, blurVariance: SIMD3<Double>
  ) throws(VolumeError) {
    let view = BlurredView(blurVariance: blurVariance, grid: region.grid)
    let part = try field.cropped(from: region.lower, to: region.upper)
    let masked = region.masked(part)
    let spline = try CubicSpline(field, lower: region.lower, upper: region.upper)
    let others = try view.picture(of: region.others())
    let shiftScale = SubvoxelSurface.shiftScale(on: region.grid)
    var search = LevelSearch(start)
    var found: (picture: Volume<Float>, fit: ContrastFit)?
    for _ in 0..<Self.rounds {
      let surface = SubvoxelSurface(
        of: Territory(field: masked, level: Float(search.level)), grid: region.grid,
        level: search.level, spline: spline, blurVariance: blurVariance, sampling: .vertices,
        parts: .largest, shiftScale: shiftScale)
      guard !surface.mesh.isEmpty, surface.mesh.signedVolume > 0 else { return nil }
      let picture = try view.picture(of: surface.filled())
      guard
        let fit = ContrastFit(
          part, picture: picture, others: others, region: region),
        fit.contrast > 0
      else { return nil }
      found = (picture, fit)
      let change = search.next(fit.halfLevel)
      if abs(change) < Self.tolerance * fit.contrast { break }
    }
    guard let found, abs(search.change) < 0.02 * found.fit.contrast else { return nil }
    level = found.fit.halfLevel
    surface = SubvoxelSurface(
      of: Territory(field: masked, level: Float(level)), grid: region.grid, level: level,
      spline: spline, blurVariance: blurVariance, sampling: .edges, parts: .largest,
      shiftScale: shiftScale)
    guard !surface.mesh.isEmpty else { return nil }
    background = found.fit.background
    contrast = found.fit.contrast
    noise = raw.noise(atEdgeOf: found.picture, region: region)
    edgeResidual = found.fit.edgeResidual
    // Noise is the same over about one width of the filter, so that fewer voxels are independent.
    let correlated = max(
      1,
      8 * pow(.pi, 1.5)
        * (filterVariance / (region.grid.spacing * region.grid.spacing)).squareRoot().product)
    levelGain = max(1, 1 / (1 - search.ratio))
    levelUncertainty = found.fit.levelUncertainty * correlated.squareRoot() * levelGain
    blurMisfit = BlurMisfit(
      part, picture: found.picture, others: others, region: region, correlatedVoxels: correlated)
  }
}

/// What things look like through the blur.
private struct BlurredView {
  private let sigma: SIMD3<Double>
  private let grid: Grid

  init(blurVariance: SIMD3<Double>, grid: Grid) {
    self.grid = grid
    // Coverage is the mean over a voxel already.
    let rest = blurVariance - grid.spacing * grid.spacing / 12
    sigma = pointwiseMax(rest, .zero).squareRoot()
  }

  func picture(of mesh: TriangleMesh) throws(VolumeError) -> Volume<Float> {
    try picture(of: MeshCoverage.volume(of: mesh, on: grid))
  }

  func picture(of coverage: Volume<Float>) throws(VolumeError) -> Volume<Float> {
    try coverage.gaussianBlurred(sigma: sigma)
  }
}

/// The search for the level that leads to itself.
///
/// Each step of the plain iteration leaves about the same part of the error, so that from two of them it
/// can be told where they lead (Aitken).
private struct LevelSearch {
  /// To be tried next.
  private(set) var level: Double
  /// Tried last.
  private(set) var evaluated: Double
  /// The change from the level tried last to the one that followed from it.
  private(set) var change = Double.infinity
  /// The part of an error that remains after a step, as far as one can tell and within reason.
  private(set) var ratio = 0.0

  init(_ start: Double) {
    level = start
    evaluated = start
  }

  mutating func next(_ result: Double) -> Double {
    let before = change
    let tried = level
    change = result - tried
    // Steps that are all but none tell nothing new.
    if before.isFinite, abs(tried - evaluated) > 0 {
      ratio = min(max(1 - (before - change) / (tried - evaluated), -0.5), 0.85)
    }
    evaluated = tried
    level = tried + change / (1 - ratio)
    return change
  }
}

extension SubvoxelSurface {
  /// The mesh, so much larger that it encloses what its curved facets do.
  fileprivate func filled() -> TriangleMesh {
    let bulge = curved.signedVolume - mesh.signedVolume
    return offset(by: bulge / max(mesh.surfaceArea, .leastNormalMagnitude)).mesh
  }
}

extension SIMD3<Double> {
  fileprivate var product: Double { x * y * z }
}
