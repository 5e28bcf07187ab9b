extension MeasurementColumn {
  /// Where between the surface and the middle an object is bright.
  static let intensityShells = (0..<IntensityShells.count).map { shell in
    column(
      "intensity_shell_\(shell + 1)", .intensity,
      "mean original grey value of \(places[shell]) quarter of the voxels inside, by their distance to the nearest voxel outside",
      "after Ollion et al. 2013, doi:10.1093/bioinformatics/btt276", of: .intensityShells
    ) { .number($0.intensityShells?.means[shell] ?? .nan) }
  }

  private static let places = ["the outermost", "the second", "the third", "the innermost"]
}
