import ArgumentParser
import Lamina

/// What surfaces are drawn through, and what is done to them before they are written.
struct SurfaceArguments: ParsableArguments {
  @OptionGroup var source: SurfaceSourceArguments

  @Option(help: "taubin:N, laplacian:N or none; N iterations, volume kept (default: none).")
  var smooth: SmoothingChoice?

  @Option(help: "Fraction of triangles that mesh files keep, or none. Measured is before that.")
  var simplify: SimplificationChoice?

  /// Takes over what was given on the command line.
  func apply(to options: inout AnalysisOptions) {
    source.apply(to: &options)
    options.smoothing = smooth ?? options.smoothing
    if let simplify { options.simplification = simplify.fraction }
  }
}
