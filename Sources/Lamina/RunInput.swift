internal import MeshIO
internal import VolumeIO
internal import Volumes

/// The files that a run is about: a stack, and label images on it.
struct RunInput {
  /// A label image, and the file that it came from.
  struct Labels {
    let volume: LabelVolume
    let file: RunRecord.LabelFile
  }

  let path: String
  let sha256: String?
  let stack: Stack
  /// Whose values are the objects; `nil` where they are to be found.
  let labels: Labels?
  /// Whose values are what the objects lie in.
  let parents: Labels?

  init(
    _ path: String, objects labelPath: String?, parents parentPath: String? = nil,
    _ options: AnalysisOptions, _ clock: StageClock
  ) throws {
    self.path = path
    let stack = try clock.time("read") { try Stack(contentsOf: path, for: options) }
    self.stack = stack
    sha256 = clock.time("digest") { Lamina.sha256(ofFile: path) }
    func labels(_ path: String) throws -> Labels {
      let volume = try clock.time("read") {
        try LabelVolume(
          contentsOf: path, fitting: stack.image.grid, for: options)
      }
      let digest = clock.time("digest") { Lamina.sha256(ofFile: path) }
      return Labels(volume: volume, file: .init(path: path, sha256: digest))
    }
    self.labels = try labelPath.map(labels)
    parents = try parentPath.map(labels)
  }

  /// The objects, and what blurred them.
  func objects(_ options: AnalysisOptions, _ clock: StageClock) throws -> RunObjects {
    try RunObjects(in: stack.image, given: labels?.volume, options, clock)
  }

  /// What a mesh that was made from the files says of itself.
  func provenance(_ options: AnalysisOptions, threshold: Double?) throws -> MeshProvenance {
    var provenance = MeshProvenance(unit: stack.image.grid.unit)
    provenance.comments = try options.provenance(
      of: path, sha256, labels: labels?.file, threshold: threshold)
    return provenance
  }

  /// What the record of a run says of the stack.
  var record: RunRecord.Input { .init(path: path, sha256: sha256, image: stack.image) }
}
