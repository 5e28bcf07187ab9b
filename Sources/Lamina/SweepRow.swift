public import MeshProcessing
internal import Morphometry
internal import Phantoms

/// One object at one setting of a sweep: what it measures, and what the setting did to it.
public struct SweepRow: Sendable {
  public let label: UInt32
  public let setting: SweepSetting
  /// Measured on the mesh as processed.
  public let surfaceArea: Double
  public let volume: Double
  public let meanCurvature: Double
  public let meanCurvatureIntegral: Double
  public let meanCurvatureDeviation: Double
  public let gaussianCurvatureIntegral: Double
  public let sphericity: Double
  public let concaveRegions: Int
  public let longestExtent: Double
  /// Against the mesh of the same object before any processing.
  public let change: MeshChange
  /// What smoothing and simplification took.
  public let seconds: Double
  /// Against the truth of a phantom, as fractions; `nil` without one.
  public let areaError: Double?
  public let volumeError: Double?
  public let meanCurvatureIntegralError: Double?

  /// How many points of each surface distances are measured from.
  private static let samples = 4000

  /// Processes and measures one object.
  /// - Parameters:
  ///   - curvatureScale: See `TriangleMesh.curvature(scale:method:)`.
  ///   - curvatureMethod: The same.
  init(
    _ mesh: TriangleMesh, label: UInt32, setting: SweepSetting, curvatureScale: Double,
    curvatureMethod: MeshCurvatureMethod, truth: PhantomTruth?
  ) {
    let start = ContinuousClock.now
    let processed = mesh.processed(by: setting)
    seconds = (ContinuousClock.now - start) / .seconds(1)
    let measured = MeshMeasurements(
      processed, curvatureScale: curvatureScale, curvatureMethod: curvatureMethod)
    self.label = label
    self.setting = setting
    surfaceArea = measured.surfaceArea
    volume = measured.volume
    meanCurvature = measured.curvature.meanAverage
    meanCurvatureIntegral = measured.curvature.meanIntegral
    meanCurvatureDeviation = measured.curvature.meanDeviation
    gaussianCurvatureIntegral = measured.curvature.gaussianIntegral
    sphericity = measured.sphericity
    concaveRegions = ConcaveRegions(processed, measured).count
    longestExtent = processed.longestExtent
    change = processed.change(from: mesh, samples: Self.samples)
    areaError = truth.map { measured.surfaceArea / $0.surfaceArea - 1 }
    volumeError = truth.map { measured.volume / $0.volume - 1 }
    meanCurvatureIntegralError = truth.map {
      measured.curvature.meanIntegral / $0.meanCurvatureIntegral - 1
    }
  }
}

extension SweepRow {
  /// The columns of `sweep.csv`.
  static let columns: [(name: String, text: @Sendable (SweepRow) -> String)] = [
    ("label", { "\($0.label)" }),
    ("threshold", { $0.setting.threshold }),
    ("smooth", { $0.setting.smoothing.description }),
    ("simplify", { $0.setting.fraction.text(digits: 10) }),
    ("order", { $0.setting.order.rawValue }),
    ("triangles", { "\($0.change.triangles)" }),
    ("surface_area", { number($0.surfaceArea) }),
    ("volume", { number($0.volume) }),
    ("mean_curvature", { number($0.meanCurvature) }),
    ("mean_curvature_integral", { number($0.meanCurvatureIntegral) }),
    ("mean_curvature_sd", { number($0.meanCurvatureDeviation) }),
    ("gaussian_curvature_integral", { number($0.gaussianCurvatureIntegral) }),
    ("sphericity", { number($0.sphericity) }),
    ("concave_regions", { "\($0.concaveRegions)" }),
    ("longest_extent", { number($0.longestExtent) }),
    ("area_change", { number($0.change.areaChange) }),
    ("volume_change", { number($0.change.volumeChange) }),
    ("deviation_mean", { number($0.change.deviation.mean) }),
    ("deviation_rms", { number($0.change.deviation.rootMeanSquare) }),
    ("deviation_hausdorff", { number($0.change.deviation.hausdorff) }),
    ("seconds", { $0.seconds.text(digits: 4) }),
  ]

  /// The columns that a phantom adds.
  static let truthColumns: [(name: String, text: @Sendable (SweepRow) -> String)] = [
    ("area_error", { number($0.areaError ?? .nan) }),
    ("volume_error", { number($0.volumeError ?? .nan) }),
    ("mean_curvature_integral_error", { number($0.meanCurvatureIntegralError ?? .nan) }),
  ]

  private static func number(_ value: Double) -> String {
    MeasurementColumn.Value.number(value).text
  }
}
