extension MeasurementColumn {
  /// Columns of MorphoLibJ's Analyze Regions 3D that are made of distances; see ``ColumnSet/note``.
  static let morphoLibJDistances: [MeasurementColumn] =
    [
      chamfer("MaxFeretDiam", .length(power: 1), "largest distance of two corners of voxels") {
        shape, _ in shape.largestCornerDistance
      },
      chamfer(
        "GeodesicDiameter", .length(power: 1),
        "longest of the shortest ways through the object, in steps of 1, 4/3, 5/3 and 7/3 voxels, and the diagonal of a"
          + " voxel more; nan unless voxels are cubes and hang together"
      ) { $0.geodesicDiameter * $1.x },
      chamfer("Tortuosity", .none, "GeodesicDiameter / MaxFeretDiam") {
        $0.geodesicDiameter * $1.x / $0.largestCornerDistance
      },
    ]
    + (0..<3).map { axis in
      chamfer(
        "InscrBall.Center.\("XYZ".dropFirst(axis).prefix(1))", .length(power: 1),
        "of the voxel that lies deepest, the centre of the first voxel of the image being at 0"
      ) { shape, spacing in shape.deepestVoxel.map { Double($0[axis]) * spacing[axis] } ?? .nan }
    } + [
      chamfer(
        "InscrBall.Radius", .length(power: 1),
        "how deep that voxel lies, in steps of 1, 4/3 and 5/3 voxels, taken for cubes with the width of a voxel along x;"
          + " beyond the border of the image is not outside"
      ) { $0.inscribedRadius * $1.x },
      chamfer("GeodesicElongation", .none, "GeodesicDiameter / (2 InscrBall.Radius)") {
        shape, _ in shape.geodesicDiameter / (2 * shape.inscribedRadius)
      },
    ]

  private static func chamfer(
    _ name: String, _ dimension: Dimension, _ definition: String,
    _ value: @escaping @Sendable (ChamferShape, _ spacing: SIMD3<Double>) -> Double
  ) -> MeasurementColumn {
    column(
      name, dimension, definition,
      legland + "; Svensson & Borgefors 2002, doi:10.1006/cviu.2002.0976",
      of: [.voxelShape, .chamferShape]
    ) { row in
      guard let shape = row.chamferShape, let voxels = row.voxelShape else { return .number(.nan) }
      return .number(value(shape, voxels.spacing))
    }
  }
}
