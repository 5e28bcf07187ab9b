extension MeasurementColumn {
  /// What an object has to do with those around it.
  static let contact = [
    column(
      "neighbour_count", .none, "other objects that share a face of a voxel with it", "",
      of: .contacts
    ) { $0.contacts.map { .count($0.neighbourCount) } ?? .number(.nan) },
    column(
      "contact_area", .length(power: 2),
      "area of contact with other objects: at a flat wall what the sections of both objects come to there;"
        + " else voxel faces projected along the mean normal around them, extrapolated from pairs of voxels"
        + " one and two steps apart to none",
      normals, of: .contacts
    ) { .number($0.contacts?.area ?? .nan) },
    column(
      "contact_area_u", .length(power: 2),
      "standard uncertainty of contact_area: where the voxels happen to lie", own, of: .contacts
    ) { .number($0.contacts?.areaUncertainty ?? .nan) },
    column(
      "nearest_distance", .length(power: 1),
      "from the centroid of its voxels to that of the nearest other object; inf without another",
      "",
      of: .contacts
    ) { .number($0.contacts?.nearestDistance ?? .nan) },
    column("contact_fraction", .none, "contact_area / surface_area", normals, of: .contacts) {
      .number(($0.contacts?.area ?? .nan) / $0.surface.surfaceArea)
    },
  ]

  /// How near the surfaces of other objects are.
  static let surfaceNeighbours = [
    column(
      "nearest_surface_distance", .length(power: 1),
      "from its surface to the nearest point of the surface of any other object, between triangles; 0 where two cross,"
        + " inf without another",
      "", of: .surfaceNeighbours
    ) { .number($0.surfaceNeighbours?.nearestDistance ?? .nan) },
    column(
      "neighbours_within", .none,
      "other objects whose surface is no farther away than --neighbour-distance; nan without that",
      "", of: .surfaceNeighbours
    ) { $0.surfaceNeighbours?.count.map { .count($0) } ?? .number(.nan) },
  ]

  private static let normals =
    "Coeurjolly, Flin, Teytaud & Tougne 2003, Lecture Notes in Computer Science 2616"
  private static let own = "see the article Accuracy of the documentation"
}
