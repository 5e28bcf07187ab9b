import ArgumentParser
import Lamina

/// What surfaces are drawn through.
struct SurfaceSourceArguments: ParsableArguments {
  @Flag(help: "The input is a label image: each value is one object, 0 is background.")
  var labels = false

  @Option(
    help: """
      Draw surfaces through the grey values (grey), through the labels without their staircase (mask), \
      midway between voxels (staircase), or as relaxed surface nets whose walls touching objects share \
      (nets). Default: grey, or mask with --labels.
      """)
  var surface: SurfaceSource?

  /// Which of them were given, by name.
  var given: [String: Bool] { ["--labels": labels, "--surface": surface != nil] }

  /// Refuses what does not go with labels, which are taken as they are.
  ///
  /// - Parameter hasObjects: Whether they are in another file, `--objects`.
  func checkLabels(
    _ steps: SegmentationStepArguments, hasThreshold: Bool, hasObjects: Bool,
    _ microscope: MicroscopeArguments
  ) throws {
    guard !(labels && hasObjects) else {
      throw ValidationError(
        "--labels says that the input holds the labels, --objects that another file does")
    }
    if let surface, surface != .grey {
      try refuse(
        microscope.given,
        because: "--surface \(surface.rawValue) is drawn through voxels, not grey values")
    }
    guard labels || hasObjects else { return }
    try refuse(
      steps.segmenting + ["--threshold": hasThreshold, "--sigma": labels && steps.sigma != nil],
      because: "\(labels ? "--labels" : "--objects") takes labels as they are",
      advice: "; lamina segment makes labels with it, lamina labels changes them")
    guard !labels || microscope.pointSpread == nil else {
      throw ValidationError(
        "a label image has no grey values for --psf; give the stack, and the labels with --objects")
    }
  }

  /// Refuses grey surfaces of objects from another file without what tells their level.
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
  }
}
