extension MeasurementColumn {
  /// The texture of the surface.
  static let roughness = [
    roughness(
      "roughness_cutoff", .length(power: 1),
      "equivalent_diameter / 4: longer waves are shape, shorter ones roughness"
    ) { $0.cutOff },
    roughness(
      "roughness_sa", .length(power: 1),
      "mean departure from the surface without waves shorter than roughness_cutoff"
    ) { $0.arithmeticMean },
    roughness(
      "roughness_sq", .length(power: 1), "root mean square departure, as roughness_sa"
    ) { $0.rootMeanSquare },
    roughness(
      "roughness_sz", .length(power: 1), "from the deepest to the highest departure"
    ) { $0.maximumHeight },
    roughness(
      "roughness_sdr", .none, "part by which the area is larger than without the departures"
    ) { $0.areaExcess },
  ]

  private static func roughness(
    _ name: String, _ dimension: Dimension, _ definition: String,
    _ value: @escaping @Sendable (SurfaceRoughness) -> Double
  ) -> MeasurementColumn {
    shape(name, dimension, definition, "as on flat specimens: ISO 25178-2, ISO 16610-61") {
      $0.roughness.map(value) ?? .nan
    }
  }
}
