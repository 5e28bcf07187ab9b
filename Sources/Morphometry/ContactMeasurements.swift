/// How much of an object touches other objects.
public struct ContactMeasurements: Sendable, Hashable {
  /// How many others share a face of a voxel with it.
  public let neighbourCount: Int
  /// The area of contact with all of them, in square units.
  public let area: Double

  public init(neighbourCount: Int = 0, area: Double = 0) {
    self.neighbourCount = neighbourCount
    self.area = area
  }
}
