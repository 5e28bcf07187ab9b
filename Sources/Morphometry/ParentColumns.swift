extension MeasurementColumn {
  /// What an object has to do with the one of --parents that it lies in.
  static let parents = [
    column(
      "parent", .none, "label of the object of --parents that has most of its voxels; 0 for none",
      "", of: .parent
    ) { $0.parent.map { .count(Int($0.label)) } ?? .number(.nan) },
    parent("parent_overlap", .none, "part of its voxels that lie in the parent") { $0.overlap },
    parent(
      "parent_volume_fraction", .none,
      "voxel_count over that of the parent: nucleus to cell, not to cytoplasm"
    ) { $0.volumeFraction },
    parent(
      "parent_offset", .length(power: 1),
      "from the centroid of the parent's voxels to that of its own"
    ) { $0.offset },
    column(
      "parent_children", .none,
      "objects with the same parent, itself among them; 0 without a parent", "", of: .parent
    ) { $0.parent.map { .count($0.childCount) } ?? .number(.nan) },
  ]

  private static func parent(
    _ name: String, _ dimension: Dimension, _ definition: String,
    _ value: @escaping @Sendable (ParentMeasurements) -> Double
  ) -> MeasurementColumn {
    column(name, dimension, definition, "", of: .parent) { .number($0.parent.map(value) ?? .nan) }
  }
}
