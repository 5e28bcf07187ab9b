internal import Volumes

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

  /// Refuses a box that reaches out of an image.
  func check(isInside whole: SIMD3<Int>, of path: String) throws(VolumeFileError) {
    let isInside = (0..<3).allSatisfy { start[$0] < whole[$0] && size[$0] <= whole[$0] - start[$0] }
    guard isInside else { throw .outside(path: path, box: self, size: whole) }
  }
}

/// As on the command line: the first voxel, counted from 0, and the size, `x,y,z,width,height,depth`.
extension VoxelBox: LosslessStringConvertible {
  public init?(_ description: String) {
    let words = description.split(separator: ",", omittingEmptySubsequences: false)
    let numbers = words.compactMap { Int($0) }
    guard words.count == 6, numbers.count == 6 else { return nil }
    let start = SIMD3(numbers[0], numbers[1], numbers[2])
    let size = SIMD3(numbers[3], numbers[4], numbers[5])
    guard start.min() >= 0, size.min() > 0 else { return nil }
    self.init(start: start, size: size)
  }

  public var description: String {
    "\(start.x),\(start.y),\(start.z),\(size.x),\(size.y),\(size.z)"
  }
}

extension Image {
  /// The voxels of a box, at their place in the world.
  func part(in box: VoxelBox) throws(VolumeError) -> Image { try perform(PartOfVolume(box: box)) }
}

private struct PartOfVolume: VolumeOperation {
  let box: VoxelBox

  func run<V: Voxel>(on volume: Volume<V>) throws(VolumeError) -> Image {
    Image(try volume.cropped(from: box.start, to: box.start &+ box.size &- 1))
  }
}
