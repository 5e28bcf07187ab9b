extension MeasurementColumn {
  /// How long the way through an object is.
  static let geodesic = [
    geodesic(
      "geodesic_diameter", .length(power: 1),
      "longest of the shortest ways between two points of the object that stay inside: feret_max, and what the way between"
        + " centres of voxels is longer than their largest distance; nan where voxels do not hang together"
    ) { $0.detour + $1.largestDiameter },
    geodesic(
      "tortuosity", .none, "geodesic_diameter / feret_max; 1 for a convex solid"
    ) { 1 + $0.detour / $1.largestDiameter },
  ]

  private static func geodesic(
    _ name: String, _ dimension: Dimension, _ definition: String,
    _ value: @escaping @Sendable (GeodesicDiameter, ConvexityMeasures) -> Double
  ) -> MeasurementColumn {
    column(
      name, dimension, definition,
      "Lantuéjoul & Beucher 1981, doi:10.1111/j.1365-2818.1981.tb01197.x",
      of: [.geodesicDiameter, .convexity]
    ) { row in
      guard let way = row.geodesicDiameter, let hull = row.convexity else { return .number(.nan) }
      return .number(value(way, hull))
    }
  }
}
