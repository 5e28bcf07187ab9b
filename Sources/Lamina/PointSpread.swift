internal import Volumes

/// The point-spread function of a microscope, as it is known: `1.2,1.2,2` (standard deviations of a Gaussian along
/// x, y, z, in the unit of the image), `auto` (to be found from the edges of the objects), or the optics,
/// `na=1.4:n=1.515:wavelength=520` and for a confocal one `:excitation=488`.
public enum PointSpread: Sendable, Hashable, TextCodable {
  case gaussian(SIMD3<Double>)
  case estimated
  case optics(MicroscopeOptics)

  public init?(_ description: String) {
    if description.lowercased() == "auto" {
      self = .estimated
    } else if let optics = MicroscopeOptics(description) {
      self = .optics(optics)
    } else {
      let numbers = description.split(separator: ",", omittingEmptySubsequences: false).map {
        Double($0)
      }
      guard numbers.allSatisfy({ $0.map { $0 >= 0 && $0.isFinite } ?? false }) else { return nil }
      switch numbers.compactMap({ $0 }) {
      case let all where all.count == 1: self = .gaussian(SIMD3(repeating: all[0]))
      case let all where all.count == 3: self = .gaussian(SIMD3(all[0], all[1], all[2]))
      default: return nil
      }
    }
  }

  public var description: String {
    switch self {
    case .gaussian(let sigma): "\(sigma.x),\(sigma.y),\(sigma.z)"
    case .estimated: "auto"
    case .optics(let optics): optics.text
    }
  }
}

extension MicroscopeOptics {
  fileprivate var text: String {
    "na=\(numericalAperture):n=\(refractiveIndex):wavelength=\(wavelength)"
      + (excitation.map { ":excitation=\($0)" } ?? "")
  }

  fileprivate init?(_ text: String) {
    var numbers: [Substring: Double] = [:]
    for part in text.split(separator: ":") {
      let sides = part.split(separator: "=", maxSplits: 1)
      guard sides.count == 2, let number = Double(sides[1]) else { return nil }
      numbers[sides[0]] = number
    }
    guard let aperture = numbers["na"], let index = numbers["n"],
      let wavelength = numbers["wavelength"],
      Set(numbers.keys).isSubset(of: ["na", "n", "wavelength", "excitation"])
    else { return nil }
    self.init(
      numericalAperture: aperture, refractiveIndex: index, wavelength: wavelength,
      excitation: numbers["excitation"])
    guard isPossible else { return nil }
  }
}

extension MicroscopeOptics {
  /// The standard deviations along x, y, z, in the unit of a grid; an error where that is unknown.
  func sigma(on grid: Grid) throws(AnalysisError) -> SIMD3<Double> {
    guard let unit = grid.unit.metres else { throw .opticsNeedCalibration }
    let (lateral, axial) = sigma
    return SIMD3(lateral, lateral, axial) * (1e-9 / unit)
  }
}
