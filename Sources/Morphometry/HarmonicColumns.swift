extension MeasurementColumn {
  /// Spherical harmonics of the distance from the centroid.
  static let harmonics: [MeasurementColumn] =
    (1...HarmonicSpectrum.largestDegree).map { degree in
      harmonic(
        "harmonic_power_\(degree)", .none,
        "sum of the squared spherical harmonic coefficients of degree \(degree) of the distance from the centroid over"
          + " that of degree 0; nan unless closed, without handles, and seen whole from the centroid"
      ) { $0.power[degree] }
    } + [
      harmonic(
        "harmonic_residual", .length(power: 1),
        "root mean square distance, over directions, of the surface from the sum of degrees 0 to"
          + " \(HarmonicSpectrum.largestDegree)"
      ) { $0.residual }
    ]

  private static func harmonic(
    _ name: String, _ dimension: Dimension, _ definition: String,
    _ value: @escaping @Sendable (HarmonicSpectrum) -> Double
  ) -> MeasurementColumn {
    column(name, dimension, definition, kazhdan, of: .harmonics) {
      .number($0.harmonics.map(value) ?? .nan)
    }
  }

  private static let kazhdan =
    "Kazhdan, Funkhouser & Rusinkiewicz 2003; for cells Viana et al. 2023, doi:10.1038/s41586-022-05563-7"
}
