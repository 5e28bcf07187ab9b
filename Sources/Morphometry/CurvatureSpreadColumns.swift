extension MeasurementColumn {
  /// How curvature is spread over the surface.
  static let curvatureSpread: [MeasurementColumn] =
    percentiles("mean_curvature", .length(power: -1), "H", own, \.mean)
    + percentiles("gaussian_curvature", .length(power: -2), "K", own, \.gaussian)
    + spread("shape_index", .none, "2/pi atan((k1 + k2) / (k1 - k2))", \.shapeIndex)
    + spread("curvedness", .length(power: -1), "sqrt((k1² + k2²) / 2)", \.curvedness)
    + extremes + [
      number(
        "convex_fraction", .none, "part of the area where both principal curvatures are positive",
        own
      ) { $0.convexFraction },
      number(
        "saddle_fraction", .none, "part of the area where one principal curvature is positive", own
      ) { $0.saddleFraction },
      number(
        "concave_fraction", .none, "part of the area where no principal curvature is positive", own
      ) { $0.concaveFraction },
      number(
        "willmore_energy", .none, "integral of H² at the curvature scale; 4 pi for a sphere",
        "Willmore 1965"
      ) { $0.willmoreEnergy },
      number(
        "absolute_gaussian_integral", .none,
        "integral of |K| at the curvature scale; 4 pi where convex, more elsewhere",
        "Chern & Lashof 1957"
      ) { $0.totalAbsoluteCurvature },
      column(
        "concave_regions", .none,
        "connected regions of one per cent of the area or more where H, at the curvature "
          + "scale, is below -0.8 / equivalent_diameter", own, of: .shape
      ) { $0.shape.map { .count($0.curvature.concaveRegions.count) } ?? .number(.nan) },
      number("concave_area", .length(power: 2), "area of the concave_regions", own) {
        $0.concaveRegions.area
      },
    ]

  private static let extremes = [
    number(
      "largest_curvature_p99", .length(power: -1),
      "1 % of the area have a larger k1, the larger principal curvature, at the curvature scale",
      own
    ) { $0.largest.percentile },
    number(
      "largest_curvature", .length(power: -1),
      "largest k1 of any vertex, at the curvature scale: noise counts in full", own
    ) { $0.largest.farthest },
    number(
      "smallest_curvature_p01", .length(power: -1),
      "1 % of the area have a smaller k2, the smaller principal curvature, at the curvature scale",
      own
    ) { $0.smallest.percentile },
    number(
      "smallest_curvature", .length(power: -1),
      "smallest k2 of any vertex, at the curvature scale: noise counts in full", own
    ) { $0.smallest.farthest },
  ]

  private static let own = "see the article Accuracy of the documentation"
  private static let koenderink =
    "Koenderink & van Doorn 1992, doi:10.1016/0262-8856(92)90076-F"

  private static func spread(
    _ name: String, _ dimension: Dimension, _ formula: String,
    _ value: @escaping @Sendable (CurvatureStatistics) -> CurvatureStatistics.Distribution
  ) -> [MeasurementColumn] {
    [
      number("\(name)_mean", dimension, "area-weighted mean of \(formula)", koenderink) {
        value($0).mean
      },
      number(
        "\(name)_sd", dimension, "area-weighted standard deviation of \(formula)", koenderink
      ) { value($0).deviation },
    ] + percentiles(name, dimension, formula, koenderink, value)
  }

  private static func percentiles(
    _ name: String, _ dimension: Dimension, _ formula: String, _ source: String,
    _ value: @escaping @Sendable (CurvatureStatistics) -> CurvatureStatistics.Distribution
  ) -> [MeasurementColumn] {
    CurvatureStatistics.percentileFractions.enumerated().map { place, fraction in
      let percent = Int((100 * fraction).rounded())
      return number(
        "\(name)_p\(percent < 10 ? "0" : "")\(percent)", dimension,
        "\(percent) % of the area have a smaller \(formula), at the curvature scale", source
      ) { value($0).percentiles[place] }
    }
  }

  private static func number(
    _ name: String, _ dimension: Dimension, _ definition: String, _ source: String,
    _ value: @escaping @Sendable (CurvatureStatistics) -> Double
  ) -> MeasurementColumn {
    shape(name, dimension, definition, source) { value($0.curvature) }
  }
}
