extension Smoothing: LosslessStringConvertible {
  /// The methods as words: `laplacian:10` and so on for 10 iterations, and `flow:0.5` for a flow over
  /// half a unit of the mesh.
  public static let words = [
    "laplacian", "cotangent", "taubin", "humphrey", "sinc", "bilaplacian", "flow",
  ]

  /// More iterations than this are taken for a mistake: they would take for ever.
  public static let mostIterations = 10_000

  /// Reads a method and its strength, as ``description`` writes them. Without a number there are 10
  /// iterations, and no more than ``mostIterations``; a flow needs its scale.
  public init?(_ description: String) {
    let parts = description.lowercased().split(separator: ":", omittingEmptySubsequences: false)
    guard let name = parts.first, parts.count <= 2 else { return nil }
    if name == "flow" {
      guard parts.count == 2, let scale = Double(parts[1]), scale >= 0, scale.isFinite else {
        return nil
      }
      self = .meanCurvatureFlow(scale: scale)
      return
    }
    guard let count = parts.count == 2 ? Int(parts[1]) : 10,
      (0...Self.mostIterations).contains(count)
    else { return nil }
    switch name {
    case "laplacian": self = .laplacian(iterations: count)
    case "cotangent": self = .cotangentLaplacian(iterations: count)
    case "taubin": self = .taubin(iterations: count)
    case "humphrey": self = .humphrey(iterations: count)
    case "sinc": self = .windowedSinc(iterations: count)
    case "bilaplacian": self = .bilaplacian(iterations: count)
    default: return nil
    }
  }

  public var description: String {
    switch self {
    case .laplacian(let count): "laplacian:\(count)"
    case .cotangentLaplacian(let count): "cotangent:\(count)"
    case .taubin(let count): "taubin:\(count)"
    case .humphrey(let count): "humphrey:\(count)"
    case .windowedSinc(let count): "sinc:\(count)"
    case .bilaplacian(let count): "bilaplacian:\(count)"
    case .meanCurvatureFlow(let scale): "flow:\(scale)"
    }
  }
}
