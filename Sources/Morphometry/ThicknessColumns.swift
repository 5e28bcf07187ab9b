extension MeasurementColumn {
  /// How thick an object is from place to place.
  static let thickness = [
    thickness(
      "thickness_mean",
      "mean over the voxels of the local thickness: the diameter of the largest ball that holds the voxel and reaches to no"
        + " centre of one outside, up to a voxel too small or too large"
    ) { $0.mean },
    thickness("thickness_sd", "standard deviation of the local thickness over the voxels") {
      $0.deviation
    },
    thickness("thickness_max", "largest local thickness: twice inscribed_radius") {
      $0.largest
    },
  ]

  private static func thickness(
    _ name: String, _ definition: String,
    _ value: @escaping @Sendable (LocalThickness) -> Double
  ) -> MeasurementColumn {
    column(
      name, .length(power: 1), definition,
      "Hildebrand & Rüegsegger 1997, doi:10.1046/j.1365-2818.1997.1340694.x", of: .localThickness
    ) { .number($0.localThickness.map(value) ?? .nan) }
  }
}
