extension MeasurementColumn {
  /// The shape features of pyradiomics; see ``ColumnSet/note``.
  static let pyradiomics: [MeasurementColumn] =
    identity + [
      feature("MeshVolume", .length(power: 3), "sum of the mesh's signed tetrahedra") {
        $0.surface.volume
      },
      feature("VoxelVolume", .length(power: 3), "voxels times the volume of a voxel") {
        $0.voxels?.volume
      },
      feature("SurfaceArea", .length(power: 2), "sum of the areas of the mesh's triangles") {
        $0.surface.surfaceArea
      },
      feature("SurfaceVolumeRatio", .length(power: -1), "SurfaceArea / MeshVolume") {
        $0.surface.surfaceToVolume
      },
      feature("Sphericity", .none, "(36 pi MeshVolume²)^(1/3) / SurfaceArea") {
        $0.surface.sphericity
      },
      feature("Compactness1", .none, "MeshVolume / (sqrt(pi) SurfaceArea^(3/2))") {
        $0.surface.compactness1
      },
      feature("Compactness2", .none, "36 pi MeshVolume² / SurfaceArea³") {
        $0.surface.isoperimetricQuotient
      },
      feature("SphericalDisproportion", .none, "1 / Sphericity") { 1 / $0.surface.sphericity },
      feature(
        "Maximum3DDiameter", .length(power: 1), "largest distance of two vertices of the mesh"
      ) { $0.convexity?.largestDiameter },
      feature(
        "MajorAxisLength", .length(power: 1),
        "4 sqrt(largest eigenvalue) of the covariance of the voxels' centres"
      ) { $0.axisLength(0) },
      feature(
        "MinorAxisLength", .length(power: 1),
        "4 sqrt(second eigenvalue) of the covariance of the voxels' centres"
      ) { $0.axisLength(1) },
      feature(
        "LeastAxisLength", .length(power: 1),
        "4 sqrt(smallest eigenvalue) of the covariance of the voxels' centres"
      ) { $0.axisLength(2) },
      feature("Elongation", .none, "MinorAxisLength / MajorAxisLength: 1 where round") {
        $0.axisRatio(1)
      },
      feature("Flatness", .none, "LeastAxisLength / MajorAxisLength: 1 where round") {
        $0.axisRatio(2)
      },
    ]

  private static func feature(
    _ name: String, _ dimension: Dimension, _ definition: String,
    _ value: @escaping @Sendable (ObjectMeasurements) -> Double?
  ) -> MeasurementColumn {
    column(
      "original_shape_\(name)", dimension, definition, pyradiomicsSource,
      of: [.convexity, .voxelShape]
    ) {
      .number(value($0) ?? .nan)
    }
  }
}

extension ObjectMeasurements {
  fileprivate func axisLength(_ axis: Int) -> Double? {
    voxelShape.map { 4 * max(0, $0.principal.values[axis]).squareRoot() }
  }

  fileprivate func axisRatio(_ axis: Int) -> Double? {
    voxelShape.map { (max(0, $0.principal.values[axis]) / $0.principal.values.x).squareRoot() }
  }
}
