internal import Morphometry
internal import Volumes

/// The objects that a run is about, found in an image or given with it, and what blurred them.
struct RunObjects {
  let segmentation: Segmentation
  /// `nil` where none is asked for, or where the objects do not tell.
  let pointSpread: PointSpreadEstimate?
  /// What a reader of the results must know.
  let warnings: [String]

  /// - Parameter labels: Whose values are the objects; `nil` to find them.
  init(
    in image: Image, given labels: LabelVolume?, _ options: AnalysisOptions, _ clock: StageClock
  ) throws {
    let segmentation =
      if let labels {
        try Segmentation(of: image, objects: labels, options: options, clock: clock)
      } else {
        try Segmentation(of: image, options: options, clock: clock)
      }
    let pointSpread = try clock.time("psf") { try segmentation.pointSpread(options) }
    self.segmentation = segmentation
    self.pointSpread = pointSpread
    warnings = segmentation.warnings + segmentation.warnings(of: pointSpread, options)
  }
}
