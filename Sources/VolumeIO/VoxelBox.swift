/// A part of an image: some voxels along x, y and z.
public struct VoxelBox: Sendable, Hashable {
  /// The index of the first voxel.
  public let start: SIMD3<Int>
  /// Voxels along x, y and z. At least 1 each.
  public let size: SIMD3<Int>

  public init(start: SIMD3<Int>, size: SIMD3<Int>) {
    precondition(
      start.min() >= 0 && size.min() > 0,
      "a box has a size and lies inside, got \(size) at \(start)")
    self.start = start
    self.size = size
  }
}
