internal import Files
internal import Morphometry
public import Volumes

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Why a file cannot be taken for the record of a run.
public enum RunRecordError: Error, Sendable, CustomStringConvertible {
  case unreadable(path: String)
  case notARecord(path: String, reason: String)

  public var description: String {
    switch self {
    case .unreadable(let path): "\(path): there is no such file, or it cannot be read"
    case .notARecord(let path, let reason):
      "\(path): not the run.json of a measurement: \(reason)"
    }
  }
}

/// What a run was: its input, every parameter, and what it found. Written as `run.json`.
///
/// It holds nothing that differs from one repetition to the next, no time and no thread count, so
/// that equal runs leave equal bytes.
public struct RunRecord: Codable, Sendable {
  /// The stack, as it was measured.
  public struct Input: Codable, Sendable {
    public var path: String
    public var sha256: String?
    public var voxelType: String
    /// Voxels along x, y, z.
    public var size: [Int]
    /// Along x, y, z, in ``unit``.
    public var spacing: [Double]
    public var unit: LengthUnit
    public var calibration: CalibrationSource
  }

  /// A label image whose values are the objects.
  public struct LabelFile: Codable, Sendable {
    public var path: String
    public var sha256: String?
  }

  public var lamina: String
  public var input: Input
  /// Where the objects are from; `nil` where the stack was segmented, or holds labels itself.
  public var labels: LabelFile?
  /// What the objects lie in.
  public var parents: LabelFile?
  public var parameters: AnalysisOptions
  /// The level that was used; absent for label images.
  public var threshold: Double?
  /// The Gaussian that was used, along x, y, z, in the unit of the image.
  public var sigma: [Double]?
  /// The point-spread function that was undone, as standard deviations along x, y, z, in the unit of the image.
  public var psf: [Double]?
  /// Where it was found from the image: its standard uncertainties.
  public var psfUncertainty: [Double]?
  public var objects: Int
  public var meshFormat: String?
  /// The unit of every column of the table.
  public var units: [String: String]
  public var warnings: [String]

  public init(
    input: Input, labels: LabelFile? = nil, parents: LabelFile? = nil, parameters: AnalysisOptions,
    threshold: Double?,
    sigma: SIMD3<Double>?,
    pointSpread: PointSpreadEstimate? = nil, objects: Int, meshFormat: String?, warnings: [String]
  ) {
    lamina = laminaVersion
    self.input = input
    self.labels = labels
    self.parents = parents
    self.parameters = parameters
    self.threshold = threshold
    self.sigma = sigma.map { [$0.x, $0.y, $0.z] }
    psf = pointSpread.map { [$0.sigma.x, $0.sigma.y, $0.sigma.z] }
    psfUncertainty = pointSpread?.uncertainty.map { [$0.x, $0.y, $0.z] }
    self.objects = objects
    self.meshFormat = meshFormat
    units = Dictionary(
      uniqueKeysWithValues: parameters.columns.columns.map {
        ($0.name, $0.unit(for: input.unit))
      })
    self.warnings = warnings
  }

  /// The record as JSON with sorted keys.
  public func json() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    return try Array(encoder.encode(self)) + [10]
  }

  /// Reads a record that ``json()`` wrote, of this version or of an earlier one: a parameter that was not there
  /// yet has its default. One that this version does not know is an error.
  public init(contentsOf path: String) throws(RunRecordError) {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw .unreadable(path: path)
    }
    let given: JSONValue
    do {
      var document = try JSONValue(parsing: Array(data))
      given = document["parameters"] ?? [:]
      document["parameters"] = try AnalysisOptions().json.overlaid(by: given)
      let decoder = JSONDecoder()
      decoder.keyDecodingStrategy = .convertFromSnakeCase
      self = try decoder.decode(RunRecord.self, from: Data(document.bytes()))
    } catch {
      throw .notARecord(path: path, reason: Self.reason(of: error))
    }
    let known = try? parameters.json.keys
    if let stranger = given.keys.subtracting(known ?? []).min() {
      throw .notARecord(
        path: path, reason: "parameters.\(stranger): this version of Lamina has no such parameter")
    }
  }

  /// Where a record is wrong and how, on one line.
  private static func reason(of error: any Error) -> String {
    let context: DecodingError.Context? =
      switch error as? DecodingError {
      case .dataCorrupted(let context), .keyNotFound(_, let context),
        .typeMismatch(_, let context), .valueNotFound(_, let context):
        context
      default: nil
      }
    guard let context else { return "\(error)" }
    let place = context.codingPath.map(\.stringValue).joined(separator: ".")
    return (place.isEmpty ? "" : "\(place): ") + context.debugDescription
  }
}

extension RunRecord.Input {
  public init(path: String, sha256: String?, image: Image) {
    let grid = image.grid
    self.init(
      path: path, sha256: sha256, voxelType: image.voxelTypeName,
      size: [grid.size.x, grid.size.y, grid.size.z],
      spacing: [grid.spacing.x, grid.spacing.y, grid.spacing.z], unit: grid.unit,
      calibration: grid.calibration)
  }
}

extension AnalysisOptions {
  /// The parameters as JSON on one line with sorted keys.
  func onOneLine() throws -> String { String(decoding: try encoded(), as: UTF8.self) }

  fileprivate var json: JSONValue { get throws { try JSONValue(parsing: Array(encoded())) } }

  private func encoded() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    return try encoder.encode(self)
  }
}

extension JSONValue {
  /// The keys of an object whose values are something.
  fileprivate var keys: Set<String> {
    guard case .object(let members) = self else { return [] }
    return Set(members.filter { $0.value != .null }.keys)
  }

  /// An object with the members of another one added, or in place of its own.
  fileprivate func overlaid(by other: JSONValue) -> JSONValue {
    guard case .object(let mine) = self, case .object(let others) = other else { return other }
    return .object(mine.merging(others) { $1 })
  }
}
