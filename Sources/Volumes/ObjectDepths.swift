extension Volume where Element == UInt32 {
  /// How deep every voxel of an object lies in it: the distance to the nearest voxel that is not of the
  /// object, in units of the grid, after a Gaussian of the smallest spacing, as the staircase of voxels makes
  /// summits of its own.
  ///
  /// - Returns: The box of the object; not 0 outside of the object, where it is smoothed.
  public func depths(of object: LabelObject) throws(VolumeError) -> Volume<Float> {
    let sigma = grid.spacing.min()
    // As far as the Gaussian reaches, everything around the object is 0.
    let margin = SIMD3<Int>((4 * sigma / grid.spacing).rounded(.up)) &+ 1
    let lower = pointwiseMax(object.lower &- margin, .zero)
    let upper = pointwiseMin(object.upper &+ margin, grid.size &- 1)
    var alone = try cropped(from: lower, to: upper)
    alone.keepOnly(object.label)
    return try alone.distanceTransform().gaussianBlurred(sigma: sigma)
      .cropped(from: object.lower &- lower, to: object.upper &- lower)
  }

  /// Makes everything background but the object of a label.
  package mutating func keepOnly(_ label: UInt32) {
    var voxels = mutableVoxels
    for i in voxels.indices where voxels[i] != label { voxels[i] = 0 }
  }
}
