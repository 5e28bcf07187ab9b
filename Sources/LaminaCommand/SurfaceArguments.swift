import ArgumentParser
import Lamina

/// What surfaces are drawn through, and what is done to them before they are written.
struct SurfaceArguments: ParsableArguments {
  @OptionGroup var source: SurfaceSourceArguments

  @Option(help: "taubin:N, laplacian:N or none; N iterations, volume kept (default: none).")
  var smooth: SmoothingChoice?

  @Option(help: "Fraction of triangles that mesh files keep, or none. Measured is before that.")
  var simplify: SimplificationChoice?

  /// Whether meshes are something else than the surfaces that were made.
  var changesMeshes: Bool { smooth?.method != nil || simplify?.fraction != nil }

  /// Takes over what was given on the command line.
  func apply(to options: inout AnalysisOptions) {
    source.apply(to: &options)
    options.smoothing = smooth ?? options.smoothing
    if let simplify { options.simplification = simplify.fraction }
  }
}
