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
  /// The standard uncertainty, in grey values, of the mean of the field over the surface, which noise changes.
  public let surfaceNoise: Double
  /// The standard uncertainty of the level, in grey values: by how much more than that mean alone noise changes the size
  /// of the object, and what the search has left.
  public let levelUncertainty: Double
  /// What the last round of the search has added.
  public let lastGain: RoundGain
  /// How many rounds like the last one it would take to find what is still missing.
  public let roundsLeft: Double
  /// The noise of the unfiltered image.
  public let noise: ImageNoise
  /// How unevenly the object is stained.
  public let stain: StainVariation
  /// Whether the surface is corrected for that.
  public let isEvened: Bool
  /// The standard uncertainty, in grey values, of the mean of the field over the surface, which the stain beside it
  /// changes as far as it is not known.
  public let stainUncertainty: Double
  /// That, over what it would be of a surface that is not corrected; 1 for such a one.
  public let unknownStain: Double
  /// By how much the picture differs from the field at the edge, in grey values (root mean square): noise, a
  /// blur that is not the one that was assumed, an object that is not evenly bright.
  public let edgeResidual: Double
  /// How far the blur is from the one that was assumed; `nil` where the edge does not tell.
  public let blurMisfit: BlurMisfit?
}

extension Volume where Element == Float {
  /// Finds the surface of one object in a field, starting at the level that its label was found at.
  ///
  /// Only the outer surface is found, and of an object in several parts the largest.
  /// - Parameters:
  ///   - image: The image as it was recorded, which says what noise there is.
  ///   - filter: Standard deviation of the Gaussian that made the field from the image, along x, y, z, in units.
  ///   - blurVariance: Of all that blurred it, in square units: the filter, the point-spread function, the pixel.
  ///   - isEvened: Whether the surface is corrected for an uneven stain, which takes about as long again where it is uneven.
  /// - Returns: `nil` where there is no such level: contrast too low, or an object too small.
  public func selfConsistentSurface(
    of object: LabelObject, in labels: LabelVolume, image: Image, level: Double,
    filter: SIMD3<Double>, blurVariance: SIMD3<Double>, isEvened: Bool = true
  ) throws(VolumeError) -> SelfConsistentSurface? {
    let sigma = blurVariance.squareRoot()
    let region = OwnRegion(
      around: object, in: labels, room: SIMD3<Int>((4 * sigma / grid.spacing).rounded(.up)) &+ 2)
    let scene = try ObjectScene(
      image, field: self, region, filter: filter, blurVariance: blurVariance)
    return try SelfConsistentSurface(scene, level: level, isEvened: isEvened)
  }
}

extension SelfConsistentSurface {
  fileprivate init?(_ scene: ObjectScene, level start: Double, isEvened: Bool) throws(VolumeError) {
    guard let search = try LevelSearch(from: start, in: scene),
      let first = try MatchedSurface(from: search.level, in: scene)
    else { return nil }
    let even = try EvenedObject(first, in: scene, isEvened: isEvened)
    let (scene, matched) = (even.scene, even.matched)
    guard let growth = try SurfaceGrowth(of: matched.surface, matched.view, in: scene)
    else { return nil }
    let (view, fit) = (matched.view, matched.view.fit)
    level = matched.level
    surface = matched.surface.surface(.edges)
    background = fit.background
    contrast = fit.contrast
    lastGain = matched.lastGain
    roundsLeft = MatchedSurface.roundsLeft(unresolvedFraction: surface.unresolvedFraction)
    noise = even.noise
    stain = even.stain
    self.isEvened = even.model != nil
    let uncorrected = stain.uncertaintyUncorrected(
      contrast: contrast, area: surface.mesh.surfaceArea)
    // Another factor of the stain than the correction itself.
    let leftOut = stain.deviation * even.correction / surface.volumePerLevel
    stainUncertainty =
      try even.model.map { model throws(VolumeError) in
        hypot(try even.stain.widening * growth.propagated(model, view, in: scene), leftOut)
      } ?? uncorrected
    unknownStain = uncorrected > 0 ? min(stainUncertainty / uncorrected, 1) : 1
    let moved = growth.propagated(noise, view, in: scene)
    surfaceNoise = moved.ofSurface
    levelUncertainty = hypot(moved.ofLevel, matched.change)
    let (picture, others) = (try scene.filtered(view.picture), try scene.filtered(scene.others))
    edgeResidual = fit.edgeResidual(
      of: scene.field, picture: picture, others: others, region: scene.region)
    blurMisfit = try scene.blurMisfit(of: view)
  }
}
