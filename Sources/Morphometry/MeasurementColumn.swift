public import Volumes

/// One column of the table of measurements: its name, unit, definition and source.
public struct MeasurementColumn: Sendable {
  /// A value in the table.
  public enum Value: Sendable {
    /// NaN where the quantity is undefined.
    case number(Double)
    case count(Int)
    case flag(Bool)
    case words([String])
  }

  /// What the unit of a quantity is made of.
  public enum Dimension: Sendable {
    case none
    /// A power of the unit of length, from -2 to 5: 1 length, 2 area, 3 volume, -1 curvature, ...
    case length(power: Int)
    /// The grey values of the image.
    case intensity
  }

  public let name: String
  public let dimension: Dimension
  public let definition: String
  public let source: String
  /// What the value is made of beyond the usual.
  public let parts: MeasuredParts
  public let value: @Sendable (ObjectMeasurements) -> Value

  /// The unit as text, for example `µm²`; empty for a pure number.
  public func unit(for length: LengthUnit) -> String {
    switch dimension {
    case .none: ""
    case .intensity: "grey value"
    case .length(let power) where power > 0:
      "\(length.rawValue)\(["", "²", "³", "⁴", "⁵"][power - 1])"
    case .length(let power): "1/\(length.rawValue)\(power == -1 ? "" : "²")"
    }
  }
}

extension MeasurementColumn {
  /// The columns of the usual table, in their order.
  public static let core: [MeasurementColumn] =
    identity + size + shape + place + curvature
    + topology + intensity + exported + uncertainty

  /// Every column of Lamina's own but ``slow``, in the order of the table.
  public static let all: [MeasurementColumn] =
    core + uncertaintyCauses + curvatureSpread + roughness + roundness + ellipsoid + convexity
    + geodesic + invaginations + minkowski + quality + contact + intensityDistribution
    + intensityShells + surfaceIntensity

  /// Those of Lamina's own that take long.
  public static let slow: [MeasurementColumn] =
    thickness + harmonics + fractal + surfaceNeighbours + selfIntersections
    + exportedDeviation

  /// Lamina's own.
  static let byName = Dictionary(
    uniqueKeysWithValues: (all + slow + parents).map { ($0.name, $0) })

  static let identity = [
    column("label", .none, "number of the object in the label image", "") { .count(Int($0.label)) }
  ]

  static func column(
    _ name: String, _ dimension: Dimension, _ definition: String, _ source: String,
    of parts: MeasuredParts = [], _ value: @escaping @Sendable (ObjectMeasurements) -> Value
  ) -> MeasurementColumn {
    MeasurementColumn(
      name: name, dimension: dimension, definition: definition, source: source, parts: parts,
      value: value)
  }
}
