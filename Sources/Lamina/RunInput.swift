internal import MeshIO
internal import Volumes

/// The files that a run is about: a stack, and a label image on it where its objects are known.
struct RunInput {
  let path: String
  let sha256: String?
  let stack: Stack
  /// What the labels were read from; `nil` where there are none.
  let labelFile: RunRecord.LabelFile?
  private let labels: LabelVolume?

  /// Reads both files.
  /// - Parameter labelPath: A label image of the same size whose values are the objects; `nil` to find them.
  init(
    _ path: String, objects labelPath: String?, _ options: AnalysisOptions, _ clock: StageClock
  ) throws {
    let stack = try clock.time("read") { try Stack(contentsOf: path, for: options) }
    labels = try clock.time("read") {
      try labelPath.map {
        try LabelVolume(
          contentsOf: $0, fitting: stack.image.grid,
          selecting: .init(level: options.level, box: options.box))
      }
    }
    self.path = path
    self.stack = stack
    sha256 = clock.time("digest") { Lamina.sha256(ofFile: path) }
    labelFile = clock.time("digest") {
      labelPath.map { .init(path: $0, sha256: Lamina.sha256(ofFile: $0)) }
    }
  }

  func segmentation(_ options: AnalysisOptions, _ clock: StageClock) throws -> Segmentation {
    guard let labels else {
      return try Segmentation(of: stack.image, options: options, clock: clock)
    }
    return try Segmentation(of: stack.image, objects: labels, options: options, clock: clock)
  }

  /// What a mesh that was made from the files says of itself.
  func provenance(_ options: AnalysisOptions, threshold: Double?) throws -> MeshProvenance {
    var provenance = MeshProvenance(unit: stack.image.grid.unit)
    provenance.comments = try options.provenance(
      of: path, sha256, labels: labelFile, threshold: threshold)
    return provenance
  }

  /// What the record of a run says of the stack.
  var record: RunRecord.Input { .init(path: path, sha256: sha256, image: stack.image) }
}
