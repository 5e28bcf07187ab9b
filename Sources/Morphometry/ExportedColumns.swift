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
}
