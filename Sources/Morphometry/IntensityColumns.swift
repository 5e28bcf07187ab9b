internal import Volumes

extension MeasurementColumn {
  /// Grey values inside.
  static let intensity = [
    column("intensity_mean", .intensity, "mean of the original grey values inside", "") {
      .number($0.voxels?.intensity?.mean ?? .nan)
    },
    column("intensity_sd", .intensity, "standard deviation (N) of the grey values inside", "") {
      .number($0.voxels?.intensity?.standardDeviation ?? .nan)
    },
    column("intensity_min", .intensity, "smallest grey value inside", "") {
      .number($0.voxels?.intensity?.minimum ?? .nan)
    },
    column("intensity_max", .intensity, "largest grey value inside", "") {
      .number($0.voxels?.intensity?.maximum ?? .nan)
    },
  ]
}
