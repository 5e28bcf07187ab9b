public import Volumes

/// A length as a user gives it: a number in the unit of the image, or one with a suffix.
///
/// `0.5` is in the unit of the image, `0.5um` is half a micrometre whatever the image's unit, and
/// `2px` is two voxels of each axis.
public struct Length: Sendable, Hashable {
  private enum Scale: Hashable {
    case imageUnit
    case voxels
    case unit(LengthUnit)
  }

  private let amount: Double
  private let scale: Scale

  /// A length in the unit of the image.
  public init(_ amount: Double) {
    self.amount = amount
    scale = .imageUnit
  }

  /// A length that is a number of voxels on each axis.
  public static func voxels(_ amount: Double) -> Length { Length(amount, .voxels) }

  private init(_ amount: Double, _ scale: Scale) {
    self.amount = amount
    self.scale = scale
  }

  /// Whether it is no length at all.
  public var isZero: Bool { amount == 0 }

  /// The length along x, y and z on a grid, in its unit.
  ///
  /// `nil` when a physical length is asked of a grid without calibration.
  public func resolved(on grid: Grid) -> SIMD3<Double>? {
    switch scale {
    case .imageUnit: return SIMD3(repeating: amount)
    case .voxels: return amount * grid.spacing
    case .unit(let unit):
      guard let metres = unit.metres, let gridMetres = grid.unit.metres else { return nil }
      return SIMD3(repeating: amount * metres / gridMetres)
    }
  }

  /// As ``resolved(on:)``; an error where a physical length is asked of a grid without calibration.
  public func required(on grid: Grid) throws(AnalysisError) -> SIMD3<Double> {
    guard let resolved = resolved(on: grid) else {
      throw .lengthNeedsCalibration(description)
    }
    return resolved
  }

  /// The length on a mesh, whose unit nobody knows: a plain number.
  public func requiredOnMesh() throws(AnalysisError) -> Double {
    guard scale == .imageUnit else { throw .lengthOnMesh(description) }
    return amount
  }

  /// As ``required(on:)`` for the standard deviation of a Gaussian, which has to stay below 2500
  /// voxels.
  public func requiredSigma(on grid: Grid) throws(AnalysisError) -> SIMD3<Double> {
    let sigma = try required(on: grid)
    guard (sigma / grid.spacing).max() <= 2500 else {
      throw .gaussianTooWide(sigma: description)
    }
    return sigma
  }
}

extension Length: LosslessStringConvertible {
  /// Reads `0.5`, `2px` or `0.5um`; `nil` for anything else, and for a negative length.
  public init?(_ description: String) {
    let digits = description.prefix { "0123456789.eE+-".contains($0) }
    // The e of an exponent belongs to the number only where digits follow.
    guard let amount = Double(digits), amount >= 0, amount.isFinite else { return nil }
    let suffix = String(description.dropFirst(digits.count))
    if suffix.isEmpty {
      self.init(amount, .imageUnit)
    } else if let unit = LengthUnit(spelling: suffix) {
      self.init(amount, unit == .voxel ? .voxels : .unit(unit))
    } else {
      return nil
    }
  }

  public var description: String {
    switch scale {
    case .imageUnit: "\(amount)"
    case .voxels: "\(amount)px"
    case .unit(let unit): "\(amount)\(unit.rawValue)"
    }
  }
}
