internal import LibC
internal import MeshProcessing
public import Volumes

/// The surface of an object at half of its own contrast, where the blur of the image is known.
///
/// A threshold for the whole image is half of the contrast of no single object, and a per cent of the contrast
/// is 1.7 % of the volume of an object of 8 voxels in radius. Which level is the half can be found from the
/// object itself: the surface at a level, seen through the known blur, gives a picture; background and
/// contrast that make the picture the image give the next level (``LevelSearch``). Where the picture still differs from
/// the image at the surface, the surface is moved until it does not (``MatchedSurface``).
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

  /// Beyond this part of an error that remains after a step of the search, the part itself is not known well.
  private static let mostRemainder = 0.95
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
    let scene = try ObjectScene(field, region, blurVariance: blurVariance)
    guard let search = try LevelSearch(from: start, in: scene),
      let matched = try MatchedSurface(from: search.level, in: scene)
    else { return nil }
    let fit = matched.view.fit
    level = matched.level
    surface = matched.surface.surface(.edges)
    background = fit.background
    contrast = fit.contrast
    noise = raw.noise(atEdgeOf: matched.view.picture, region: region)
    edgeResidual = fit.edgeResidual
    // Noise is the same over about one width of the filter, so that fewer voxels are independent.
    let correlated = max(
      1,
      8 * pow(.pi, 1.5)
        * (filterVariance / (region.grid.spacing * region.grid.spacing)).squareRoot().product)
    levelGain = 1 / (1 - min(max(matched.remainder, 0), Self.mostRemainder))
    levelUncertainty = fit.levelUncertainty * correlated.squareRoot() * levelGain
    blurMisfit = BlurMisfit(
      scene.part, picture: matched.view.picture, others: scene.others, region: region,
      correlatedVoxels: correlated)
  }
}

extension SIMD3<Double> {
  fileprivate var product: Double { x * y * z }
}
