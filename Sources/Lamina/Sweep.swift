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
  public let warnings: [String]

  /// Sweeps over the objects of an image.
  ///
  /// - Parameters:
  ///   - options: How objects are found. Their smoothing and simplification are those of the sweep.
  ///   - truth: Of a phantom; left aside unless there is exactly one object.
  public init(
    over image: Image, options: AnalysisOptions, sweep: SweepOptions, truth: PhantomTruth? = nil,
    observer: MeasurementRun.Observer = .init()
  ) throws {
    var options = options
    options.smoothing = .none
    options.simplification = nil
    let curvatureMethod = options.meshCurvature
    var rows: [SweepRow] = []
    var level: Double?
    var warnings: [String] = []
    for threshold in options.inputIsLabels ? [""] : sweep.thresholds {
      if !options.inputIsLabels {
        options.threshold = try ThresholdMethod(threshold, relativeTo: level)
      }
      let segmentation = try Segmentation(of: image, options: options)
      if level == nil {
        level = segmentation.threshold
        warnings = segmentation.warnings
        warnings.forEach(observer.warned)
      }
      observer.foundObjects(segmentation.objects.count)
      let known = segmentation.objects.count == 1 ? truth : nil
      let name = options.inputIsLabels ? "labels" : threshold
      rows += try segmentation.mapObjects(options: options) { object in
        let scale = object.measurements.surface.curvature.scale
        defer { observer.finishedObject() }
        return sweep.settings(threshold: name).map {
          SweepRow(
            object.mesh, label: object.measurements.label, setting: $0, curvatureScale: scale,
            curvatureMethod: curvatureMethod, truth: known)
        }
      }.flatMap { $0 }
    }
    self.rows = rows
    self.options = sweep
    self.level = level
    self.warnings = warnings
    surface = options.inputIsLabels ? .mask : options.surface
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
    let edge = mesh.meanEdgeLength
    let scale = curvatureScale ?? 2 * edge
    rows = sweep.settings(threshold: "none").map {
      SweepRow(
        mesh, label: 1, setting: $0, curvatureScale: scale, curvatureMethod: curvatureMethod,
        truth: nil)
    }
    options = sweep
    surface = nil
    halfVoxel = edge / 2
    unit = .voxel
    level = nil
    warnings = []
  }

  /// The table as comma-separated values with a header line; what is undefined is `nan`.
  public var csv: String {
    let hasTruth = rows.contains { $0.areaError != nil }
    let columns = SweepRow.columns + (hasTruth ? SweepRow.truthColumns : [])
    let lines = rows.map { row in columns.map { $0.text(row) }.joined(separator: ",") }
    return ([columns.map(\.name).joined(separator: ",")] + lines).joined(separator: "\n") + "\n"
  }
}

extension ThresholdMethod {
  /// A threshold as it is written in a sweep: a method, a grey value, or a change of the first level.
  fileprivate init(_ text: String, relativeTo level: Double?) throws {
    if let level, text.hasSuffix("%"), let percent = Double(text.dropLast()) {
      self = .value(level * (1 + percent / 100))
    } else if let method = ThresholdMethod(text) {
      self = method
    } else {
      throw SweepError.notAThreshold(text)
    }
  }
}

/// Why a sweep cannot be made.
public enum SweepError: Error, Sendable, CustomStringConvertible {
  /// No method, no value, and no change of a level that came before.
  case notAThreshold(String)

  public var description: String {
    switch self {
    case .notAThreshold(let text):
      "\"\(text)\" is no threshold: write a method or a grey value first, then changes such as +10%"
    }
  }
}
