internal import Volumes

/// How the level that separates objects from background is found. Greater is inside.
///
/// Written as a word: `otsu`, `li`, `hysteresis:200:400`, `local:5um`, `1234.5`.
public enum ThresholdMethod: Sendable, Hashable {
  /// Otsu's method.
  case otsu
  /// The level below the brightest of several classes of Otsu's method, `otsu:3`.
  case otsuClasses(Int)
  case li
  case triangle
  case isodata
  case yen
  case mean
  case minimumError
  /// A grey value.
  case value(Double)
  /// Objects reach down to the low grey value, and hold a voxel above the high one.
  case hysteresis(low: Double, high: Double)
  /// Above the surroundings by an offset: `local:5um` or `local:5um:20`. The surroundings are a
  /// Gaussian of this standard deviation of the image.
  case local(radius: Length, offset: Double)
}

extension ThresholdMethod: TextCodable {
  private static let words: [String: ThresholdMethod] = [
    "otsu": .otsu, "li": .li, "triangle": .triangle, "isodata": .isodata, "yen": .yen,
    "mean": .mean, "min-error": .minimumError,
  ]

  public init?(_ description: String) {
    let parts = description.lowercased().split(separator: ":", omittingEmptySubsequences: false)
    let numbers = parts.dropFirst().map { Double($0).flatMap { $0.isFinite ? $0 : nil } }
    switch (parts.first ?? "", numbers.count) {
    case ("otsu", 1):
      guard let classes = Int(parts[1]), (2...8).contains(classes) else { return nil }
      self = .otsuClasses(classes)
    case ("hysteresis", 2):
      guard let low = numbers[0], let high = numbers[1], low <= high else { return nil }
      self = .hysteresis(low: low, high: high)
    case ("local", 1...2):
      guard let radius = Length(String(parts[1])), let offset = numbers.count == 2 ? numbers[1] : 0
      else { return nil }
      self = .local(radius: radius, offset: offset)
    case (let word, 0):
      if let method = Self.words[String(word)] {
        self = method
      } else if let value = Double(word), value.isFinite {
        self = .value(value)
      } else {
        return nil
      }
    default: return nil
    }
  }

  public var description: String {
    switch self {
    case .otsuClasses(let classes): "otsu:\(classes)"
    case .value(let value): "\(value)"
    case .hysteresis(let low, let high): "hysteresis:\(low):\(high)"
    case .local(let radius, let offset): "local:\(radius):\(offset)"
    default: Self.words.first { $0.value == self }?.key ?? ""
    }
  }
}

extension ThresholdMethod {
  /// The level in the field of an image; `nil` for an image of zeros, in which there is nothing to find.
  ///
  /// - Parameters:
  ///   - field: The smoothed image. A local threshold takes the surroundings away from it, so that
  ///     one level holds everywhere.
  ///   - isExact: The field has the very values of the image.
  func level(in field: inout Volume<Float>, of image: Image, isExact: Bool) throws -> Double? {
    switch self {
    case .value(let level), .hysteresis(let level, _): return level
    case .local(let radius, let offset):
      field.subtract(try image.gaussianBlurred(sigma: radius.requiredSigma(on: image.grid)))
      return offset
    default: break
    }
    // Asked of the image: rounding makes the smoothed field of equal voxels unequal.
    if let value = image.constantValue {
      guard value == 0 else { throw AnalysisError.allVoxelsEqual(value: value) }
      return nil
    }
    let histogram = field.histogram(integers: image.hasIntegerVoxels && isExact)
    guard let level = histogram.flatMap(level(in:)) else {
      throw AnalysisError.allVoxelsEqual(value: histogram?.minimum ?? .nan)
    }
    return level
  }

  /// The voxels of the objects.
  func mask(of field: Volume<Float>, above level: Double) -> Mask {
    let mask = field.mask(above: Float(level))
    guard case .hysteresis(_, let high) = self else { return mask }
    return mask.reconstructed(from: field.mask(above: Float(high)))
  }

  /// The level in a histogram; `nil` where all voxels are equal.
  private func level(in histogram: Histogram) -> Double? {
    switch self {
    case .otsu: histogram.otsuThreshold
    case .otsuClasses(let classes): histogram.otsuThresholds(classes: classes)?.last
    case .li: histogram.liThreshold
    case .triangle: histogram.triangleThreshold
    case .isodata: histogram.isodataThreshold
    case .yen: histogram.yenThreshold
    case .mean: histogram.meanThreshold
    case .minimumError: histogram.minimumErrorThreshold
    case .value, .hysteresis, .local: nil
    }
  }
}
