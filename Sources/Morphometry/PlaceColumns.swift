extension MeasurementColumn {
  /// Where an object is.
  static let place: [MeasurementColumn] = {
    let axes = ["x", "y", "z"]
    func columns(
      _ prefix: String, _ definition: String,
      _ vector: @escaping @Sendable (MeshMeasurements) -> SIMD3<Double>
    ) -> [MeasurementColumn] {
      axes.indices.map { axis in
        column("\(prefix)_\(axes[axis])", .length(power: 1), definition, "") {
          .number(vector($0.surface)[axis])
        }
      }
    }
    return columns("bbox_min", "lower corner of the box around the mesh", \.lowerBound)
      + columns("bbox_max", "upper corner of the box around the mesh", \.upperBound)
      + columns("centroid", "centre of mass of the enclosed solid", \.centroid)
  }()
}
