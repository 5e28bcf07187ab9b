package import Volumes

/// The noise of an image around one object, as its variance grows with the light.
///
/// From the second differences along x of what the picture of the object leaves of the image, which hardly see what is
/// as smooth as a point-spread function leaves it. The variance of photon noise is a linear function of the light, and a
/// thin object has hardly a voxel that is all inside: so it is a fit over all voxels.
public struct ImageNoise: Sendable {
  /// In square grey values.
  private let ofBackground: Double
  /// By how much it is more inside of the object.
  private let ofObject: Double

  /// - Parameter picture: What the object looks like at background 0 and contrast 1.
  package init(
    _ image: Volume<Float>, picture: Volume<Float>, others: Volume<Float>, _ fit: ContrastFit,
    region: OwnRegion
  ) {
    var equations = NormalEquations(unknowns: 2)
    let width = image.grid.size.x
    func left(_ voxel: Int) -> Double {
      Double(image.voxels[voxel])
        - fit.value(picture: picture.voxels[voxel], others: others.voxels[voxel])
    }
    for voxel in image.voxels.indices where region.isOwn[voxel] {
      guard (1..<width - 1).contains(voxel % width) else { continue }
      let difference = left(voxel - 1) - 2 * left(voxel) + left(voxel + 1)
      equations.add(
        SIMD8(1, Double(picture.voxels[voxel]), 0, 0, 0, 0, 0, 0),
        value: difference * difference / 6)
    }
    let values = equations.solved()?.values ?? .zero
    (ofBackground, ofObject) = (values[0], values[1])
  }

  /// The variance, in square grey values, of a voxel that is as bright as a part of the contrast above the background.
  func variance(at part: Double) -> Double { max(ofBackground + part * ofObject, 0) }

  /// The standard deviation half-way up the edge of the object, in grey values.
  public var atEdge: Double { variance(at: 0.5).squareRoot() }
}
