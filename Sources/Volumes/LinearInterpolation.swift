extension Image {
  /// The grey values at points of the world: linear between the centres of the voxels, and beyond the outermost
  /// ones as on them. NaN where a voxel beside the point is.
  public func values(at points: [SIMD3<Double>]) -> [Double] {
    perform(LinearInterpolation(points: points))
  }
}

private struct LinearInterpolation: VolumeOperation {
  let points: [SIMD3<Double>]

  func run<V: Voxel>(on volume: Volume<V>) -> [Double] {
    let grid = volume.grid
    let last = grid.size &- 1
    let voxels = volume.voxels
    return points.map { point in
      let place = (point - grid.origin) / grid.spacing
      let inside = pointwiseMin(pointwiseMax(place, .zero), SIMD3<Double>(last))
      let low = SIMD3<Int>(inside.rounded(.down))
      let high = pointwiseMin(low &+ 1, last)
      let way = inside - SIMD3<Double>(low)
      func along(_ y: Int, _ z: Int) -> Double {
        let row = grid.offset(0, y, z)
        let (first, second) = (voxels[row + low.x].asDouble, voxels[row + high.x].asDouble)
        return first + way.x * (second - first)
      }
      func across(_ z: Int) -> Double {
        let (first, second) = (along(low.y, z), along(high.y, z))
        return first + way.y * (second - first)
      }
      let (first, second) = (across(low.z), across(high.z))
      return first + way.z * (second - first)
    }
  }
}
