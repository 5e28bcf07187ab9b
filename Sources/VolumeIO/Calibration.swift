internal import Volumes

/// Where the voxels of a file lie in space, as far as the file says so.
struct Calibration {
  /// Along x, y, z; `nil` when not all three are known.
  var spacing: SIMD3<Double>?
  /// World position of the centre of the first voxel.
  var origin = SIMD3<Double>.zero
  var unit = LengthUnit.voxel
  let source: CalibrationSource
  /// What is missing or contradictory.
  var warnings: [String] = []

  init(source: CalibrationSource) { self.source = source }

  /// The grid of an image of a size. Without a spacing, lengths are in voxels.
  func grid(size: SIMD3<Int>) -> Grid {
    guard let spacing else { return Grid(size: size) }
    return Grid(size: size, spacing: spacing, origin: origin, unit: unit, calibration: source)
  }

  /// Takes over what a file states along x, y and z, if that is three distances of one unit.
  ///
  /// - Parameters:
  ///   - stated: A distance for every axis, or `nil` where the file has none.
  ///   - units: As the file spells them; `nil` where it does not say.
  mutating func take(_ stated: [Double?], units: [String?]) {
    let text = zip(stated, units).map { distance, unit in
      (distance.map { "\($0)" } ?? "unknown") + (unit.map { " \($0)" } ?? "")
    }.joined(separator: " x ")
    guard stated.contains(where: { $0 != nil }) else { return }
    let usable = stated.compactMap { $0 }.filter(Grid.spacings.contains)
    guard usable.count == 3 else {
      warnings.append(
        "it states a spacing of \(text), which is not used: all three must be lengths")
      return
    }
    guard let lengths = UnitOfAxes(units) else {
      warnings.append("it states a spacing of \(text), whose unit is unknown, so it is not used")
      return
    }
    spacing = SIMD3(usable[0], usable[1], usable[2]) * lengths.factors
    unit = lengths.unit
    if unit == .voxel { spacing = nil }
    if unit == .unstated {
      warnings.append("it states a spacing of \(text) but no unit; give it with --unit")
    }
  }
}

/// The units of three axes, and what turns a length along each into the one unit of the image.
struct UnitOfAxes {
  let unit: LengthUnit
  let factors: SIMD3<Double>

  /// `nil` when a unit is unknown, or when some axes have one and others do not.
  init?(_ spellings: [String?]) {
    if spellings.allSatisfy({ $0 == nil }) {
      (unit, factors) = (.unstated, .one)
      return
    }
    let lengths = spellings.map { $0.flatMap(Self.length(spelling:)) }
    guard lengths.count == 3, let x = lengths[0], let y = lengths[1], let z = lengths[2] else {
      return nil
    }
    unit = x.unit
    guard let metres = x.unit.metres else {
      guard x.unit == y.unit, y.unit == z.unit else { return nil }
      factors = .one
      return
    }
    guard let yMetres = y.unit.metres, let zMetres = z.unit.metres else { return nil }
    factors = SIMD3(
      x.factor, y.unit == x.unit ? y.factor : y.factor * yMetres / metres,
      z.unit == x.unit ? z.factor : z.factor * zMetres / metres)
  }

  /// A unit that is one of ours, or a multiple of one.
  private static func length(spelling: String) -> (unit: LengthUnit, factor: Double)? {
    if let unit = LengthUnit(spelling: spelling) { return (unit, 1) }
    return switch spelling.trimmingWhitespace.lowercased() {
    case "å", "Å".lowercased(), "angstrom", "angstroms": (.nanometre, 0.1)
    case "pm", "picometer", "picometre": (.nanometre, 1e-3)
    case "dm", "decimeter", "decimetre": (.metre, 0.1)
    case "km", "kilometer", "kilometre": (.metre, 1e3)
    case "ft", "foot", "feet": (.inch, 12)
    default: nil
    }
  }
}
