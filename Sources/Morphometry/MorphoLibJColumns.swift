internal import LibC

extension MeasurementColumn {
  /// Columns of MorphoLibJ's Analyze Regions 3D; see ``ColumnSet/note``.
  static let morphoLibJ: [MeasurementColumn] =
    [
      column("Label", .none, "number of the object", "") { .count(Int($0.label)) },
      analyze("VoxelCount", .none, "voxels of the object") {
        .count(Int(($0.moments.volume / $0.voxelVolume).rounded()))
      },
      analyze("Volume", .length(power: 3), "VoxelCount times the volume of a voxel") {
        .number($0.moments.volume)
      },
      column(
        "SurfaceArea", .length(power: 2), "Crofton's formula in 13 directions", legland
      ) { .number($0.voxels?.croftonArea ?? .nan) },
      column(
        "Sphericity", .none, "36 pi Volume² / SurfaceArea³: the cube of Wadell's", legland
      ) {
        guard let voxels = $0.voxels else { return .number(.nan) }
        let area = voxels.croftonArea
        return .number(36 * .pi * voxels.volume * voxels.volume / (area * area * area))
      },
      analyze(
        "MeanBreadth", .length(power: 1),
        "mean distance of two parallel planes that hold the object, by Crofton's formula with planes in 13 directions"
      ) { .number($0.meanBreadth) },
      analyze("EulerNumber", .none, "of the solid, voxels hanging together by faces") {
        .count($0.configurations.eulerNumber6)
      },
    ]
    + (0..<3).flatMap { axis in
      [
        analyze("Box.\(xyz[axis]).Min", .length(power: 1), "lower face of the box of voxels") {
          .number(Double($0.lower[axis]) * $0.spacing[axis])
        },
        analyze("Box.\(xyz[axis]).Max", .length(power: 1), "upper face of the box of voxels") {
          .number(Double($0.upper[axis] + 1) * $0.spacing[axis])
        },
      ]
    }
    + (0..<3).map { axis in
      analyze("Centroid.\(xyz[axis])", .length(power: 1), "mean of the voxels' centres") {
        .number($0.moments.centroid[axis] + $0.spacing[axis] / 2)
      }
    }
    + (0..<3).map { place in
      analyze(
        "Elli.R\(place + 1)", .length(power: 1),
        "semi-axis \(place + 1) of the ellipsoid with the covariance of the voxels as boxes"
      ) { .number($0.radii[place]) }
    } + [
      analyze("Elli.R1/R2", .none, "Elli.R1 / Elli.R2") { .number($0.radii.x / $0.radii.y) },
      analyze("Elli.R1/R3", .none, "Elli.R1 / Elli.R3") { .number($0.radii.x / $0.radii.z) },
      analyze("Elli.R2/R3", .none, "Elli.R2 / Elli.R3") { .number($0.radii.y / $0.radii.z) },
    ] + morphoLibJDistances

  private static let xyz = ["X", "Y", "Z"]

  private static func analyze(
    _ name: String, _ dimension: Dimension, _ definition: String,
    _ value: @escaping @Sendable (VoxelShape) -> Value
  ) -> MeasurementColumn {
    column(name, dimension, definition, legland, of: .voxelShape) {
      $0.voxelShape.map(value) ?? .number(.nan)
    }
  }

  static let legland =
    "Legland, Arganda-Carreras & Andrey 2016, doi:10.1093/bioinformatics/btw413"
}

extension VoxelShape {
  var voxelVolume: Double { spacing.x * spacing.y * spacing.z }
  var boxVolume: Double { boxSize.x * boxSize.y * boxSize.z }

  /// Semi-axes of the ellipsoid with the covariance of the voxels as boxes.
  fileprivate var radii: SIMD3<Double> {
    EquivalentEllipsoid(moments.withVoxelExtent(spacing).covariance).semiAxes
  }
}
