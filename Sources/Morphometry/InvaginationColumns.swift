extension MeasurementColumn {
  /// Where the surface goes in below its convex hull.
  static let invaginations = [
    column("invaginations", .none, "number of \(what)", "", of: .invaginations) {
      $0.invaginations.map { .count($0.count) } ?? .number(.nan)
    },
    invagination(
      "invagination_depth", .length(power: 1),
      "largest distance to the hull in any of the invaginations; 0 without any"
    ) { $0.depth },
    invagination(
      "invagination_mouth_area", .length(power: 2),
      "area of the openings of all invaginations, each projected along the direction that it faces"
    ) { $0.mouthArea },
    invagination(
      "invagination_volume", .length(power: 3),
      "volume between surface and hull in all invaginations"
    ) { $0.volume },
  ]

  private static let what =
    "connected parts of the surface farther than 0.01 equivalent_diameter below the convex hull that go down by 0.05 of"
    + " it or more; cavities do not count"

  private static func invagination(
    _ name: String, _ dimension: Dimension, _ definition: String,
    _ value: @escaping @Sendable (Invaginations) -> Double
  ) -> MeasurementColumn {
    column(name, dimension, definition, "", of: .invaginations) {
      .number($0.invaginations.map(value) ?? .nan)
    }
  }
}
