extension Image {
  /// The value of every voxel when they are all equal, else `nil`. Complexity: O(1) for most images.
  public var constantValue: Double? { perform(ValueOfAllVoxels()) }
}

private struct ValueOfAllVoxels: VolumeOperation {
  func run<V: Voxel>(on volume: Volume<V>) -> Double? {
    let voxels = volume.voxels
    let first = voxels[0]
    for i in voxels.indices where voxels[i] != first { return nil }
    return first.asDouble
  }
}
