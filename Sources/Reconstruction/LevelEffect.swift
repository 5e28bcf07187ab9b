internal import MeshProcessing
public import Volumes

/// What it does to an object that its surface runs at the level of a threshold, and not at half of its own
/// contrast, where an edge is that is seen through a symmetric blur.
public struct LevelEffect: Sendable, Hashable {
  /// The grey value half-way between the inside of the object and its surroundings; see ``OwnContrast``.
  public let halfLevel: Double
  /// The volume at the half level over that at the given one, less 1.
  public let volumeChange: Double
  /// The area at the half level over that at the given one, less 1.
  public let areaChange: Double
}

extension Volume where Element == Float {
  /// Measures one object at a level and at half of its own contrast.
  /// - Returns: `nil` where neighbours leave no surroundings, or the surface is nothing at either level.
  public func levelEffect(
    on object: LabelObject, in labels: LabelVolume, level: Double
  ) throws(VolumeError) -> LevelEffect? {
    let region = OwnRegion(seenAround: object, in: labels)
    let part = try cropped(from: region.lower, to: region.upper)
    guard let half = try part.ownContrast(of: object, in: labels, region: region)?.halfLevel else {
      return nil
    }
    let masked = region.masked(part)
    let (before, after) = (masked.largestPart(above: level), masked.largestPart(above: half))
    guard before.signedVolume > 0, after.signedVolume > 0 else { return nil }
    return LevelEffect(
      halfLevel: half, volumeChange: after.signedVolume / before.signedVolume - 1,
      areaChange: after.surfaceArea / before.surfaceArea - 1)
  }

  /// The surface around the largest part of what is above a level.
  private func largestPart(above level: Double) -> TriangleMesh {
    var surface = MarchingCubes.surface(of: Territory(field: self, level: Float(level)))
    surface.keepLargestPart()
    return surface.mesh
  }
}
