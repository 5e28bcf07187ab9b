public import Volumes

/// How bright an object is and what is around it, in grey values.
public struct OwnContrast: Sendable, Hashable {
  public let inside: Double
  public let surroundings: Double

  /// The grey value half-way between, at which an edge is that is seen through a symmetric blur.
  public var halfLevel: Double { (inside + surroundings) / 2 }
}

extension Volume where Element == Float {
  /// The contrast of one object by itself.
  ///
  /// Its inside are the voxels that lie more than four pixels below its surface, or deeper than three
  /// quarters of what the deepest one does; its surroundings are those between four and six pixels away from
  /// all objects, and nearest to it. Of an object that is not even in itself this is the mean.
  /// - Returns: `nil` where neighbours leave no surroundings.
  public func ownContrast(
    of object: LabelObject, in labels: LabelVolume
  ) throws(VolumeError) -> OwnContrast? {
    let region = OwnRegion(seenAround: object, in: labels)
    let part = try cropped(from: region.lower, to: region.upper)
    return try part.ownContrast(of: object, in: labels, region: region)
  }

  /// As ``ownContrast(of:in:)``, from the part of a field that is the region.
  func ownContrast(
    of object: LabelObject, in labels: LabelVolume, region: OwnRegion
  ) throws(VolumeError) -> OwnContrast? {
    let pixel = min(grid.spacing.x, grid.spacing.y)
    let owners = try labels.cropped(from: region.lower, to: region.upper)
    let distances = try owners.mask().inverted().distanceTransform()
    let depths = try owners.mask(of: object.label).distanceTransform()
    let deep = min(4 * pixel, 0.75 * Double(depths.largest))
    let around = 4 * pixel...6 * pixel
    guard
      let surroundings = mean(where: {
        region.isOwn[$0] && around.contains(Double(distances.voxels[$0]))
      }),
      let inside = mean(where: { Double(depths.voxels[$0]) > deep })
    else { return nil }
    return OwnContrast(inside: inside, surroundings: surroundings)
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
}

extension OwnRegion {
  /// As far around an object as its surroundings are looked for.
  init(seenAround object: LabelObject, in labels: LabelVolume) {
    let spacing = labels.grid.spacing
    let pixel = min(spacing.x, spacing.y)
    self.init(
      around: object, in: labels, room: SIMD3<Int>((6 * pixel / spacing).rounded(.up)) &+ 1)
  }
}

extension Volume where Element == UInt32 {
  fileprivate func mask(of label: UInt32) -> Mask {
    var alone = self
    alone.keepOnly(label)
    return alone.mask()
  }
}
