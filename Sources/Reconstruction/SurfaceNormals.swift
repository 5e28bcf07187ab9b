internal import LibC
public import Volumes

extension Volume where Element == Float {
  /// The outward unit normals of a level set of the field at points near to it: the direction in which the
  /// field falls.
  ///
  /// Central differences at the eight voxels around a point, weighted by how near they are, in units of
  /// the grid on every axis. A point beyond the outermost voxel centres has the normal of the nearest point
  /// between them; where the field is flat or not a number it has none, and the vector is zero.
  /// - Parameter points: World coordinates.
  public func surfaceNormals(at points: [SIMD3<Float>]) -> [SIMD3<Float>] {
    let pieces = Parallel.pieces(of: points.count, size: 1 << 14)
    return Parallel.map(pieces) { piece in piece.map { surfaceNormal(at: points[$0]) } }
      .flatMap { $0 }
  }

  private func surfaceNormal(at point: SIMD3<Float>) -> SIMD3<Float> {
    let last = SIMD3<Double>(grid.size &- 1)
    let index = ((SIMD3<Double>(point) - grid.origin) / grid.spacing)
      .clamped(lowerBound: .zero, upperBound: last)
    let low = pointwiseMin(SIMD3<Int>(index), pointwiseMax(grid.size &- 2, .zero))
    let part = index - SIMD3<Double>(low)
    var fall = SIMD3<Double>.zero
    for corner in 0..<8 {
      let step = SIMD3(corner & 1, corner >> 1 & 1, corner >> 2 & 1)
      let weights = SIMD3<Double>(step) * part + SIMD3<Double>(1 &- step) * (1 - part)
      let weight = weights.x * weights.y * weights.z
      if weight > 0 { fall -= weight * gradient(at: low &+ step) }
    }
    let steepness = (fall * fall).sum().squareRoot()
    return steepness > 0 ? SIMD3<Float>(fall / steepness) : .zero
  }

  /// Central differences, one-sided at the border, in grey values per unit.
  private func gradient(at voxel: SIMD3<Int>) -> SIMD3<Double> {
    var gradient = SIMD3<Double>.zero
    for axis in 0..<3 {
      var (before, after) = (voxel, voxel)
      before[axis] = max(voxel[axis] - 1, 0)
      after[axis] = min(voxel[axis] + 1, grid.size[axis] - 1)
      guard after[axis] > before[axis] else { continue }
      let rise =
        Double(self[after.x, after.y, after.z]) - Double(self[before.x, before.y, before.z])
      gradient[axis] = rise / (Double(after[axis] - before[axis]) * grid.spacing[axis])
    }
    return gradient
  }
}
