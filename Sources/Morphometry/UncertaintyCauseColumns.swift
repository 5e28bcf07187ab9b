extension MeasurementColumn {
  /// What the standard uncertainties are made of: squared, the parts add up to the whole.
  static let uncertaintyCauses: [MeasurementColumn] = [
    part("surface_area_u", .length(power: 2), \.area),
    part("volume_u", .length(power: 3), \.volume),
    part("mean_curvature_integral_u", .length(power: 1), \.meanCurvature),
  ].flatMap { $0 }

  private typealias Uncertainty = SurfaceUncertainty

  private static var causes: [(String, String, @Sendable (Uncertainty) -> Uncertainty.Contribution)]
  {
    [
      ("sampling", "where voxels happen to lie, and noise", { $0.sampling }),
      ("relief", "the staircase of the voxels, or what noise adds to the area", { $0.relief }),
      ("series", "what the undoing of the blur leaves out", { $0.series }),
      ("level", "the grey level of the surface", { $0.level }),
      ("blur", "the width of a blur that was found from the image", { $0.blur }),
      ("stain", "how unevenly the object is stained", { $0.stain }),
    ]
  }

  private static func part(
    _ whole: String, _ dimension: Dimension,
    _ quantity: @escaping @Sendable (Uncertainty.Contribution) -> Double
  ) -> [MeasurementColumn] {
    causes.map { name, meaning, contribution in
      column(
        "\(whole)_\(name)", dimension, "part of \(whole): \(meaning)",
        "see the article Accuracy of the documentation"
      ) { .number($0.quality.uncertainty.map { quantity(contribution($0)) } ?? .nan) }
    }
  }
}
