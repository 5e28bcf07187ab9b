/// How well the surface of an object is known.
public struct SurfaceQuality: Sendable {
  /// `nil` where it is not known, because the grey level or the blur of the surface is not.
  public var uncertainty: SurfaceUncertainty?
  /// The part of the surface that bends too strongly to be seen through the blur, from 0 to 1.
  public var unresolvedFraction = 0.0
  /// How badly the assumed blur describes the edge, beyond noise, as a part of the contrast.
  public var edgeMisfit = 0.0
  /// By which part the variance of the blur is off, as the edge tells beyond doubt.
  public var blurMisfit = 0.0
  /// The noise that the filter leaves, as a part of the contrast of the edge.
  public var edgeNoise = 0.0
  /// The blur was to be undone, and was not, because it or the level could not be found.
  public var isBlurred = false
  /// The surface runs midway between voxels because they are too few for a smooth one.
  public var isTooSmall = false

  public init() {}
}
