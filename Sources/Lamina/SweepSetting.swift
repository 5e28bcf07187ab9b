public import MeshProcessing

/// Which of two steps comes first.
public enum ProcessingOrder: String, Sendable, Hashable, Codable, CaseIterable,
  LosslessStringConvertible
{
  case smoothFirst = "smooth-first"
  case simplifyFirst = "simplify-first"

  public init?(_ description: String) { self.init(rawValue: description) }

  public var description: String { rawValue }
}

/// One combination of a sweep.
public struct SweepSetting: Sendable, Hashable {
  /// As it was asked for: `otsu`, a grey value, or a change such as `+10%`.
  public let threshold: String
  public let smoothing: SmoothingChoice
  /// The fraction of the triangles that is kept.
  public let fraction: Double
  public let order: ProcessingOrder
}

/// Everything that a sweep goes through.
public struct SweepOptions: Sendable, Hashable {
  /// The fractions of the triangles to keep, above 0 and at most 1.
  public var fractions = [1, 0.5, 0.1, 0.05, 0.01]
  public var smoothings: [SmoothingChoice] = [
    .none, SmoothingChoice(method: .laplacian(iterations: 10)),
    SmoothingChoice(method: .taubin(iterations: 10)),
  ]
  public var orders = ProcessingOrder.allCases
  /// The first is what changes such as `+10%` are relative to. Meshes and label images have none.
  public var thresholds: [String] = ["otsu"]

  public init() {}

  /// The combinations for one threshold. Where only one of the two steps does something, their order
  /// is none, and the first one stands for both.
  public func settings(threshold: String) -> [SweepSetting] {
    smoothings.flatMap { smoothing in
      fractions.flatMap { fraction in
        let isOrdered = smoothing.method != nil && fraction < 1
        return orders.prefix(isOrdered ? orders.count : 1).map {
          SweepSetting(
            threshold: threshold, smoothing: smoothing, fraction: fraction, order: $0)
        }
      }
    }
  }
}

extension TriangleMesh {
  /// The mesh smoothed and simplified as a setting says.
  public func processed(by setting: SweepSetting) -> TriangleMesh {
    var mesh = self
    func simplify() { if setting.fraction < 1 { mesh.simplify(to: .fraction(setting.fraction)) } }
    if setting.order == .simplifyFirst { simplify() }
    if let method = setting.smoothing.method { mesh.smooth(by: method) }
    if setting.order == .smoothFirst { simplify() }
    return mesh
  }
}
