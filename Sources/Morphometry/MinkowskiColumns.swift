extension MeasurementColumn {
  /// Minkowski functionals and tensors, normalised as karambola does: W1 is a third of the area,
  /// and so on. Without the third they are `surface_area`, `mean_curvature_integral` and
  /// `gaussian_curvature_integral`.
  static let minkowski: [MeasurementColumn] =
    functionals
    + tensor("w0_20", .length(power: 5), "integral of x ⊗ x over the solid", \.volumePositions)
    + tensor(
      "w1_20", .length(power: 4), "a third of the integral of x ⊗ x over the surface",
      \.areaPositions)
    + tensor(
      "w2_20", .length(power: 3), "a third of the integral of H x ⊗ x over the surface",
      \.curvaturePositions)
    + tensor(
      "w1_02", .length(power: 2), "a third of the integral of n ⊗ n over the surface",
      \.areaNormals)
    + tensor(
      "w2_02", .length(power: 1), "a third of the integral of H n ⊗ n over the surface",
      \.curvatureNormals)

  private static let functionals = [
    column(
      "minkowski_w0", .length(power: 3), "W0 = volume; the intrinsic volume V3", schroederTurk
    ) { .number($0.surface.volume) },
    column(
      "minkowski_w1", .length(power: 2),
      "W1 = surface_area / 3; the intrinsic volume V2 is surface_area / 2", schroederTurk
    ) { .number($0.surface.surfaceArea / 3) },
    column(
      "minkowski_w2", .length(power: 1),
      "W2 = mean_curvature_integral / 3; the intrinsic volume V1 is mean_curvature_integral / pi",
      schroederTurk
    ) { .number($0.surface.curvature.meanIntegral / 3) },
    column(
      "minkowski_w3", .none,
      "W3 = gaussian_curvature_integral / 3; the intrinsic volume V0 is half of euler_number",
      schroederTurk
    ) { .number($0.surface.curvature.gaussianIntegral / 3) },
  ]

  /// Six components and the anisotropy of a tensor.
  private static func tensor(
    _ name: String, _ dimension: Dimension, _ definition: String,
    _ value: @escaping @Sendable (MinkowskiTensors) -> SymmetricTensor
  ) -> [MeasurementColumn] {
    let about = "\(definition), x from the centroid and n outward"
    let diagonal = ["xx", "yy", "zz"].enumerated().map { place, component in
      shape("minkowski_\(name)_\(component)", dimension, "\(component) of \(about)", schroederTurk)
      {
        value($0.minkowski).diagonal[place]
      }
    }
    let mixed = ["yz", "xz", "xy"].enumerated().map { place, component in
      shape("minkowski_\(name)_\(component)", dimension, "\(component) of \(about)", schroederTurk)
      {
        value($0.minkowski).mixed[place]
      }
    }
    let anisotropy = shape(
      "minkowski_\(name)_beta", .none,
      "smallest over largest eigenvalue, by magnitude, of \(about); 1 where no direction stands out",
      schroederTurk
    ) { value($0.minkowski).anisotropy }
    return diagonal + mixed + [anisotropy]
  }

  private static let schroederTurk =
    "Schröder-Turk et al. 2013, doi:10.1088/1367-2630/15/8/083028"
}
