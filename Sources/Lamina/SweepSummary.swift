#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// The answer of a sweep in words and numbers. Written as `sweep.json`.
public struct SweepSummary: Codable, Sendable {
  /// What a setting must not exceed, for most of the objects, to count as harmless.
  public struct Criteria: Codable, Sendable {
    /// Fractions: 0.01 for one per cent.
    public var areaChange = 0.01
    public var volumeChange = 0.01
    /// In units: half a voxel.
    public var hausdorff: Double
    /// Of the objects.
    public var share = 0.95
  }

  /// One setting, summed up over all objects. Medians, unless the name says otherwise.
  public struct Setting: Codable, Sendable {
    public var threshold: String
    public var smooth: String
    public var simplify: Double
    public var order: ProcessingOrder
    public var objects: Int
    public var triangles: Double
    public var surfaceArea: Double
    public var volume: Double
    public var areaChange: Double
    public var volumeChange: Double
    public var meanCurvatureIntegralChange: Double
    public var longestExtentChange: Double
    public var deviationRms: Double
    public var deviationHausdorff: Double
    /// Of the objects, those that keep their number of concave regions.
    public var concaveRegionsKept: Double
    /// Of the objects, those whose longest extent changes by less than 1 %.
    public var lengthsKept: Double
    /// Of the objects, those within the criteria.
    public var withinCriteria: Double
    public var secondsTotal: Double
    public var areaError: Double?
    public var volumeError: Double?
    public var meanCurvatureIntegralError: Double?
  }

  public var lamina: String
  public var input: String
  /// The stack and the labels that the objects are from, with their digests; absent for a mesh.
  public var stack: RunRecord.Input?
  public var labels: RunRecord.LabelFile?
  /// How objects were found, at the first threshold, as in `run.json`; absent for a mesh.
  public var parameters: AnalysisOptions?
  public var unit: String
  /// `grey`, `mask`, `staircase`, `nets`, or `mesh` for a mesh that came as a file.
  public var surface: String
  public var criteria: Criteria
  /// The setting of fewest triangles within the criteria; absent where there is none.
  public var strongest: Setting?
  /// From where on simplification does more than the uncertainty of the measurement; empty where that is not known.
  public var limits: [SweepLimit]
  /// The answer in words.
  public var answer: [String]
  public var warnings: [String]
  public var settings: [Setting]

  public init(_ sweep: Sweep, input: String) {
    let criteria = Criteria(hausdorff: sweep.halfVoxel)
    let table = SweepMedians(sweep.rows, criteria: criteria)
    lamina = laminaVersion
    self.input = input
    stack = sweep.stack
    labels = sweep.labels
    parameters = sweep.parameters
    unit = sweep.unit.rawValue
    surface = sweep.surface?.rawValue ?? "mesh"
    self.criteria = criteria
    settings = table.settings
    strongest = table.strongest
    limits = SweepLimit.limits(of: sweep)
    answer = SweepAnswer(table, sweep: sweep, criteria: criteria, limits: limits).sentences
    warnings = sweep.warnings
  }

  /// The summary as JSON with sorted keys.
  public func json() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return try Array(encoder.encode(self)) + [10]
  }
}
