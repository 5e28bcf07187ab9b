public import Volumes

extension Volume where Element == UInt32 {
  /// The radius of the largest ball inside of an object, in units: the largest distance from the centre of one of its voxels
  /// to that of the nearest voxel outside. Beyond the border of the image is outside.
  ///
  /// Right for a digitised ball within half a voxel; for a slab, whose faces lie half a voxel before the voxels outside,
  /// too large by that. Exact distances: ``Volumes/Volume/distanceTransform()``.
  public func inscribedRadius(of object: LabelObject) throws(VolumeError) -> Double {
    try distancesToOutside(of: object).largest
  }

  /// For every voxel of an object the distance of its centre to that of the nearest one outside, in units: the box of the
  /// object with one voxel around it, which is 0. Beyond the border of the image is outside.
  func distancesToOutside(of object: LabelObject) throws(VolumeError) -> Volume<Float> {
    let size = object.upper &- object.lower &+ 3
    var alone = try LabelVolume(grid: Grid(size: size, spacing: grid.spacing))
    let box = alone.grid
    var target = alone.mutableVoxels
    forEachVoxel(of: object) { place in
      target[box.offset(place.x + 1, place.y + 1, place.z + 1)] = 1
    }
    return try alone.distanceTransform()
  }
}

extension Volume where Element == Float {
  var largest: Double {
    let voxels = voxels
    var largest: Float = 0
    for i in voxels.indices { largest = max(largest, voxels[i]) }
    return Double(largest)
  }
}
