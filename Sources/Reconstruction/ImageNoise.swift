internal import Volumes

extension Volume where Element == Float {
  /// The standard deviation of the noise half-way up the edge of an object, in grey values.
  ///
  /// From the second differences of neighbouring voxels of the unfiltered image, which hardly see what is as
  /// smooth as a point-spread function leaves it; in the background and on the plateau, where the edge
  /// is not. The variance of photon noise grows with the light, so that half-way it is the mean of both.
  /// - Parameter picture: What the object looks like at background 0 and contrast 1.
  func noise(atEdgeOf picture: Volume<Float>, region: OwnRegion) -> Double {
    var (counts, squares) = (SIMD2<Double>.zero, SIMD2<Double>.zero)
    let width = grid.size.x
    for voxel in voxels.indices where region.isOwn[voxel] {
      guard (1..<width - 1).contains(voxel % width) else { continue }
      let seen = (picture.voxels[voxel - 1], picture.voxels[voxel], picture.voxels[voxel + 1])
      let (low, high) = (min(seen.0, seen.1, seen.2), max(seen.0, seen.1, seen.2))
      guard high < 0.02 || low > 0.98 else { continue }
      let side = high < 0.02 ? 0 : 1
      let difference = Double(voxels[voxel - 1] - 2 * voxels[voxel] + voxels[voxel + 1])
      squares[side] += difference * difference / 6
      counts[side] += 1
    }
    let known = [0, 1].filter { counts[$0] > 20 }.map { squares[$0] / counts[$0] }
    return (known.reduce(0, +) / Double(max(1, known.count))).squareRoot()
  }
}
