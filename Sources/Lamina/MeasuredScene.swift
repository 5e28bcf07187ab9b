internal import Files
public import MeshIO

extension MeshScene {
  /// The meshes that a measurement left in a folder, each with the figures of its row in the table.
  ///
  /// - Parameter folder: What `lamina measure -o` was given: it holds `meshes` and `measurements.csv`.
  public init(resultsIn folder: String) throws {
    let names = Folder("\(folder)/meshes")?.names.filter { !$0.hasPrefix(".") }.sorted() ?? []
    guard !names.isEmpty else {
      throw MeshFileError.unreadable(
        path: folder, reason: "it is no folder of results with meshes in it")
    }
    let table = try MeasuredRows(contentsOf: "\(folder)/measurements.csv")
    var objects: [MeshObject] = []
    var provenance = MeshProvenance()
    for name in names {
      let scene = try MeshScene(contentsOf: "\(folder)/meshes/\(name)")
      if objects.isEmpty { provenance = scene.provenance }
      var object = scene.joined
      let digits = name.prefix { $0.isNumber }
      if let label = Int(digits) {
        object.name = "label \(label)"
        object.figures = table.figures(ofLabel: label)
      }
      objects.append(object)
    }
    provenance.name = "objects"
    self.init(objects: objects, provenance: provenance)
  }
}

/// The rows of a table of measurements, by label.
private struct MeasuredRows {
  private let columns: [String]
  private let rows: [Int: [String]]

  init(contentsOf path: String) throws {
    let text = String(decoding: try PlainFile(path).bytes(), as: UTF8.self)
    let lines = text.split(whereSeparator: \.isNewline).map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let columns = lines.first ?? []
    self.columns = columns
    let labelColumn = columns.firstIndex(of: "label")
    rows = Dictionary(
      lines.dropFirst().compactMap { line in
        guard let labelColumn, line.count == columns.count, let label = Int(line[labelColumn])
        else { return nil }
        return (label, line)
      }, uniquingKeysWith: { first, _ in first })
  }

  /// The numbers of a row; flags are 0 and 1.
  func figures(ofLabel label: Int) -> [String: Double] {
    guard let row = rows[label] else { return [:] }
    var figures: [String: Double] = [:]
    for (column, field) in zip(columns, row) where column != "label" {
      figures[column] = field == "true" ? 1 : field == "false" ? 0 : Double(field)
    }
    return figures
  }
}
