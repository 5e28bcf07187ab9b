/// Which columns a table has: Lamina's own, or those of another program under its names and by its
/// definitions.
public enum ColumnSet: String, Sendable, Hashable, Codable, CaseIterable {
  /// Every column of Lamina's own.
  case all
  /// The usual ones.
  case core
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
    case .skimage: MeasurementColumn.skimage
    case .morpholibj: MeasurementColumn.morphoLibJ
    case .pyradiomics: MeasurementColumn.pyradiomics
    case .itk: MeasurementColumn.itk
    }
  }

  /// Whether a column is made of ``ShapeMeasurements``.
  public var needsShape: Bool { self == .all }

  /// Whether a column is made of ``ConvexityMeasures``.
  public var needsConvexity: Bool { self == .all || self == .pyradiomics }

  /// Whether a column is made of ``VoxelShape``.
  public var needsVoxelShape: Bool { self != .core }
}
