internal import Volumes

extension MeasurementColumn {
  /// Grey values of the original image beyond the usual: their sum, and those where the surface is.
  static let moreIntensity = [
    column(
      "intensity_sum", .intensity,
      "sum of the original grey values inside; background is not taken off", ""
    ) { .number($0.voxels?.intensity.map { $0.mean * Double($0.count) } ?? .nan) },
    intensity(
      "surface_intensity_mean",
      "area-weighted mean of the original grey values on the surface, linear between voxels"
    ) { $0.mean },
    intensity(
      "surface_intensity_sd",
      "area-weighted standard deviation of the original grey values on the surface"
    ) { $0.standardDeviation },
    intensity(
      "surface_contrast",
      "area-weighted mean of the grey value one voxel inside of the surface less that one voxel outside, along the"
        + " normal"
    ) { $0.contrast },
  ]

  private static func intensity(
    _ name: String, _ definition: String, _ value: @escaping @Sendable (SurfaceIntensity) -> Double
  ) -> MeasurementColumn {
    column(name, .intensity, definition, "") { .number($0.surfaceIntensity.map(value) ?? .nan) }
  }
}
