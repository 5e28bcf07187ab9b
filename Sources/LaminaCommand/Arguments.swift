public import ArgumentParser
public import Lamina

// How the types of the library are written on the command line.
extension Length: ExpressibleByArgument {}
extension ThresholdMethod: ExpressibleByArgument {}
extension Splitting: ExpressibleByArgument {}
extension VoxelBox: ExpressibleByArgument {}
extension SurfaceSource: ExpressibleByArgument {}
extension PointSpread: ExpressibleByArgument {}
extension SmoothingChoice: ExpressibleByArgument {}
extension LengthUnit: ExpressibleByArgument {
  public init?(argument: String) { self.init(spelling: argument) }
}
extension VoxelConnectivity: ExpressibleByArgument {
  public init?(argument: String) {
    guard let number = Int(argument) else { return nil }
    self.init(rawValue: number)
  }
  public static var allValueStrings: [String] { allCases.map { "\($0.rawValue)" } }
}

/// What lies beyond the border: `reflect`, `nearest`, or a grey value.
extension BorderRule: ExpressibleByArgument {
  public init?(argument: String) {
    switch argument.lowercased() {
    case "reflect": self = .reflect
    case "nearest": self = .nearest
    default:
      guard let value = Double(argument), value.isFinite else { return nil }
      self = .constant(value)
    }
  }

  public var defaultValueDescription: String { "reflect" }
}

/// Three numbers along x, y, z: `0.26,0.26,0.29`; or one for all three.
struct Triple: ExpressibleByArgument {
  let vector: SIMD3<Double>

  init(_ vector: SIMD3<Double>) { self.vector = vector }

  init?(argument: String) {
    let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { Double($0) }
    guard numbers.count == parts.count, numbers.allSatisfy(\.isFinite) else { return nil }
    switch numbers.count {
    case 1: vector = SIMD3(repeating: numbers[0])
    case 3: vector = SIMD3(numbers[0], numbers[1], numbers[2])
    default: return nil
    }
  }

  var defaultValueDescription: String {
    [vector.x, vector.y, vector.z].map { $0.text(digits: 6) }.joined(separator: ",")
  }
}

extension PhantomVoxelType: ExpressibleByArgument {}
extension PhantomSampling: ExpressibleByArgument {}
extension StainTexture: ExpressibleByArgument {}
extension MeshCurvatureMethod: ExpressibleByArgument {}

/// How a phantom is turned: `none`, `random`, or an axis and an angle in degrees, `0,0,1,45`.
enum RotationChoice: ExpressibleByArgument {
  case none
  case random
  case around(axis: SIMD3<Double>, degrees: Double)

  init?(argument: String) {
    switch argument.lowercased() {
    case "none": self = .none
    case "random": self = .random
    default:
      let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
      let numbers = parts.compactMap { Double($0) }
      guard parts.count == 4, numbers.count == 4, numbers.allSatisfy(\.isFinite) else { return nil }
      let axis = SIMD3(numbers[0], numbers[1], numbers[2])
      guard axis != .zero else { return nil }
      self = .around(axis: axis, degrees: numbers[3])
    }
  }

  var defaultValueDescription: String { "none" }

  func rotation(seed: UInt64) -> Rotation {
    switch self {
    case .none: .none
    case .random: .random(seed: seed)
    case .around(let axis, let degrees): Rotation(axis: axis, degrees: degrees)
    }
  }
}

/// The fraction of triangles to keep, or `none`.
struct SimplificationChoice: ExpressibleByArgument {
  let fraction: Double?

  init?(argument: String) {
    if argument.lowercased() == "none" {
      fraction = nil
    } else if let number = Double(argument), number > 0, number <= 1 {
      fraction = number == 1 ? nil : number
    } else {
      return nil
    }
  }
}

/// A mesh format, or `none` for no mesh files.
struct MeshFormatChoice: ExpressibleByArgument {
  let format: MeshFormat?

  init?(argument: String) {
    if argument.lowercased() == "none" {
      format = nil
    } else if let format = MeshFormat(rawValue: argument.lowercased()) {
      self.format = format
    } else {
      return nil
    }
  }

  static var allValueStrings: [String] { MeshFormat.allCases.map(\.rawValue) + ["none"] }
}
