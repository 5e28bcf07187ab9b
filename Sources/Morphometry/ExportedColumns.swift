internal import MeshProcessing

extension MeasurementColumn {
  /// What the mesh has that is handed on.
  static let exported = [
    column("mesh_triangles", .none, "triangles of the mesh as written, after simplification", "") {
      .count($0.exportedTriangleCount)
    },
    column("mesh_surface_area", .length(power: 2), "surface area of the mesh as written", "") {
      .number($0.exportedSurfaceArea)
    },
    column("mesh_volume", .length(power: 3), "volume of the mesh as written", "") {
      .number($0.exportedVolume)
    },
  ]

  /// How far it lies from the surface that was measured.
  static let exportedDeviation = [
    deviationColumn("mean", "mean distance", \.mean),
    deviationColumn("rms", "root mean square of the distance", \.rootMeanSquare),
    deviationColumn("hausdorff", "largest distance, as far as samples show it,", \.hausdorff),
  ]

  private static func deviationColumn(
    _ name: String, _ definition: String,
    _ value: @escaping @Sendable (SurfaceDeviation) -> Double
  ) -> MeasurementColumn {
    column(
      "mesh_deviation_\(name)", .length(power: 1),
      "\(definition) between the mesh as written and the surface as measured, both ways",
      "Cignoni, Rocchini & Scopigno 1998, doi:10.1111/1467-8659.00236", of: .exportedDeviation
    ) { .number($0.exportedDeviation.map(value) ?? .nan) }
  }
}
