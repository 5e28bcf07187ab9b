extension Volume where Element == UInt32 {
  /// The labels renumbered from 1 in raster order of their first voxel, without gaps.
  ///
  /// - Parameter isKept: Whether an object stays; the others become background.
  public func relabelled(
    where isKept: (LabelObject) -> Bool = { _ in true }
  ) throws(VolumeError) -> LabelVolume {
    let kept = Set(objects().filter(isKept).map(\.label))
    var numbers: [UInt32: UInt32] = [0: 0]
    var last = (label: UInt32(0), number: UInt32(0))
    var result = try LabelVolume(grid: grid)
    var target = result.mutableVoxels
    let voxels = voxels
    var count: UInt32 = 0
    for i in voxels.indices {
      if voxels[i] != last.label {
        let label = voxels[i]
        if numbers[label] == nil {
          if kept.contains(label) { count += 1 }
          numbers[label] = kept.contains(label) ? count : 0
        }
        last = (label, numbers[label] ?? 0)
      }
      target[i] = last.number
    }
    return result
  }
}
