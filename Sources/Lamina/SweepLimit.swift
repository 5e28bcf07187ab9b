internal import Morphometry

/// From where on simplification alone changes a quantity by more than it is known to be right.
///
/// An object's change is held against its own standard uncertainty, and the median is taken of these ratios. Without
/// smoothing, and at the first threshold of the sweep. Objects whose uncertainty is not known do not count.
public struct SweepLimit: Codable, Sendable {
  /// What has an uncertainty, by its column in the table.
  public enum Quantity: String, Codable, Sendable {
    case surfaceArea = "surface_area"
    case volume
    case meanCurvatureIntegral = "mean_curvature_integral"
  }

  public var quantity: Quantity
  /// The standard uncertainty of the median object, as a fraction of the quantity.
  public var uncertainty: Double
  /// The largest fraction of the triangles at which the median object is changed by more than its uncertainty;
  /// absent where that is so at none that was tried.
  public var simplify: Double?
}

extension SweepLimit {
  /// The limits of a sweep; empty where no uncertainty is known.
  static func limits(of sweep: Sweep) -> [SweepLimit] {
    let rows = sweep.rows.filter {
      $0.setting.smoothing.method == nil && $0.setting.threshold == sweep.rows[0].setting.threshold
    }
    return [
      SweepLimit(.surfaceArea, rows, \.surfaceArea, \.area),
      SweepLimit(.volume, rows, \.volume, \.volume),
      SweepLimit(.meanCurvatureIntegral, rows, \.meanCurvatureIntegral, \.meanCurvature),
    ].compactMap { $0 }
  }

  private init?(
    _ quantity: Quantity, _ rows: [SweepRow], _ value: (SweepRow) -> Double,
    _ uncertainty: (SurfaceUncertainty.Contribution) -> Double
  ) {
    var known: [UInt32: (value: Double, uncertainty: Double)] = [:]
    for row in rows where row.setting.fraction == 1 {
      if let uncertainty = row.uncertainty.map(uncertainty), uncertainty > 0 {
        known[row.label] = (value(row), uncertainty)
      }
    }
    guard !known.isEmpty else { return nil }
    let exceeded = Dictionary(grouping: rows, by: \.setting.fraction).filter { _, rows in
      median(
        rows.compactMap { row in
          known[row.label].map { abs(value(row) - $0.value) / $0.uncertainty }
        }) > 1
    }
    self.init(
      quantity: quantity, uncertainty: median(known.values.map { abs($0.uncertainty / $0.value) }),
      simplify: exceeded.keys.max())
  }
}
