import ArgumentParser
import Lamina

/// How objects are told from the background, but for the threshold.
struct SegmentationStepArguments: ParsableArguments {
  @Option(
    help:
      "Gaussian before the threshold: 0.5, 0.5um or 2px; 0 is off (default: the smallest voxel spacing)."
  )
  var sigma: Length?

  @Option(help: "Remove what a ball of this radius does not fit into: 0.5, 0.5um or 2px.")
  var open: Length?

  @Option(help: "Then fill the gaps that a ball of this radius does not fit into.")
  var close: Length?

  @Flag(help: "Fill the cavities of objects.")
  var fillHoles = false

  @Flag(help: "Cut touching objects apart where they narrow.")
  var split = false

  @Option(
    help: """
      As --split, by the distance to the background, by the grey values (intensity) or by both, at necks \
      below a share of the lower summit: distance:0.9 (what --split does), both:0.94, intensity:0.95, ...
      """)
  var splitBy: Splitting?

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

  /// Which of those were given that make objects out of grey values, by name.
  var segmenting: [String: Bool] {
    [
      "--open": open != nil, "--close": close != nil, "--fill-holes": fillHoles, "--split": split,
      "--split-by": splitBy != nil, "--connectivity": connectivity != nil,
    ]
  }

  /// Which of all were given, by name.
  var given: [String: Bool] {
    segmenting + [
      "--sigma": sigma != nil, "--min-volume": minVolume != nil, "--clear-border": clearBorder,
    ]
  }

  /// Takes over what was given on the command line.
  func apply(to options: inout AnalysisOptions) {
    options.sigma = sigma ?? options.sigma
    options.opening = open ?? options.opening
    options.closing = close ?? options.closing
    options.fillHoles = fillHoles || options.fillHoles
    options.splitting = splitBy ?? options.splitting ?? (split ? .byDistance : nil)
    options.minimumVolume = minVolume ?? options.minimumVolume
    options.clearBorder = clearBorder || options.clearBorder
    options.connectivity = connectivity ?? options.connectivity
  }
}
