internal import Volumes

extension MeasurementColumn {
  /// How the original grey values inside are distributed, where they lie, and what they are above the background.
  static let intensityDistribution: [MeasurementColumn] =
    [
      column(
        "intensity_sum", .intensity,
        "sum of the original grey values inside; background is not taken off", ""
      ) { .number($0.voxels?.intensity.map { $0.mean * Double($0.count) } ?? .nan) }
    ]
    + IntensityDistribution.percentileFractions.enumerated().map { place, fraction in
      let percent = Int((100 * fraction).rounded())
      let name = percent == 50 ? "median" : "p\(percent < 10 ? "0" : "")\(percent)"
      return distribution(
        "intensity_\(name)", .intensity,
        "\(percent) % of the voxels inside have a smaller grey value; linear between two",
        "Hyndman & Fan 1996, doi:10.1080/00031305.1996.10473566, type 7"
      ) { $0.percentiles[place] }
    } + [
      distribution(
        "intensity_skewness", .none,
        "mean cubed difference from the mean over the cubed standard deviation, with N; positive where few voxels are"
          + " much brighter", ""
      ) { $0.skewness }
    ]
    + (0..<3).map { axis in
      distribution(
        "intensity_centroid_\(["x", "y", "z"][axis])", .length(power: 1),
        "mean of the voxels' centres weighted by their original grey values; nan where these add up to 0 or less",
        ""
      ) { $0.centroid[axis] }
    } + [
      distribution(
        "intensity_offset", .length(power: 1),
        "from the centroid of the voxels to that weighted by grey values; background in the image makes it smaller",
        ""
      ) { $0.offset }
    ] + background

  private static let background = [
    aboveBackground(
      "intensity_background",
      "median of the original grey values around: of voxels that no object has, three longest sides of a voxel or"
        + " more from any object, and at most six from the box around this one; nan where there are fewer than 50",
      ""
    ) { $1.median },
    aboveBackground("intensity_mean_corrected", "intensity_mean - intensity_background", "") {
      $0.mean - $1.median
    },
    aboveBackground(
      "intensity_sum_corrected",
      "intensity_sum - voxel_count intensity_background: total fluorescence above the background",
      "corrected total cell fluorescence (CTCF), with volume for area"
    ) { ($0.mean - $1.median) * Double($0.count) },
  ]

  private static func distribution(
    _ name: String, _ dimension: Dimension, _ definition: String, _ source: String,
    _ value: @escaping @Sendable (IntensityDistribution) -> Double
  ) -> MeasurementColumn {
    column(name, dimension, definition, source, of: .intensityDistribution) {
      .number($0.intensityDistribution.map(value) ?? .nan)
    }
  }

  private static func aboveBackground(
    _ name: String, _ definition: String, _ source: String,
    _ value: @escaping @Sendable (IntensityStatistics, SurroundingIntensity) -> Double
  ) -> MeasurementColumn {
    column(name, .intensity, definition, source, of: .surroundings) { row in
      guard let inside = row.voxels?.intensity, let around = row.surroundings else {
        return .number(.nan)
      }
      return .number(value(inside, around))
    }
  }
}
