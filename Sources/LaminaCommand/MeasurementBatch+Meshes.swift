import Files
import Lamina

extension MeasurementBatch {
  /// Measures mesh files as they are, one row each.
  /// - Parameter format: Of the meshes that are written, if any are: those with a map of their curvature.
  func measureMeshes(options: AnalysisOptions, format: MeshFormat?) throws -> Report {
    let clock = StageClock()
    let folder = try resultFolder(output, for: ["meshes", "measurements.csv"], force: force)
    var report = Report()
    var rows: [ObjectMeasurements] = []
    var sources: [String] = []
    for (input, name) in zip(inputs, folderNames()) {
      do {
        let scene = try clock.time("read") { try MeshScene(anyFormat: input) }
        let (row, mesh) = try measure(
          scene, label: UInt32(rows.count + 1), options: options, clock: clock)
        if options.curvatureMap, let format {
          try writeMap(of: mesh, row, from: scene, as: format, named: name, into: folder)
        }
        report.warnings += warnings(on: row, from: input)
        rows.append(row)
        sources.append(input)
      } catch {
        Console.error("\(error)")
        report.failed += 1
      }
    }
    guard !rows.isEmpty else {
      folder.discard()
      return finished(report, clock)
    }
    let table = MeasurementTable(rows, sources: sources, columns: options.columns.columns)
    try writeFile(Array(table.csv.utf8), to: folder.place(for: "measurements.csv"))
    try folder.commit()
    // What unit a mesh is in, nobody knows.
    if isVerbose { SummaryTable(rows: rows, unit: .unstated).print() }
    report.objects = rows.count
    return finished(report, clock)
  }

  private func measure(
    _ scene: MeshScene, label: UInt32, options: AnalysisOptions, clock: StageClock
  ) throws -> (ObjectMeasurements, TriangleMesh) {
    let scale = try options.curvatureScale?.requiredOnMesh()
    var mesh = scene.joined.mesh
    if let method = options.smoothing.method {
      clock.time("smooth") { mesh.smooth(by: method) }
    }
    let row = clock.time("measure") {
      ObjectMeasurements(
        meshAlone: mesh, label: label, curvatureScale: scale,
        curvatureMethod: options.meshCurvature, columns: options.columns)
    }
    return (row, mesh)
  }

  private func writeMap(
    of mesh: TriangleMesh, _ row: ObjectMeasurements, from scene: MeshScene,
    as format: MeshFormat, named name: String, into folder: ResultFolder
  ) throws {
    let path = "\(try folder.folder(for: "meshes"))/\(name).\(format.rawValue)"
    let object = MeshObject(
      name: scene.joined.name, mesh: mesh, vertexValues: row.surface.curvature.vertexValues)
    try MeshScene(objects: [object], provenance: scene.provenance).write(to: path)
  }

  /// Says what makes the figures of a mesh doubtful.
  private func warnings(on row: ObjectMeasurements, from input: String) -> [String] {
    let warnings = row.flags.filter(\.isOfMesh).map { "\(input): \($0.rawValue): \($0.meaning)" }
    warnings.forEach(Console.warning)
    return warnings
  }
}
