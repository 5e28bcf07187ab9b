public import Volumes

extension Volume where Element == UInt32 {
  /// One plane of labels: at every pixel that of the first object along z, 0 where there is none.
  ///
  /// The shadows of the objects, to outline them over a projection. Where objects lie behind each
  /// other the one of lower z is seen.
  public func shadows() throws(VolumeError) -> LabelVolume {
    let plane = Grid(
      size: SIMD3(grid.size.x, grid.size.y, 1), spacing: grid.spacing, origin: grid.origin,
      unit: grid.unit, calibration: grid.calibration)
    var shadows = try LabelVolume(grid: plane)
    var target = shadows.mutableVoxels
    let count = plane.voxelCount
    for z in 0..<grid.size.z {
      for i in 0..<count where target[i] == 0 { target[i] = voxels[z * count + i] }
    }
    return shadows
  }
}
