internal import LibC
internal import Volumes

/// What a voxel tells of the stain beside it and of how far the surface has moved there, all of it over the voxel's noise.
struct StainEvidence {
  /// Which cell of the stain it is in.
  let place: Int
  /// The voxel of the surface nearest to it.
  let foot: Int
  /// How much of the stain it shows.
  let stain: Float
  /// How much of the displacement, in units.
  let displacement: Float
  /// What the picture leaves of it.
  let left: Float

  /// How well a picture is known, as a part of the contrast.
  private static let pictureError = 0.002

  /// `nil` for a voxel, by its place in the memory of the box, outside of the field or whose surface is outside of the box.
  init?(
    _ voxel: Int, of view: ObjectScene.View, in scene: ObjectScene, noise: ImageNoise,
    stain: StainField
  ) {
    let (picture, fit) = (view.picture, view.fit)
    let seen = picture.voxels[voxel]
    let edge = picture.edge(at: voxel)
    guard let place = stain.cell(of: picture.grid.index(of: voxel)),
      picture.grid.contains(edge.foot)
    else { return nil }
    let unknown = noise.variance(at: Double(seen)) + pow(Self.pictureError * fit.contrast, 2)
    let light = fit.contrast / unknown.squareRoot()
    let left =
      Double(scene.recorded.voxels[voxel])
      - fit.value(picture: seen, others: scene.others.voxels[voxel])
    self.place = place
    foot = picture.grid.offset(edge.foot.x, edge.foot.y, edge.foot.z)
    self.stain = Float(Double(seen) * light)
    self.displacement = Float(edge.slope * light)
    self.left = Float(left / fit.contrast * light)
  }
}

extension Volume where Element == Float {
  /// How steep a picture is at a voxel, per unit, and the voxel of the surface below or above it.
  ///
  /// The edge is taken for a logistic function of the depth, which is near to the error function where there is a slope.
  fileprivate func edge(at voxel: Int) -> (slope: Double, foot: SIMD3<Int>) {
    let place = grid.index(of: voxel)
    guard place.min() > 0, (grid.size &- place).min() > 1 else { return (0, place) }
    let strides = SIMD3(1, grid.size.x, grid.size.x * grid.size.y)
    var rises = SIMD3<Double>.zero
    for axis in 0..<3 {
      rises[axis] = Double(voxels[voxel + strides[axis]] - voxels[voxel - strides[axis]])
    }
    let gradient = rises / (2 * grid.spacing)
    let slope = (gradient * gradient).sum().squareRoot()
    guard slope > 0 else { return (0, place) }
    let seen = min(max(Double(voxels[voxel]), 0.005), 0.995)
    let depth = seen * (1 - seen) / slope * log(seen / (1 - seen))
    let foot = SIMD3<Double>(place) - depth * gradient / slope / grid.spacing
    return (slope, SIMD3<Int>(foot.rounded(.toNearestOrAwayFromZero)))
  }
}
