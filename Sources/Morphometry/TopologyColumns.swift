internal import MeshProcessing

extension MeasurementColumn {
  /// How the surface hangs together, and whether it is whole.
  static let topology = [
    column(
      "euler_number", .none, "vertices - edges + triangles of the surface; 2 for a sphere", ""
    ) { .count($0.surface.topology.eulerNumber) },
    column("genus", .none, "handles: components - euler_number / 2; nan unless closed", "") {
      $0.surface.topology.genus.map { .count($0) } ?? .number(.nan)
    },
    column("components", .none, "separate closed surfaces of the object, cavities included", "") {
      .count($0.surface.topology.componentCount)
    },
    column("watertight", .none, "every edge of the mesh has exactly two triangles", "") {
      .flag($0.surface.topology.isWatertight)
    },
    column("touches_border", .none, "the border of the image cuts the object", "") {
      .flag($0.voxels?.touchesBorder ?? false)
    },
    column(
      "border_area", .length(power: 2),
      "area of the object's voxel faces at the border of the image: a cut, not its own surface", ""
    ) { .number($0.voxels?.borderArea ?? .nan) },
  ]
}
