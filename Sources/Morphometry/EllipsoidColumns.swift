extension MeasurementColumn {
  /// The ellipsoid with the covariance of the solid, and its axes.
  static let ellipsoid: [MeasurementColumn] =
    (0..<3).map { axis in
      shape(
        "semi_axis_\(axis + 1)", .length(power: 1),
        "semi-axis \(axis + 1), longest first, of the ellipsoid with the solid's covariance: "
          + "sqrt(5 eigenvalue); exact from the mesh", covarianceSource
      ) { $0.ellipsoid.semiAxes[axis] }
    }
    + (0..<9).map { place in
      shape(
        "axis_\(place / 3 + 1)_\("xyz".dropFirst(place % 3).prefix(1))", .none,
        "\("xyz".dropFirst(place % 3).prefix(1)) of the direction of semi_axis_\(place / 3 + 1), of "
          + "length 1; the largest component of axes 1 and 2 is positive, axis 3 makes the frame "
          + "right-handed", covarianceSource
      ) { $0.ellipsoid.axes[place / 3][place % 3] }
    } + [
      shape(
        "elongation_r1_r2", .none, "semi_axis_1 / semi_axis_2; ITK's and mcib3d's elongation", ""
      ) { $0.ellipsoid.semiAxes.x / $0.ellipsoid.semiAxes.y },
      shape(
        "flatness_r2_r3", .none, "semi_axis_2 / semi_axis_3; ITK's and mcib3d's flatness", ""
      ) { $0.ellipsoid.semiAxes.y / $0.ellipsoid.semiAxes.z },
      shape("elongation_r2_r1", .none, "semi_axis_2 / semi_axis_1; the elongation of IBSI", "IBSI")
      {
        $0.ellipsoid.semiAxes.y / $0.ellipsoid.semiAxes.x
      },
      shape("flatness_r3_r1", .none, "semi_axis_3 / semi_axis_1; the flatness of IBSI", "IBSI") {
        $0.ellipsoid.semiAxes.z / $0.ellipsoid.semiAxes.x
      },
      shape(
        "ellipsoid_fit", .none,
        "volume over that of the ellipsoid with the semi-axes; 1 for an ellipsoid, and one over "
          + "the spareness of mcib3d", ""
      ) { $0.moments.volume / $0.ellipsoid.volume },
      shape(
        "obb_length_1", .length(power: 1), "extent of the mesh along axis 1 of the ellipsoid", ""
      ) { $0.orientedBox.x },
      shape(
        "obb_length_2", .length(power: 1), "extent of the mesh along axis 2 of the ellipsoid", ""
      ) { $0.orientedBox.y },
      shape(
        "obb_length_3", .length(power: 1), "extent of the mesh along axis 3 of the ellipsoid", ""
      ) { $0.orientedBox.z },
    ]

  private static let covarianceSource = "Tonon 2005, doi:10.3844/jmssp.2005.8.11"

  static func shape(
    _ name: String, _ dimension: Dimension, _ definition: String, _ source: String,
    _ value: @escaping @Sendable (ShapeMeasurements) -> Double
  ) -> MeasurementColumn {
    column(name, dimension, definition, source, of: .shape) {
      .number($0.shape.map(value) ?? .nan)
    }
  }
}
