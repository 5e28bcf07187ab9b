internal import LibC
internal import Volumes

/// How unevenly an object is stained, as the image of its inside tells.
///
/// What the picture of an evenly bright object leaves of the image is noise, which differs from voxel to voxel, and
/// stain, which does not: the covariance of voxels that are one and two apart is that of the stain alone. From both
/// follow its variance and its length, if its covariance is a Gaussian of the distance.
public struct StainVariation: Sendable {
  /// The standard deviation of the stain over its mean; 0 where noise could look like that, or where nothing of the
  /// object is farther inside than the blur reaches.
  public let deviation: Double
  /// The standard deviation of the Gaussian that its covariance is, in units.
  public let length: Double

  /// What is inside: this part of the contrast, and more.
  private static let inside: Float = 0.9
  private static let fewest = 50.0

  /// - Parameters:
  ///   - image: As it was recorded.
  ///   - picture: What the object looks like at background 0 and contrast 1.
  init(
    _ image: Volume<Float>, picture: Volume<Float>, others: Volume<Float>, _ fit: ContrastFit,
    noise: ImageNoise, region: OwnRegion
  ) {
    var (count, near, far) = (0.0, 0.0, 0.0)
    func left(_ voxel: Int) -> Double {
      Double(image.voxels[voxel])
        - fit.value(picture: picture.voxels[voxel], others: others.voxels[voxel])
    }
    func isInside(_ voxel: Int) -> Bool {
      region.isOwn[voxel] && picture.voxels[voxel] > Self.inside
    }
    for voxel in image.voxels.indices.dropLast(2) where isInside(voxel) && isInside(voxel + 2) {
      count += 1
      near += left(voxel) * left(voxel + 1)
      far += left(voxel) * left(voxel + 2)
    }
    let step = image.grid.spacing.x
    let chance = 2 * noise.variance(at: 1) / max(count, 1).squareRoot()
    guard count >= Self.fewest, near / count > chance else {
      (deviation, length) = (0, step)
      return
    }
    // Of two covariances exp(-d² / (2 length²)): a length of one to twenty steps.
    let fall = min(max(log(near / max(far, near / 5)), 0.004), 1.5)
    length = step * (1.5 / fall).squareRoot()
    deviation = (near / count * exp(fall / 3)).squareRoot() / fit.contrast
  }
}
