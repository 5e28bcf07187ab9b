public import MeshProcessing
public import Morphometry
internal import Phantoms

/// One object at one setting of a sweep: what it measures, and what the setting did to it.
///
/// Before all processing that is what ``MeasurementRun`` says of the object. Where it knows area, volume and curvature better
/// than their mesh does (of masks, and with a point-spread function), what it says is multiplied by what the
/// processing makes of the mesh's own. Concave regions and longest extent are those of the mesh.
public struct SweepRow: Sendable {
  public let label: UInt32
  public let setting: SweepSetting
  public let surfaceArea: Double
  public let volume: Double
  public let meanCurvature: Double
  public let meanCurvatureIntegral: Double
  public let meanCurvatureDeviation: Double
  public let gaussianCurvatureIntegral: Double
  public let sphericity: Double
  public let concaveRegions: Int
  public let longestExtent: Double
  /// Of area, volume and integral of H before all processing; `nil` where they are not known.
  public let uncertainty: SurfaceUncertainty.Contribution?
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
  init(_ object: SweptObject, setting: SweepSetting, truth: PhantomTruth?) {
    let start = ContinuousClock.now
    let processed = object.mesh.processed(by: setting)
    seconds = (ContinuousClock.now - start) / .seconds(1)
    let measured = object.measuredAlone(processed)
    func carried(_ quantity: (MeshMeasurements) -> Double) -> Double {
      object.carried(quantity, to: measured)
    }
    label = object.label
    self.setting = setting
    surfaceArea = carried(\.surfaceArea)
    volume = carried(\.volume)
    meanCurvature = carried(\.curvature.meanAverage)
    meanCurvatureIntegral = carried(\.curvature.meanIntegral)
    meanCurvatureDeviation = carried(\.curvature.meanDeviation)
    gaussianCurvatureIntegral = carried(\.curvature.gaussianIntegral)
    sphericity = carried(\.sphericity)
    concaveRegions = ConcaveRegions(processed, measured).count
    longestExtent = processed.longestExtent
    uncertainty = object.uncertainty
    change = processed.change(from: object.mesh, samples: Self.samples)
    areaError = truth.map { [surfaceArea] in surfaceArea / $0.surfaceArea - 1 }
    volumeError = truth.map { [volume] in volume / $0.volume - 1 }
    meanCurvatureIntegralError = truth.map { [meanCurvatureIntegral] in
      meanCurvatureIntegral / $0.meanCurvatureIntegral - 1
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

  /// The columns that a surface adds whose uncertainty is known.
  static let uncertaintyColumns: [(name: String, text: @Sendable (SweepRow) -> String)] = [
    ("surface_area_u", { number($0.uncertainty?.area ?? .nan) }),
    ("volume_u", { number($0.uncertainty?.volume ?? .nan) }),
    ("mean_curvature_integral_u", { number($0.uncertainty?.meanCurvature ?? .nan) }),
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
