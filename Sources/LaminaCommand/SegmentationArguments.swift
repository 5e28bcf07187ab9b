import ArgumentParser
import Lamina

/// How objects are told from the background.
struct SegmentationArguments: ParsableArguments {
  @Option(
    help:
      "Gaussian before the threshold: 0.5, 0.5um or 2px; 0 is off (default: the smallest voxel spacing)."
  )
  var sigma: Length?

  @Option(help: "otsu, or a grey value; greater is inside (default: otsu).")
  var threshold: ThresholdMethod?

  @Flag(help: "Fill the cavities of objects.")
  var fillHoles = false

  @Option(help: "Leave out objects of less than this volume, in cubic units of the image.")
  var minVolume: Double?

  @Flag(help: "Leave out objects that the border of the image cuts.")
  var clearBorder = false

  @Option(help: "Which voxels count as neighbours: 6, 18 or 26 (default: 26).")
  var connectivity: VoxelConnectivity?

  func validate() throws {
    if let minVolume, !(minVolume >= 0) {
      throw ValidationError("--min-volume must not be negative, got \(minVolume)")
    }
  }

  /// Takes over what was given on the command line.
  func apply(to options: inout AnalysisOptions) {
    options.sigma = sigma ?? options.sigma
    options.threshold = threshold ?? options.threshold
    options.fillHoles = fillHoles || options.fillHoles
    options.minimumVolume = minVolume ?? options.minimumVolume
    options.clearBorder = clearBorder || options.clearBorder
    options.connectivity = connectivity ?? options.connectivity
  }
}
