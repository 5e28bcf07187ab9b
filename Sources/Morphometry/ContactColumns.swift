extension MeasurementColumn {
  /// What an object has to do with those around it.
  static let contact = [
    column(
      "neighbour_count", .none, "other objects that share a face of a voxel with it", ""
    ) { $0.contacts.map { .count($0.neighbourCount) } ?? .number(.nan) },
    column(
      "contact_area", .length(power: 2),
      "area of contact with other objects: voxel faces projected along the mean normal around them,"
        + " extrapolated from pairs of voxels one and two steps apart to none",
      normals
    ) { .number($0.contacts?.area ?? .nan) },
    column(
      "nearest_distance", .length(power: 1),
      "from the centroid of its voxels to that of the nearest other object; inf without another", ""
    ) { .number($0.contacts?.nearestDistance ?? .nan) },
    column("contact_fraction", .none, "contact_area / surface_area", normals) {
      .number(($0.contacts?.area ?? .nan) / $0.surface.surfaceArea)
    },
  ]

  private static let normals =
    "Coeurjolly, Flin, Teytaud & Tougne 2003, Lecture Notes in Computer Science 2616"
}
