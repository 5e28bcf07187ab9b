internal import MeshProcessing
public import Volumes

/// What it does to an object that its surface runs at the level of a threshold, and not at half of its own
/// contrast, where an edge is that is seen through a symmetric blur.
public struct LevelEffect: Sendable, Hashable {
  /// The grey value half-way between the inside of the object and its surroundings.
  public let halfLevel: Double
  /// The volume at the half level over that at the given one, less 1.
  public let volumeChange: Double
  /// The area at the half level over that at the given one, less 1.
  public let areaChange: Double
}

extension Volume where Element == Float {
  /// Measures one object at a level and at half of its own contrast.
  ///
  /// Its inside are the voxels that lie more than four pixels below its surface, or deeper than three
  /// quarters of what the deepest one does; its surroundings are those between four and six pixels away from
  /// all objects, and nearest to it. An object that is not even in itself has no one contrast; then this says what
  /// its mean does.
  /// - Returns: `nil` where neighbours leave no surroundings, or the surface is nothing at either level.
  public func levelEffect(
    on object: LabelObject, in labels: LabelVolume, level: Double
  ) throws(VolumeError) -> LevelEffect? {
    let pixel = min(grid.spacing.x, grid.spacing.y)
    let room = SIMD3<Int>((6 * pixel / grid.spacing).rounded(.up)) &+ 1
    let region = OwnRegion(around: object, in: labels, room: room)
    let part = try cropped(from: region.lower, to: region.upper)
    let owners = try labels.cropped(from: region.lower, to: region.upper)
    let outside = try owners.mask().inverted().distanceTransform()
    let depths = try owners.mask(of: object.label).distanceTransform()
    let deep = min(4 * pixel, 0.75 * Double(depths.largest))
    guard
      let around = part.mean(where: {
        region.isOwn[$0] && (4 * pixel...6 * pixel).contains(Double(outside.voxels[$0]))
      }),
      let inside = part.mean(where: { Double(depths.voxels[$0]) > deep })
    else { return nil }
    let masked = region.masked(part)
    let half = (inside + around) / 2
    let (before, after) = (masked.largestPart(above: level), masked.largestPart(above: half))
    guard before.signedVolume > 0, after.signedVolume > 0 else { return nil }
    return LevelEffect(
      halfLevel: half, volumeChange: after.signedVolume / before.signedVolume - 1,
      areaChange: after.surfaceArea / before.surfaceArea - 1)
  }

  private var largest: Float {
    var largest = -Float.infinity
    for i in voxels.indices { largest = max(largest, voxels[i]) }
    return largest
  }

  /// The mean of some of the voxels; `nil` of none.
  private func mean(where isWanted: (Int) -> Bool) -> Double? {
    var (count, sum) = (0, 0.0)
    for voxel in voxels.indices where isWanted(voxel) {
      sum += Double(voxels[voxel])
      count += 1
    }
    return count > 0 ? sum / Double(count) : nil
  }

  /// The surface around the largest part of what is above a level.
  private func largestPart(above level: Double) -> TriangleMesh {
    var surface = MarchingCubes.surface(of: Territory(field: self, level: Float(level)))
    surface.keepLargestPart()
    return surface.mesh
  }
}

extension Volume where Element == UInt32 {
  fileprivate func mask(of label: UInt32) -> Mask {
    var alone = self
    alone.keepOnly(label)
    return alone.mask()
  }
}
