package import Volumes

/// Background and contrast of an object, by least squares over the voxels of its region:
///
///      image ≈ background + contrast · picture + other contrast · picture of the others
///
/// where a picture is what a mesh, or a mask, would look like at background 0 and contrast 1.
package struct ContrastFit {
  let background: Double
  let contrast: Double
  private let otherContrast: Double
  /// What the half level changes by for every grey value that a voxel changes by: these times 1, picture and picture
  /// of the others there.
  private let levelWeights: SIMD3<Double>

  var halfLevel: Double { background + contrast / 2 }

  /// `nil` where picture and background cannot be told apart.
  package init?(
    _ image: Volume<Float>, picture: Volume<Float>, others: Volume<Float>, region: OwnRegion
  ) {
    var equations = NormalEquations(unknowns: 3)
    for voxel in image.voxels.indices where region.isOwn[voxel] {
      equations.add(
        SIMD8(1, Double(picture.voxels[voxel]), Double(others.voxels[voxel]), 0, 0, 0, 0, 0),
        value: Double(image.voxels[voxel]))
    }
    guard equations.count > 10, let solution = equations.solved() else { return nil }
    background = solution.values[0]
    contrast = solution.values[1]
    otherContrast = solution.values[2]
    let row = solution.inverse[0] + solution.inverse[1] / 2
    levelWeights = SIMD3(row[0], row[1], row[2])
  }

  /// What a voxel should be like.
  @inline(__always)
  func value(picture: Float, others: Float) -> Double {
    background + contrast * Double(picture) + otherContrast * Double(others)
  }

  /// What the half level changes by when the grey value of a voxel changes by 1.
  @inline(__always)
  func levelWeight(picture: Float, others: Float) -> Double {
    levelWeights.x + levelWeights.y * Double(picture) + levelWeights.z * Double(others)
  }

  /// The root mean square of what the fit leaves at the edge of the object, in grey values: noise, and what
  /// the blur that was assumed gets wrong.
  func edgeResidual(
    of field: Volume<Float>, picture: Volume<Float>, others: Volume<Float>, region: OwnRegion
  ) -> Double {
    var (count, squares) = (0, 0.0)
    for voxel in field.voxels.indices where region.isOwn[voxel] {
      let seen = picture.voxels[voxel]
      guard seen > 0.2, seen < 0.8 else { continue }
      let difference =
        Double(field.voxels[voxel]) - value(picture: seen, others: others.voxels[voxel])
      squares += difference * difference
      count += 1
    }
    return (squares / Double(max(1, count))).squareRoot()
  }
}
