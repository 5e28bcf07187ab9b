extension MeasurementColumn {
  /// How large an object is.
  static let size = [
    column(
      "surface_area", .length(power: 2), "sum of the areas of the mesh's triangles",
      "IBSI, doi:10.1148/radiol.2020191145"
    ) { .number($0.surface.surfaceArea) },
    column(
      "surface_area_crofton", .length(power: 2),
      "crossings of lines in 13 directions, weighted for the voxel spacing; needs no mesh",
      "Legland, Kiêu & Devaux 2007, doi:10.5566/ias.v26.p83-92"
    ) { .number($0.voxels?.croftonArea ?? .nan) },
    column(
      "volume", .length(power: 3), "sum of the mesh's signed tetrahedra",
      "Zhang & Chen 2001, doi:10.1109/ICIP.2001.958278"
    ) { .number($0.surface.volume) },
    column("volume_voxel", .length(power: 3), "voxel_count times the volume of a voxel", "IBSI") {
      .number($0.voxels?.volume ?? .nan)
    },
    column("voxel_count", .none, "voxels with this label", "") {
      $0.voxels.map { .count($0.voxelCount) } ?? .number(.nan)
    },
  ]

  /// What area and volume say together, as most tables have it.
  static let shape = [
    column(
      "sphericity", .none, "(36 pi volume²)^(1/3) / surface_area; 1 for a sphere",
      "Wadell 1935, doi:10.1086/624298"
    ) { .number($0.surface.sphericity) },
    column("sa_to_v", .length(power: -1), "surface_area / volume", "") {
      .number($0.surface.surfaceToVolume)
    },
    column("equivalent_diameter", .length(power: 1), "(6 volume / pi)^(1/3)", "") {
      .number($0.surface.equivalentDiameter)
    },
  ]

}
