/// What an object has to do with those around it.
public struct ContactMeasurements: Sendable, Hashable {
  /// How many others share a face of a voxel with it.
  public let neighbourCount: Int
  /// The area of contact with all of them, in square units.
  public let area: Double
  /// The standard uncertainty of that area, in square units.
  public let areaUncertainty: Double
  /// From centroid to centroid of the nearest other object, in units; infinite without another one.
  public let nearestDistance: Double

  public init(
    neighbourCount: Int = 0, area: Double = 0, areaUncertainty: Double = 0,
    nearestDistance: Double = .infinity
  ) {
    self.neighbourCount = neighbourCount
    self.area = area
    self.areaUncertainty = areaUncertainty
    self.nearestDistance = nearestDistance
  }
}
