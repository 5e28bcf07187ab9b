internal import LibC
package import Volumes

/// How unevenly an object is stained, as the image of its inside tells.
///
/// What the picture of an evenly bright object leaves of the image is noise, which differs from voxel to voxel, and
/// stain, which does not: the covariance of voxels that are some steps apart is that of the stain alone
/// (``StainCovariance``). From it follow the variance and the length, if it is a Gaussian of the distance.
public struct StainVariation: Sendable {
  /// The standard deviation of the stain over its mean; 0 where noise could look like that, or where nothing of the
  /// object is farther inside than the blur reaches.
  public let deviation: Double
  /// The standard deviation of the Gaussian that its covariance is, in units.
  public let length: Double
  /// From how many places that know nothing of each other that was found.
  public let patches: Double

  /// An unevenness that is smaller is not told from what a picture gets wrong.
  private static let least = 0.005

  /// - Parameters:
  ///   - image: As it was recorded.
  ///   - picture: What the object looks like at background 0 and contrast 1.
  package init(
    _ image: Volume<Float>, picture: Volume<Float>, others: Volume<Float>, _ fit: ContrastFit,
    noise: ImageNoise, region: OwnRegion
  ) {
    let covariance = StainCovariance(
      image, picture: picture, others: others, fit, region: region)
    let found = covariance.isSignificant(noise: noise.variance(at: 1)) ? covariance.fitted : nil
    let deviation = (found?.variance ?? 0).squareRoot() / fit.contrast
    guard let found, deviation > Self.least else {
      (self.deviation, length, patches) = (0, image.grid.spacing.min(), 0)
      return
    }
    self.deviation = deviation
    length = found.length
    // What a sum of squares of a field with this covariance is as uncertain as.
    let patch = pow(.pi.squareRoot() * length, 3)
    patches = max(1, covariance.volume / patch)
  }

  /// How much wider an interval has to be, since the deviation itself comes from a few patches: the quantile of Student's
  /// distribution over that of the normal one, to the second order (Abramowitz & Stegun 1964, 26.7.5). 1 for an even stain.
  public var widening: Double {
    guard patches > 0 else { return 1 }
    return 1 + 1.21 / patches + 1.44 / (patches * patches)
  }

  /// What it makes of the mean over a surface that is not corrected for it, in grey values: half of the contrast is off by
  /// as much in patches as wide as the length.
  func uncertaintyUncorrected(contrast: Double, area: Double) -> Double {
    deviation * contrast / 2 * min(2 * .pi * length * length / area, 1).squareRoot()
  }
}
