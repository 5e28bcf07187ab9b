import ArgumentParser
import Lamina

/// How objects are told from the background.
struct SegmentationArguments: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: """
      Greater is inside: otsu, otsu:CLASSES (the brightest of several), li, triangle, isodata, yen, \
      mean, min-error, a grey value, hysteresis:LOW:HIGH, or local:SIGMA[:OFFSET] above the \
      surroundings (default: otsu).
      """)
  var threshold: ThresholdMethod?

  @OptionGroup var steps: SegmentationStepArguments

  /// Which of them were given, by name.
  var given: [String: Bool] { steps.given + ["--threshold": threshold != nil] }

  /// Takes over what was given on the command line.
  func apply(to options: inout AnalysisOptions) {
    options.threshold = threshold ?? options.threshold
    steps.apply(to: &options)
  }
}
