extension MeasurementColumn {
  /// How well the first columns are known, and what to look at before they are believed.
  static let uncertainty = [
    column(
      "surface_area_u", .length(power: 2),
      "standard uncertainty of surface_area; 1.96 of it either side hold 95 %; nan where unknown",
      own
    ) { .number($0.quality.uncertainty?.total.area ?? .nan) },
    column("volume_u", .length(power: 3), "standard uncertainty of volume", own) {
      .number($0.quality.uncertainty?.total.volume ?? .nan)
    },
    column(
      "mean_curvature_integral_u", .length(power: 1),
      "standard uncertainty of mean_curvature_integral", own
    ) { .number($0.quality.uncertainty?.total.meanCurvature ?? .nan) },
    column(
      "flags", .none,
      "what to look at: "
        + QualityFlag.allCases.map { "\($0.rawValue) (\($0.meaning))" }
        .joined(separator: ", "), ""
    ) { .words($0.flags.map(\.rawValue)) },
  ]

  private static let own = "see the article Accuracy of the documentation"
}
