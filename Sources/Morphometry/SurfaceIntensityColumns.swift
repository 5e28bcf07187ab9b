extension MeasurementColumn {
  /// Grey values of the original image where the surface is.
  static let surfaceIntensity = [
    onSurface(
      "surface_intensity_mean",
      "area-weighted mean of the original grey values on the surface, linear between voxels"
    ) { $0.mean },
    onSurface(
      "surface_intensity_sd",
      "area-weighted standard deviation of the original grey values on the surface"
    ) { $0.standardDeviation },
    onSurface(
      "surface_contrast",
      "area-weighted mean of the grey value one voxel inside of the surface less that one voxel outside, along the"
        + " normal"
    ) { $0.contrast },
  ]

  private static func onSurface(
    _ name: String, _ definition: String, _ value: @escaping @Sendable (SurfaceIntensity) -> Double
  ) -> MeasurementColumn {
    column(name, .intensity, definition, "", of: .surfaceIntensity) {
      .number($0.surfaceIntensity.map(value) ?? .nan)
    }
  }
}
