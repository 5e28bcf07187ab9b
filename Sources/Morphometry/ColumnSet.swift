/// A table by one word: columns of Lamina's own, or those of another program under its names and by its
/// definitions.
public enum ColumnSet: String, Sendable, Hashable, Codable, CaseIterable {
  /// Every column of Lamina's own but those that take long.
  case all
  /// The usual ones.
  case core
  /// Columns of Lamina's own that take long.
  case slow
  /// What an object has to do with the larger one that it lies in.
  case parents
  /// `skimage.measure.regionprops_table` of scikit-image.
  case skimage
  /// Analyze Regions 3D of MorphoLibJ.
  case morpholibj
  /// The shape features of pyradiomics.
  case pyradiomics
  /// `LabelShapeStatisticsImageFilter` of ITK.
  case itk

  public var columns: [MeasurementColumn] {
    switch self {
    case .all: MeasurementColumn.all
    case .core: MeasurementColumn.core
    case .slow: MeasurementColumn.slow
    case .parents: MeasurementColumn.parents
    case .skimage: MeasurementColumn.skimage
    case .morpholibj: MeasurementColumn.morphoLibJ
    case .pyradiomics: MeasurementColumn.pyradiomics
    case .itk: MeasurementColumn.itk
    }
  }

  /// How the columns differ from what their names may suggest.
  public var note: String {
    switch self {
    case .all, .core, .slow, .parents:
      "Measured is the surface as reconstructed, before smoothing and simplification."
    case .skimage:
      "As regionprops_table of scikit-image with its spacing: axes in the order z, y, x, and the "
        + "centre of the first voxel at 0. Everything is from the voxels."
    case .morpholibj:
      "As Analyze Regions 3D of MorphoLibJ: places count from the outer corner of the first voxel, "
        + "half a voxel before its centre, but for the inscribed ball. There GeodesicDiameter is in voxels whatever their size, and Tortuosity"
        + " and GeodesicElongation divide that by lengths; here all are lengths."
    case .pyradiomics:
      "By the formulas of pyradiomics, on Lamina's surface: its own runs midway between the voxels "
        + "of the mask, whose area is 9 % too large or more. The axes are those of the voxels, as "
        + "there. Left out: the diameters within slices."
    case .itk:
      "As LabelShapeStatisticsImageFilter of ITK. Where voxels are no cubes, its perimeter weights "
        + "directions in another way; here the weights are those of the actual spacing."
    }
  }
}
