internal import Files
public import MeshIO
public import Morphometry
internal import VolumeIO
public import Volumes

/// One run of the main job: from a stack in a file to a table, a mesh per object, and the record of
/// how they came about, in a folder.
public struct MeasurementRun: Sendable {
  public let options: AnalysisOptions
  /// The format of the mesh files; `nil` for none.
  public let meshFormat: MeshFormat?

  public init(options: AnalysisOptions = .init(), meshFormat: MeshFormat? = .ply) {
    self.options = options
    self.meshFormat = meshFormat
  }

  /// What a run found, beside its files.
  public struct Outcome: Sendable {
    public let input: String
    public let grid: Grid
    public let threshold: Double?
    public let rows: [ObjectMeasurements]
    public let warnings: [String]
  }

  /// What somebody who waits for a run wants to be told.
  public struct Observer: Sendable {
    public var warned: @Sendable (String) -> Void
    public var foundObjects: @Sendable (Int) -> Void
    public var finishedObject: @Sendable () -> Void

    public init(
      warned: @escaping @Sendable (String) -> Void = { _ in },
      foundObjects: @escaping @Sendable (Int) -> Void = { _ in },
      finishedObject: @escaping @Sendable () -> Void = {}
    ) {
      self.warned = warned
      self.foundObjects = foundObjects
      self.finishedObject = finishedObject
    }
  }

  /// The names of what a run leaves in its folder, in the order in which they appear.
  public static let resultNames = ["meshes", "run.json", "measurements.csv"]

  /// Measures the stack in a file and fills a folder with `measurements.csv`, `run.json` and
  /// `meshes/0001.ply` and so on. The folder has to be committed by the caller.
  /// - Parameters:
  ///   - labelPath: A label image of the same size whose values are the objects; `nil` to find them.
  ///   - parentPath: One whose values are what the objects lie in, for ``ColumnSet/parents``.
  public func run(
    on path: String, objects labelPath: String? = nil, parents parentPath: String? = nil,
    into folder: ResultFolder, clock: StageClock = .init(), observer: Observer = .init()
  ) throws -> Outcome {
    let source = try RunInput(path, objects: labelPath, parents: parentPath, options, clock)
    let found = try source.objects(options, clock)
    let segmentation = found.segmentation
    var warnings = source.stack.warnings + found.warnings
    warnings += try clock.time("level") { try segmentation.levelWarnings(options) }
    warnings.forEach(observer.warned)
    observer.foundObjects(segmentation.objects.count)
    let rows = try measure(found, source, into: folder, clock, observer)
    if !segmentation.isGiven, let warning = cavityWarning(rows) {
      warnings.append(warning)
      observer.warned(warning)
    }
    let outcome = Outcome(
      input: path, grid: segmentation.grid, threshold: segmentation.threshold, rows: rows,
      warnings: warnings)
    try clock.time("table") { try write(outcome, source, found, to: folder) }
    return outcome
  }
}

extension MeasurementRun {
  /// Measures the objects one by one, and writes the mesh of each as soon as it is done.
  private func measure(
    _ found: RunObjects, _ source: RunInput, into folder: ResultFolder, _ clock: StageClock,
    _ observer: Observer
  ) throws -> [ObjectMeasurements] {
    let writer = try meshWriter(source, found.segmentation, folder)
    return try found.segmentation.mapObjects(
      options: options, pointSpread: found.pointSpread, parents: source.parents?.volume,
      clock: clock
    ) { object in
      try clock.time("write") { try writer?.write(meshObject(object)) }
      observer.finishedObject()
      return object.measurements
    }
  }

  /// What is written of an object's surface.
  private func meshObject(_ object: AnalyzedObject) -> MeshObject {
    let measured = object.measurements
    return MeshObject(
      name: "label \(measured.label)", mesh: object.mesh,
      vertexValues: options.curvatureMap ? measured.surface.curvature.vertexValues : [])
  }

  /// What writes the meshes; `nil` where none are wanted.
  private func meshWriter(
    _ source: RunInput, _ segmentation: Segmentation, _ folder: ResultFolder
  ) throws -> MeshFiles? {
    guard let meshFormat else { return nil }
    return try MeshFiles(
      format: meshFormat,
      provenance: source.provenance(options, threshold: segmentation.threshold), folder: folder,
      largestLabel: segmentation.objects.last?.label ?? 0)
  }

  /// Writes `run.json` and the table.
  private func write(
    _ outcome: Outcome, _ source: RunInput, _ found: RunObjects, to folder: ResultFolder
  ) throws {
    let isBlurred = found.segmentation.field != nil
    let record = RunRecord(
      input: source.record, labels: source.labels?.file, parents: source.parents?.file,
      parameters: options,
      threshold: outcome.threshold,
      sigma: isBlurred ? try options.resolvedSigma(on: outcome.grid) : nil,
      pointSpread: found.pointSpread, objects: outcome.rows.count, meshFormat: meshFormat?.rawValue,
      warnings: outcome.warnings)
    try writeFile(record.json(), to: folder.place(for: "run.json"))
    let table = MeasurementTable(outcome.rows, columns: options.columns.columns)
    try writeFile(Array(table.csv.utf8), to: folder.place(for: "measurements.csv"))
  }

  /// Dark spots inside of a nucleus become cavities, whose walls are easily taken for its surface.
  private func cavityWarning(_ rows: [ObjectMeasurements]) -> String? {
    let count = rows.count { $0.surface.topology.componentCount > 1 }
    guard count > 0, !options.fillHoles else { return nil }
    return
      "\(count) of \(rows.count) objects have several surfaces (components), such as the walls of"
      + " cavities, and all of them count: --fill-holes fills cavities"
  }
}
