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

  /// Takes over what was given on the command line.
  func apply(to options: inout AnalysisOptions) {
    options.inputIsLabels = labels || options.inputIsLabels
    options.surface = surface ?? options.surface
    options.smoothing = smooth ?? options.smoothing
    if let simplify { options.simplification = simplify.fraction }
  }
}
