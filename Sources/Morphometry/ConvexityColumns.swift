extension MeasurementColumn {
  /// Calipers, and what the convex hull says.
  static let convexity = [
    hull("feret_max", .length(power: 1), "largest distance of two points of the surface", "") {
      hull, _ in hull.largestDiameter
    },
    hull(
      "feret_min", .length(power: 1),
      "smallest distance of two parallel planes that hold the surface between them",
      "Houle & Toussaint 1988, IEEE PAMI 10:761"
    ) { hull, _ in hull.smallestWidth },
    column(
      "mean_breadth", .length(power: 1),
      "mean_curvature_integral / (2 pi): for a convex solid the mean distance of two such planes; "
        + "the diameter of a sphere", "Ohser & Mücklich 2000"
    ) { .number($0.surface.curvature.meanIntegral / (2 * .pi)) },
    hull("hull_volume", .length(power: 3), "volume of the convex hull", quickhull) { hull, _ in
      hull.hullVolume
    },
    hull("hull_area", .length(power: 2), "surface area of the convex hull", quickhull) { hull, _ in
      hull.hullArea
    },
    hull("solidity", .none, "volume / hull_volume; 1 for a convex solid", quickhull) {
      $1.volume / $0.hullVolume
    },
    hull("convexity", .none, "hull_area / surface_area; 1 for a convex solid", quickhull) {
      $0.hullArea / $1.surfaceArea
    },
    hull("concavity_volume", .length(power: 3), "hull_volume - volume", quickhull) {
      $0.hullVolume - $1.volume
    },
    hull(
      "hull_area_excess", .length(power: 2),
      "surface_area - hull_area; negative for slender branches",
      quickhull
    ) { $1.surfaceArea - $0.hullArea },
  ]

  private static let quickhull =
    "hull: Barber, Dobkin & Huhdanpaa 1996, doi:10.1145/235815.235821"

  private static func hull(
    _ name: String, _ dimension: Dimension, _ definition: String, _ source: String,
    _ value: @escaping @Sendable (ConvexityMeasures, MeshMeasurements) -> Double
  ) -> MeasurementColumn {
    column(name, dimension, definition, source, of: .convexity) { row in
      .number(row.convexity.map { value($0, row.surface) } ?? .nan)
    }
  }
}
