internal import LibC

extension MeasurementColumn {
  /// Columns of ITK's `LabelShapeStatisticsImageFilter`; see ``ColumnSet/note``. Moments are in
  /// ascending order.
  static let itk: [MeasurementColumn] =
    identity + [
      statistic("NumberOfPixels", .none, "voxels of the object") {
        .count(Int(($0.moments.volume / $0.voxelVolume).rounded()))
      },
      statistic("PhysicalSize", .length(power: 3), "NumberOfPixels times the volume of a voxel") {
        .number($0.moments.volume)
      },
    ]
    + (0..<3).map { axis in
      statistic("Centroid-\(axis)", .length(power: 1), "mean of the voxels' centres") {
        .number($0.moments.centroid[axis])
      }
    }
    + (0..<3).map { axis in
      statistic("BoundingBox-\(axis)", .none, "first voxel along axis \(axis)") {
        .count($0.lower[axis])
      }
    }
    + (0..<3).map { axis in
      statistic("BoundingBox-\(axis + 3)", .none, "how many voxels along axis \(axis)") {
        .count($0.upper[axis] - $0.lower[axis] + 1)
      }
    }
    + (0..<3).map { place in
      statistic(
        "PrincipalMoments-\(place)", .length(power: 2),
        "eigenvalue \(place) of the covariance of the voxels' centres, smallest first"
      ) { .number($0.principal.values[2 - place]) }
    }
    + (0..<3).map { place in
      statistic(
        "EquivalentEllipsoidDiameter-\(place)", .length(power: 1),
        "axis of the ellipsoid of equal volume with those ratios of axes, smallest first"
      ) { .number($0.ellipsoidDiameters[2 - place]) }
    }
    + (0..<3).map { place in
      statistic(
        "OrientedBoundingBoxSize-\(place)", .length(power: 1),
        "extent of the voxels along the axis of PrincipalMoments-\(place)"
      ) { .number($0.orientedBox[2 - place]) }
    } + [
      statistic(
        "Elongation", .none, "sqrt(PrincipalMoments-2 / PrincipalMoments-1); 0 for a line"
      ) { .number(rootOfRatio($0.principal.values.x, $0.principal.values.y)) },
      statistic(
        "Flatness", .none, "sqrt(PrincipalMoments-1 / PrincipalMoments-0); 0 for a flat object"
      ) { .number(rootOfRatio($0.principal.values.y, $0.principal.values.z)) },
      statistic("EquivalentSphericalRadius", .length(power: 1), "(3 PhysicalSize / (4 pi))^(1/3)") {
        .number($0.sphericalRadius)
      },
      statistic(
        "EquivalentSphericalPerimeter", .length(power: 2), "4 pi EquivalentSphericalRadius²"
      ) { .number(4 * .pi * $0.sphericalRadius * $0.sphericalRadius) },
      column(
        "Perimeter", .length(power: 2), "surface area by Crofton's formula in 13 directions",
        lehmann
      ) { .number($0.voxels?.croftonArea ?? .nan) },
      column(
        "Roundness", .none, "EquivalentSphericalPerimeter / Perimeter: Wadell's sphericity",
        lehmann,
        of: .voxelShape
      ) {
        guard let voxels = $0.voxels, let shape = $0.voxelShape else { return .number(.nan) }
        return .number(4 * .pi * shape.sphericalRadius * shape.sphericalRadius / voxels.croftonArea)
      },
      statistic(
        "FeretDiameter", .length(power: 1), "largest distance of two centres of voxels"
      ) { .number($0.largestCenterDistance) },
    ]

  private static func rootOfRatio(_ larger: Double, _ smaller: Double) -> Double {
    smaller > 1e-12 * larger ? (larger / smaller).squareRoot() : 0
  }

  private static func statistic(
    _ name: String, _ dimension: Dimension, _ definition: String,
    _ value: @escaping @Sendable (VoxelShape) -> Value
  ) -> MeasurementColumn {
    column(name, dimension, definition, lehmann, of: .voxelShape) {
      $0.voxelShape.map(value) ?? .number(.nan)
    }
  }

  private static let lehmann = "Lehmann 2007, Label object representation and manipulation with ITK"
}

extension VoxelShape {
  fileprivate var sphericalRadius: Double { cbrt(3 * moments.volume / (4 * .pi)) }

  /// Largest first.
  fileprivate var ellipsoidDiameters: SIMD3<Double> {
    let product = principal.values.x * principal.values.y * principal.values.z
    guard product > 0 else { return .zero }
    return 2 * sphericalRadius * (principal.values / cbrt(product)).squareRoot()
  }
}
