extension MeasurementColumn {
  /// Curvature as a whole.
  static let curvature = [
    column(
      "mean_curvature", .length(power: -1),
      "area-weighted mean of H = (k1 + k2)/2, positive where convex", cohenSteiner
    ) { .number($0.surface.curvature.meanAverage) },
    column(
      "mean_curvature_sd", .length(power: -1),
      "area-weighted standard deviation of H over the surface, at the curvature scale", pointwise
    ) { .number($0.surface.curvature.meanDeviation) },
    column(
      "mean_curvature_integral", .length(power: 1),
      "integral of H: half the sum of edge length times angle; 4 pi R for a sphere", cohenSteiner
    ) { .number($0.surface.curvature.meanIntegral) },
    column(
      "curvature_scale", .length(power: 1),
      "standard deviation of the neighbourhood over which curvature was averaged for the sd columns",
      "Coeurjolly, Lachaud & Levallois 2014, doi:10.1016/j.cviu.2014.04.013"
    ) { .number($0.surface.curvature.scale) },
    column(
      "gaussian_curvature", .length(power: -2), "area-weighted mean of K = k1 k2", cohenSteiner
    ) { .number($0.surface.curvature.gaussianAverage) },
    column(
      "gaussian_curvature_sd", .length(power: -2),
      "area-weighted standard deviation of K over the surface, at the curvature scale", pointwise
    ) { .number($0.surface.curvature.gaussianDeviation) },
    column(
      "gaussian_curvature_integral", .none,
      "integral of K: sum of the angles missing at the vertices; 2 pi euler_number when closed",
      cohenSteiner
    ) { .number($0.surface.curvature.gaussianIntegral) },
  ]

  private static let pointwise =
    "from second derivatives of the blurred image for --psf and masks (Goldman 2005, doi:10.1016/j.cagd.2005.06.005),"
    + " else from positions and normals of the mesh (Lachaud, Romon, Thibert & Coeurjolly 2020,"
    + " doi:10.1111/cgf.14067; --mesh-curvature)"
  private static let cohenSteiner = "Cohen-Steiner & Morvan 2003, doi:10.1145/777792.777839"
}
