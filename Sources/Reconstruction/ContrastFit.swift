internal import Volumes

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

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
    var matrix = [[Double]](repeating: [0, 0, 0], count: 3)
    var right = [0.0, 0, 0]
    var (count, squares) = (0, 0.0)
    for voxel in field.voxels.indices where region.isOwn[voxel] {
      let model = [1, Double(picture.voxels[voxel]), Double(others.voxels[voxel])]
      let value = Double(field.voxels[voxel])
      for i in 0..<3 {
        right[i] += model[i] * value
        for j in 0..<3 { matrix[i][j] += model[i] * model[j] }
      }
      squares += value * value
      count += 1
    }
    // Without neighbours there is nothing to tell of them.
    if matrix[2][2] < 1e-6 * Double(count) {
      matrix[2] = [0, 0, 1]; matrix[0][2] = 0; matrix[1][2] = 0; right[2] = 0
    }
    guard count > 10, let inverse = Self.inverse(matrix) else { return nil }
    let solution = inverse.map { row in zip(row, right).reduce(0) { $0 + $1.0 * $1.1 } }
    let rest = squares - zip(solution, right).reduce(0) { $0 + $1.0 * $1.1 }
    background = solution[0]
    contrast = solution[1]
    edgeResidual = Self.edgeResidual(field, picture, others, region, solution)
    let residual = (max(rest, 0) / Double(count)).squareRoot()
    let variance = inverse[0][0] + inverse[0][1] + inverse[1][1] / 4
    levelUncertainty = residual * max(variance, 0).squareRoot()
    guard contrast.isFinite, background.isFinite else { return nil }
  }

  private static func edgeResidual(
    _ field: Volume<Float>, _ picture: Volume<Float>, _ others: Volume<Float>,
    _ region: OwnRegion, _ solution: [Double]
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

  /// By cofactors; `nil` for a singular matrix.
  private static func inverse(_ m: [[Double]]) -> [[Double]]? {
    func cofactor(_ i: Int, _ j: Int) -> Double {
      let (a, b) = ((i + 1) % 3, (i + 2) % 3)
      let (c, d) = ((j + 1) % 3, (j + 2) % 3)
      return m[a][c] * m[b][d] - m[a][d] * m[b][c]
    }
    let determinant = (0..<3).reduce(0) { $0 + m[0][$1] * cofactor(0, $1) }
    guard abs(determinant) > 1e-12 * m[0][0] * m[1][1] * m[2][2] else { return nil }
    return (0..<3).map { i in (0..<3).map { cofactor($0, i) / determinant } }
  }
}
