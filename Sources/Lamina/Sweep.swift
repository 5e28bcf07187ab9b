public import MeshProcessing
internal import Morphometry
public import Phantoms
public import Volumes

/// What simplification and smoothing do to the measurements of every object: one row per object and
/// setting.
public struct Sweep: Sendable {
  public let rows: [SweepRow]
  public let options: SweepOptions
  /// What the surfaces were drawn through; `nil` for a mesh that came as a file.
  public let surface: SurfaceSource?
  /// Half of the smallest voxel spacing, in units; half of a mean edge for a mesh file.
  public let halfVoxel: Double
  public let unit: LengthUnit
  /// The first threshold as a grey value.
  public let level: Double?
  public private(set) var warnings: [String]
  /// How objects were found, at the first threshold; `nil` for a mesh.
  public let parameters: AnalysisOptions?
  /// The stack that the objects are from; `nil` where it was no file.
  public private(set) var stack: RunRecord.Input?
  /// The label image whose values the objects are, if one was given.
  public private(set) var labels: RunRecord.LabelFile?

  /// Sweeps over the objects of a stack in a file, as ``MeasurementRun`` measures them.
  ///
  /// Where the stack is a phantom with its truth in a file beside it, `OUT.json`, the errors against that are in the
  /// rows.
  /// - Parameters:
  ///   - labelPath: A label image of the same size whose values are the objects; `nil` to find them.
  ///   - options: As for ``init(over:objects:options:sweep:truth:observer:)``.
  public init(
    contentsOf path: String, objects labelPath: String? = nil, options: AnalysisOptions,
    sweep: SweepOptions, observer: MeasurementRun.Observer = .init()
  ) throws {
    let input = try RunInput(path, objects: labelPath, options, StageClock())
    input.stack.warnings.forEach(observer.warned)
    try self.init(
      over: input.stack.image, objects: input.labels?.volume, options: options, sweep: sweep,
      truth: PhantomTruth(beside: path), observer: observer)
    warnings = input.stack.warnings + warnings
    stack = input.record
    labels = input.labels?.file
  }

  /// Sweeps over the objects of an image.
  ///
  /// - Parameters:
  ///   - labels: A label image of the same size whose values are the objects; `nil` to find them.
  ///   - options: How objects are found. Their smoothing and simplification are those of the sweep.
  ///   - truth: Of a phantom; left aside unless there is exactly one object.
  public init(
    over image: Image, objects labels: LabelVolume? = nil, options: AnalysisOptions,
    sweep: SweepOptions, truth: PhantomTruth? = nil, observer: MeasurementRun.Observer = .init()
  ) throws {
    var options = options.withoutProcessing
    var rows: [SweepRow] = []
    var first:
      (options: AnalysisOptions, level: Double?, surface: SurfaceSource, warnings: [String])?
    let isGiven = labels != nil || options.inputIsLabels
    for threshold in isGiven ? ["labels"] : sweep.thresholds {
      if !isGiven {
        options.threshold = try ThresholdMethod(threshold, relativeTo: first?.level)
      }
      let found = try RunObjects(in: image, given: labels, options, StageClock())
      if first == nil {
        first = (options, found.segmentation.threshold, found.surface(options), found.warnings)
        found.warnings.forEach(observer.warned)
      }
      rows += try found.rows(
        at: sweep.settings(threshold: threshold), options: options, truth: truth, observer)
    }
    self.rows = rows
    self.options = sweep
    (parameters, level, surface) = (first?.options, first?.level, first?.surface)
    warnings = first?.warnings ?? []
    halfVoxel = image.grid.spacing.min() / 2
    unit = image.grid.unit
  }

  /// Sweeps over a mesh as one object.
  /// - Parameters:
  ///   - curvatureScale: See `TriangleMesh.curvature(scale:method:)`; `nil` for two mean edges.
  ///   - curvatureMethod: The same.
  public init(
    over mesh: TriangleMesh, sweep: SweepOptions, curvatureScale: Double? = nil,
    curvatureMethod: MeshCurvatureMethod = .corrected
  ) {
    let object = SweptObject(
      mesh, curvatureScale: curvatureScale, curvatureMethod: curvatureMethod)
    rows = sweep.settings(threshold: "none").map { SweepRow(object, setting: $0, truth: nil) }
    options = sweep
    surface = nil
    halfVoxel = mesh.meanEdgeLength / 2
    unit = .unstated
    level = nil
    parameters = nil
    warnings = []
  }

  /// The table as comma-separated values with a header line; what is undefined is `nan`.
  public var csv: String {
    let hasTruth = rows.contains { $0.areaError != nil }
    let hasUncertainty = rows.contains { $0.uncertainty != nil }
    let columns =
      SweepRow.columns + (hasUncertainty ? SweepRow.uncertaintyColumns : [])
      + (hasTruth ? SweepRow.truthColumns : [])
    let lines = rows.map { row in columns.map { $0.text(row) }.joined(separator: ",") }
    return ([columns.map(\.name).joined(separator: ",")] + lines).joined(separator: "\n") + "\n"
  }
}

extension AnalysisOptions {
  /// The same with surfaces left as they are.
  fileprivate var withoutProcessing: AnalysisOptions {
    var options = self
    options.smoothing = .none
    options.simplification = nil
    return options
  }
}

extension RunObjects {
  /// What surfaces are drawn through. Labels from elsewhere have no grey level of their own.
  fileprivate func surface(_ options: AnalysisOptions) -> SurfaceSource {
    let hasLevel = segmentation.threshold != nil || pointSpread != nil
    return options.surface == .grey && !hasLevel ? .mask : options.surface
  }

  /// Every object at every setting.
  fileprivate func rows(
    at settings: [SweepSetting], options: AnalysisOptions, truth: PhantomTruth?,
    _ observer: MeasurementRun.Observer
  ) throws -> [SweepRow] {
    let truth = segmentation.objects.count == 1 ? truth : nil
    observer.foundObjects(segmentation.objects.count)
    return try segmentation.mapObjects(
      options: options, pointSpread: pointSpread, parents: nil, clock: StageClock()
    ) { object in
      defer { observer.finishedObject() }
      let object = SweptObject(object, curvatureMethod: options.meshCurvature)
      return settings.map { SweepRow(object, setting: $0, truth: truth) }
    }.flatMap { $0 }
  }
}
