internal import VolumeIO
public import Volumes

extension Volume where Element == UInt32 {
  /// Reads a label image that lies on a stack: as large as it, and placed as it is.
  ///
  /// - Parameters:
  ///   - grid: Of the stack. What the file says of its own voxel size does not count.
  ///   - options: Those that the stack was read with: of its resolution and box the labels are read, too.
  public init(contentsOf path: String, fitting grid: Grid, for options: AnalysisOptions) throws {
    let image = try Image(contentsOf: path, fitting: grid, for: options)
    do { self = try image.asLabels() } catch {
      throw AnalysisError.noLabels(path: path, reason: "\(error)")
    }
    calibrate(
      spacing: grid.spacing, origin: grid.origin, unit: grid.unit, source: grid.calibration)
  }
}

extension Image {
  /// Reads an image that lies on a stack, as large as it.
  ///
  /// - Parameters:
  ///   - grid: Of the stack.
  ///   - options: Those that the stack was read with: of its resolution and box this one is read, too.
  public init(contentsOf path: String, fitting grid: Grid, for options: AnalysisOptions) throws {
    let selection = Stack.Selection(level: options.level, box: options.box)
    self = try Stack(contentsOf: path, selecting: selection).image
    guard self.grid.size == grid.size else {
      throw AnalysisError.doesNotFit(path: path, size: self.grid.size, stack: grid.size)
    }
  }
}
