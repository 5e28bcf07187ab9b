public import VolumeIO
public import Volumes

extension Volume where Element == UInt32 {
  /// Reads a label image that lies on a stack: as large as it, and placed as it is.
  ///
  /// - Parameters:
  ///   - grid: Of the stack. What the file says of its own voxel size does not count.
  ///   - selection: Which image of the file.
  public init(
    contentsOf path: String, fitting grid: Grid, selecting selection: Stack.Selection = .init()
  ) throws {
    let image = try Stack(contentsOf: path, selecting: selection).image
    guard image.grid.size == grid.size else {
      throw AnalysisError.labelsDoNotFit(path: path, size: image.grid.size, stack: grid.size)
    }
    do { self = try image.asLabels() } catch {
      throw AnalysisError.noLabels(path: path, reason: "\(error)")
    }
    calibrate(
      spacing: grid.spacing, origin: grid.origin, unit: grid.unit, source: grid.calibration)
  }
}
