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
  public func run(
    on path: String, into folder: ResultFolder, clock: StageClock = .init(),
    observer: Observer = .init()
  ) throws -> Outcome {
    let stack = try clock.time("read") { try Stack(contentsOf: path, for: options) }
    let digest = clock.time("digest") { sha256(ofFile: path) }
    let segmentation = try Segmentation(of: stack.image, options: options, clock: clock)
    let pointSpread = try clock.time("psf") { try segmentation.pointSpread(options) }
    var warnings = stack.warnings + segmentation.warnings
    if pointSpread == nil, options.pointSpread == .estimated, segmentation.field != nil,
      !segmentation.objects.isEmpty
    {
      warnings.append(
        "no object tells how wide the point-spread function is: surfaces run at the threshold; give it"
          + " with --psf X,Y,Z")
    }
    warnings.forEach(observer.warned)
    observer.foundObjects(segmentation.objects.count)

    var provenance = MeshProvenance(unit: segmentation.grid.unit)
    provenance.comments = try options.provenance(
      of: path, digest, threshold: segmentation.threshold)
    let writer = try meshFormat.map {
      try MeshFiles(
        format: $0, provenance: provenance, folder: folder,
        largestLabel: segmentation.objects.last?.label ?? 0)
    }
    let rows = try segmentation.mapObjects(
      options: options, pointSpread: pointSpread, clock: clock
    ) { object in
      try clock.time("write") {
        try writer?.write(
          MeshObject(
            name: "label \(object.measurements.label)", mesh: object.mesh,
            vertexValues: options.curvatureMap
              ? object.measurements.surface.curvature.vertexValues : []))
      }
      observer.finishedObject()
      return object.measurements
    }
    if let warning = cavityWarning(rows) {
      warnings.append(warning)
      observer.warned(warning)
    }
    try clock.time("table") {
      let record = RunRecord(
        input: .init(path: path, sha256: digest, image: stack.image), parameters: options,
        threshold: segmentation.threshold,
        sigma: segmentation.field == nil ? nil : try options.resolvedSigma(on: segmentation.grid),
        pointSpread: pointSpread,
        objects: rows.count, meshFormat: meshFormat?.rawValue, warnings: warnings)
      try writeFile(record.json(), to: folder.place(for: "run.json"))
      try writeFile(
        Array(MeasurementTable(rows, columns: options.columns.columns).csv.utf8),
        to: folder.place(for: "measurements.csv"))
    }
    return Outcome(
      input: path, grid: segmentation.grid, threshold: segmentation.threshold, rows: rows,
      warnings: warnings)
  }
}

extension MeasurementRun {
  /// Dark spots inside of a nucleus become cavities, whose walls are easily taken for its surface.
  private func cavityWarning(_ rows: [ObjectMeasurements]) -> String? {
    let count = rows.count { $0.surface.topology.componentCount > 1 }
    guard count > 0, !options.fillHoles, !options.inputIsLabels else { return nil }
    return
      "\(count) of \(rows.count) objects have several surfaces (components), such as the walls of"
      + " cavities, and all of them count: --fill-holes fills cavities"
  }
}

extension Segmentation {
  /// What a reader of the measurements must know.
  public var warnings: [String] {
    var warnings: [String] = []
    warnings += grid.calibrationWarnings
    if objects.isEmpty {
      warnings.append(
        threshold == nil && field != nil
          ? "every voxel is 0: there is no object, the table is empty"
          : "no object was found: the table is empty")
    }
    let cut = objects.count { $0.touchesBorder(of: grid) }
    if cut > 0 {
      warnings.append(
        "\(cut) of \(objects.count) objects are cut by the border of the image (touches_border):"
          + " their measurements are those of the visible part; --clear-border leaves them out")
    }
    return warnings
  }
}

extension Grid {
  var calibrationWarnings: [String] {
    isCalibrated
      ? []
      : ["the voxel size is unknown: every length is in voxels; give it with --spacing X,Y,Z"]
  }
}
