extension MeasurementColumn {
  /// How rough the surface is over a range of sizes.
  static let fractal = [
    fractal(
      "fractal_dimension", .none,
      "minus the slope of log N over log size for the N boxes of a lattice that hold voxels of the surface; nan where"
        + " sizes span less than a factor of ten"
    ) { $0.dimension },
    fractal(
      "fractal_r2", .none, "squared correlation of log N and log size; as fractal_dimension"
    ) { $0.determination },
    fractal(
      "fractal_box_min", .length(power: 1), "smallest box: two longest sides of a voxel"
    ) { $0.sizes.lowerBound },
    fractal(
      "fractal_box_max", .length(power: 1), "largest box: a quarter of the longest extent"
    ) { $0.sizes.upperBound },
  ]

  private static func fractal(
    _ name: String, _ dimension: Dimension, _ definition: String,
    _ value: @escaping @Sendable (FractalDimension) -> Double
  ) -> MeasurementColumn {
    column(name, dimension, definition, boneJ, of: .fractal) {
      .number($0.fractal.map(value) ?? .nan)
    }
  }

  private static let boneJ = "as in BoneJ: Doube et al. 2010, doi:10.1016/j.bone.2010.08.023"
}
