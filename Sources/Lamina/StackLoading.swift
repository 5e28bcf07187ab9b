public import VolumeIO
internal import Volumes

extension Stack {
  /// Reads the stack that an analysis is to work on, with the spacing that it is to have.
  ///
  /// - Parameter options: Its spacing and unit replace what the file says.
  public init(contentsOf path: String, for options: AnalysisOptions) throws {
    try self.init(
      contentsOf: path,
      selecting: .init(
        channel: options.channel, frame: options.frame, series: options.series,
        level: options.level, box: options.box))
    let grid = image.grid
    if let spacing = options.spacing {
      guard (0..<3).allSatisfy({ Grid.spacings.contains(spacing[$0]) }) else {
        throw AnalysisError.noSpacing(spacing)
      }
      let unit = options.unit ?? (grid.isCalibrated ? grid.unit : .micrometre)
      image.calibrate(spacing: spacing, unit: unit, source: .commandLine)
    } else if let unit = options.unit, grid.isCalibrated, let from = grid.unit.metres,
      let to = unit.metres
    {
      // The same voxels in another unit.
      image.calibrate(
        spacing: grid.spacing * (from / to), origin: grid.origin * (from / to), unit: unit,
        source: grid.calibration)
    } else if let unit = options.unit, grid.unit == .unstated {
      // What the file left open.
      image.calibrate(spacing: grid.spacing, unit: unit, source: grid.calibration)
    }
  }
}
