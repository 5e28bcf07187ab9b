import ArgumentParser
import Lamina

/// What surfaces are drawn through, and what is done to them before they are written.
struct SurfaceArguments: ParsableArguments {
  @Flag(help: "The input is a label image: each value is one object, 0 is background.")
  var labels = false

  @Option(
    help: """
      Draw surfaces through the grey values (grey), through the labels without their staircase (mask), \
      midway between voxels (staircase), or as relaxed surface nets whose walls touching objects share \
      (nets). Default: grey, or mask with --labels.
      """)
  var surface: SurfaceSource?

  @Option(help: "taubin:N, laplacian:N or none; N iterations, volume kept (default: none).")
  var smooth: SmoothingChoice?

  @Option(help: "Fraction of triangles that mesh files keep, or none. Measured is before that.")
  var simplify: SimplificationChoice?

  /// Whether meshes are something else than the surfaces that were made.
  var changesMeshes: Bool { smooth?.method != nil || simplify?.fraction != nil }

  /// Refuses what does not go with objects from a file of their own, `--objects`.
  func checkObjects(_ segmentation: SegmentationArguments) throws {
    try segmentation.checkNoneSegments(with: "--objects")
    guard !labels else {
      throw ValidationError(
        "--labels says that the input holds the labels, --objects that another file does")
    }
  }

  /// Refuses grey surfaces of such objects without what tells their level.
  func checkLevelOfObjects(_ pointSpread: PointSpread?) throws {
    guard surface != .grey || pointSpread != nil else {
      throw UsageError(
        "--objects with --surface grey needs --psf: labels have no grey level of their own")
    }
  }

  /// Takes over what was given on the command line.
  func apply(to options: inout AnalysisOptions) {
    options.inputIsLabels = labels || options.inputIsLabels
    options.surface = surface ?? options.surface
    options.smoothing = smooth ?? options.smoothing
    if let simplify { options.simplification = simplify.fraction }
  }
}
