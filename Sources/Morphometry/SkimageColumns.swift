internal import LibC
internal import Volumes

extension MeasurementColumn {
  /// Columns of scikit-image's `regionprops_table`; see ``ColumnSet/note``.
  static let skimage: [MeasurementColumn] =
    identity
    + (0..<6).map { place in
      regionprops(
        "bbox-\(place)", .none,
        "\(place < 3 ? "first" : "one past the last") voxel along \(zyx[place % 3])"
      ) {
        .count(place < 3 ? $0.lower[2 - place] : $0.upper[5 - place] + 1)
      }
    }
    + (0..<3).map { place in
      regionprops(
        "centroid-\(place)", .length(power: 1), "mean \(zyx[place]) of the voxels' centres"
      ) { .number($0.moments.centroid[2 - place]) }
    } + [
      regionprops("num_pixels", .none, "voxels of the object") {
        .count(Int(($0.moments.volume / $0.voxelVolume).rounded()))
      },
      regionprops("area", .length(power: 3), "num_pixels times the volume of a voxel") {
        .number($0.moments.volume)
      },
      regionprops("area_bbox", .length(power: 3), "volume of the box of whole voxels") {
        .number($0.boxVolume)
      },
      regionprops("extent", .none, "area / area_bbox") {
        .number($0.moments.volume / $0.boxVolume)
      },
      regionprops(
        "area_convex", .length(power: 3),
        "volume of the voxels with centres in the hull of the middles of the voxels' faces"
      ) { .number($0.convexVolume) },
      regionprops("solidity", .none, "area / area_convex") {
        .number($0.moments.volume / $0.convexVolume)
      },
      regionprops(
        "feret_diameter_max", .length(power: 1),
        "largest distance of two points midway between a voxel of area_convex and its neighbour"
      ) { .number($0.convex?.largestDiameter ?? .nan) },
      regionprops("equivalent_diameter_area", .length(power: 1), "(6 area / pi)^(1/3)") {
        .number(cbrt(6 * $0.moments.volume / .pi))
      },
      regionprops(
        "axis_major_length", .length(power: 1),
        "longest axis, not semi-axis, of the ellipsoid with the covariance of the voxels' centres"
      ) { .number(2 * (5 * $0.principal.values.x).squareRoot()) },
      regionprops(
        "axis_minor_length", .length(power: 1),
        "shortest axis, not semi-axis, of the ellipsoid with the covariance of the voxels' centres"
      ) { .number(2 * (5 * max(0, $0.principal.values.z)).squareRoot()) },
    ]
    + (0..<3).map { place in
      regionprops(
        "inertia_tensor_eigvals-\(place)", .length(power: 2),
        "eigenvalue \(place) of the inertia tensor per voxel: two eigenvalues of the covariance added"
      ) {
        .number($0.principal.values.sum() - $0.principal.values[2 - place])
      }
    } + [
      regionprops("euler_number", .none, "of the solid, voxels hanging together by corners") {
        .count($0.configurations.eulerNumber26)
      },
      intensity("intensity_mean", "mean of the grey values") { $0.mean },
      intensity("intensity_min", "smallest grey value") { $0.minimum },
      intensity("intensity_max", "largest grey value") { $0.maximum },
      intensity("intensity_std", "standard deviation (N) of the grey values") {
        $0.standardDeviation
      },
    ]

  private static let zyx = ["z", "y", "x"]

  private static func regionprops(
    _ name: String, _ dimension: Dimension, _ definition: String,
    _ value: @escaping @Sendable (VoxelShape) -> Value
  ) -> MeasurementColumn {
    column(name, dimension, definition, scikitImage, of: [.voxelShape, .convexVoxels]) {
      $0.voxelShape.map(value) ?? .number(.nan)
    }
  }

  private static func intensity(
    _ name: String, _ definition: String,
    _ value: @escaping @Sendable (IntensityStatistics) -> Double
  ) -> MeasurementColumn {
    column(name, .intensity, definition, scikitImage) {
      .number($0.voxels?.intensity.map(value) ?? .nan)
    }
  }

  private static let scikitImage = "van der Walt et al. 2014, doi:10.7717/peerj.453"
}

extension VoxelShape {
  fileprivate var convexVolume: Double { convex.map { Double($0.count) * voxelVolume } ?? .nan }
}
