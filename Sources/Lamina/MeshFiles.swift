internal import Files
internal import MeshIO
internal import MeshProcessing
internal import Volumes

/// The mesh files of a run: one per object, named by its label.
struct MeshFiles: Sendable {
  private let format: MeshFormat
  private let provenance: MeshProvenance
  private let folder: String
  private let digits: Int

  /// An empty list of meshes is a folder too, so that readers need no special case.
  init(
    format: MeshFormat, provenance: MeshProvenance, folder: ResultFolder, largestLabel: UInt32
  ) throws {
    self.format = format
    self.provenance = provenance
    self.folder = try folder.folder(for: "meshes")
    digits = max(4, "\(largestLabel)".count)
  }

  /// Writes `0012.ply` for an object whose name is `label 12`, else a file of its name.
  func write(_ object: MeshObject) throws {
    var provenance = provenance
    provenance.name = object.name
    let label = object.name.split(separator: " ").last.map(String.init) ?? ""
    let zeros = UInt32(label) == nil ? 0 : digits - label.count
    let bytes = try MeshScene(objects: [object], provenance: provenance).encoded(as: format)
    try createFile(
      bytes, at: "\(folder)/\(String(repeating: "0", count: zeros))\(label).\(format.rawValue)")
  }
}

extension AnalysisOptions {
  /// Where the meshes of a run come from, a fact a line: what `run.json` says, in every file.
  func provenance(
    of path: String, _ digest: String?, labels: RunRecord.LabelFile? = nil, threshold: Double?
  ) throws -> [String] {
    var lines = ["input \(path.fileName)"]
    if let digest { lines.append("input_sha256 \(digest)") }
    if let labels {
      lines.append("labels \(labels.path.fileName)")
      if let digest = labels.sha256 { lines.append("labels_sha256 \(digest)") }
    }
    if let threshold { lines.append("threshold \(threshold)") }
    lines.append("parameters \(try onOneLine())")
    return lines
  }
}

extension String {
  /// The last part of a path.
  fileprivate var fileName: String { split(separator: "/").last.map(String.init) ?? self }
}
