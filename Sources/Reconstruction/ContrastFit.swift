internal import Volumes

/// Background and contrast of an object, by least squares over the voxels of its region:
///
///      field ≈ background + contrast · picture + other contrast · picture of the others
///
/// where a picture is what a mesh, or a mask, would look like at background 0 and contrast 1.
struct ContrastFit {
  let background: Double
  let contrast: Double
  /// The root mean square of what the fit leaves at the edge of the object, in grey values: noise, and what
  /// the blur that was assumed gets wrong.
  let edgeResidual: Double
  /// The standard uncertainty of background + contrast / 2, in grey values, if voxels were independent.
  let levelUncertainty: Double

  var halfLevel: Double { background + contrast / 2 }

  /// `nil` where picture and background cannot be told apart.
  init?(
    _ field: Volume<Float>, picture: Volume<Float>, others: Volume<Float>, region: OwnRegion
  ) {
    var equations = NormalEquations(unknowns: 3)
    for voxel in field.voxels.indices where region.isOwn[voxel] {
      equations.add(
        SIMD8(1, Double(picture.voxels[voxel]), Double(others.voxels[voxel]), 0, 0, 0, 0, 0),
        value: Double(field.voxels[voxel]))
    }
    guard equations.count > 10, let solution = equations.solved() else { return nil }
    background = solution.values[0]
    contrast = solution.values[1]
    edgeResidual = Self.edgeResidual(field, picture, others, region, solution.values)
    let inverse = solution.inverse
    let variance = inverse[0][0] + inverse[0][1] + inverse[1][1] / 4
    levelUncertainty = solution.residual * max(variance, 0).squareRoot()
  }

  private static func edgeResidual(
    _ field: Volume<Float>, _ picture: Volume<Float>, _ others: Volume<Float>,
    _ region: OwnRegion, _ solution: SIMD8<Double>
  ) -> Double {
    var (count, squares) = (0, 0.0)
    for voxel in field.voxels.indices where region.isOwn[voxel] {
      let seen = Double(picture.voxels[voxel])
      guard seen > 0.2, seen < 0.8 else { continue }
      let expected =
        solution[0] + solution[1] * seen + solution[2] * Double(others.voxels[voxel])
      let difference = Double(field.voxels[voxel]) - expected
      squares += difference * difference
      count += 1
    }
    return (squares / Double(max(1, count))).squareRoot()
  }
}
