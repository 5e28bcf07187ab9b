internal import LibC
internal import Volumes

/// The figures of accuracy that Lamina is held to, found anew on phantoms, each beside its bar.
public struct AccuracyFigures: Sendable {
  /// How many phantoms of every shape and size, each in another position. With 100 the mean over the shapes is known to
  /// a tenth of a bar or better.
  public var count: Int
  /// Of positions, nuclei and noise.
  public var seed: UInt64
  /// Leaves out what is measured from grey values, which takes most of the time.
  public var masksOnly: Bool

  public init(count: Int = 100, seed: UInt64 = 1, masksOnly: Bool = false) {
    self.count = count
    self.seed = seed
    self.masksOnly = masksOnly
  }

  /// One figure.
  public struct Row: Sendable, Codable {
    public let figure: String
    /// In per cent but for ratios and the angle defect.
    public let value: Double
    /// What the value has to lie between.
    public let lowest: Double
    public let highest: Double

    public var isMet: Bool { (lowest...highest).contains(value) }

    fileprivate init(_ figure: String, _ value: Double, _ bar: ClosedRange<Double>) {
      self.figure = figure
      self.value = value
      (lowest, highest) = (bar.lowerBound, bar.upperBound)
    }
  }

  /// Makes and measures all phantoms.
  public func run() throws -> [Row] {
    var rows = try masks() + anisotropicMasks() + curvature()
    if !masksOnly { rows += try grey(snr: 20, filter: nil) + grey(snr: 5, filter: 1.5) }
    return rows
  }

  private func masks() throws -> [Row] {
    let found = try calibrated(radii: [5, 8, 12, 20], Self.roundShapes + [.roundedCube])
    var rows =
      bias(.area, "mask", found, at: 8, 0.1, worst: 0.25)
      + bias(.volume, "mask", found, at: 8, 0.06)
      + bias(.curvature, "mask", found, at: 8, 0.1)
    for radius in [5.0, 8, 12, 20] {
      let ratios = found.filter { $0.isSmooth && $0.radius == radius && $0.measures(.area) }
      rows.append(
        Row(
          "area, mask, r \(Int(radius)): rms over the limit of sampling",
          rootMeanSquare(ratios.map(\.limitRatio)), 0...1.3))
    }
    rows += coverage("masks, smooth", found.filter(\.isSmooth))
    rows += coverage(
      "masks, dented", found.filter { $0.shape == Calibration.Shape.nucleus.rawValue })
    let edged = found.filter { $0.shape == Calibration.Shape.roundedCube.rawValue }
    // Their edges are too sharp for the blur, and what they may lack is judged with caution.
    return rows + coverage("masks, rounded cubes", edged, 91...100)
  }

  private func anisotropicMasks() throws -> [Row] {
    let found = try calibrated(radii: [8, 12, 20], Self.roundShapes) {
      $0.spacing = SIMD3(1, 1, 3)
    }
    return bias(.area, "mask, slices 3 apart", found, at: 8, 0.3, worst: 1)
      + coverage("masks, slices 3 apart", found)
  }

  private func grey(snr: Double, filter: Double?) throws -> [Row] {
    let found = try calibrated(radii: [8], Self.roundShapes) {
      $0.pointSpread = SIMD3(1.2, 1.2, 2)
      $0.snr = snr
      $0.options.inputIsLabels = false
      $0.options.pointSpread = .gaussian($0.pointSpread)
      if let filter { $0.options.sigma = Length(filter) }
    }
    let source = "grey, SNR \(Int(snr))"
    let (mean, worst) = snr < 10 ? (1.0, 1.5) : (0.5, 1)
    return bias(.volume, source, found, at: 8, mean, worst: worst)
      + bias(.area, source, found, at: 8, mean, worst: worst) + coverage(source, found)
  }

  private func curvature() throws -> [Row] {
    let trials: [(Calibration.Shape, radius: Double, bar: Double)] = [
      (.sphere, 8, 6), (.triaxial, 8, 15), (.sphere, 20, 5),
    ]
    var (rows, angleDefect) = ([Row](), 0.0)
    for (shape, radius, bar) in trials {
      let trial = try CurvatureTrial(shape, radius: radius, count: min(count, 10), seed: seed)
      rows.append(
        Row("H at points, mask, \(shape) r \(Int(radius)): rms", 100 * trial.error, 0...bar))
      angleDefect = max(angleDefect, trial.angleDefect)
    }
    return rows + [
      Row("angle defects over 2 pi chi: largest difference to 1", angleDefect, 0...1e-9)
    ]
  }
}

extension AccuracyFigures {
  /// Those without edges: eight smooth shapes and random nuclei.
  private static let roundShapes = Calibration.Shape.allCases.filter {
    $0.isSmooth || $0 == .nucleus
  }

  private func calibrated(
    radii: [Double], _ shapes: [Calibration.Shape], _ change: (inout Calibration) -> Void = { _ in }
  ) throws -> [Calibration.Row] {
    var calibration = Calibration(radii: radii, count: count, seed: seed)
    calibration.options.inputIsLabels = true
    change(&calibration)
    return try calibration.run(shapes: shapes)
  }

  /// The mean over the smooth shapes of their biases, and the largest one.
  private func bias(
    _ quantity: Quantity, _ source: String, _ rows: [Calibration.Row], at radius: Double,
    _ bar: Double, worst: Double? = nil
  ) -> [Row] {
    let biases = rows.filter { $0.isSmooth && $0.radius == radius && $0.measures(quantity) }
      .map(\.bias)
    let name = "\(quantity.name), \(source), r \(Int(radius))"
    var found = [
      Row("\(name): mean bias", biases.reduce(0, +) / Double(biases.count), -bar...bar)
    ]
    if let worst {
      found.append(Row("\(name): worst shape", biases.map { abs($0) }.max() ?? .nan, 0...worst))
    }
    return found
  }

  private func coverage(
    _ name: String, _ rows: [Calibration.Row], _ bar: ClosedRange<Double> = 91...99
  ) -> [Row] {
    Quantity.allCases.map { quantity in
      let found = rows.filter { $0.measures(quantity) }
      return Row(
        "\(quantity.name), \(name): coverage",
        found.reduce(0) { $0 + $1.coverage } / Double(found.count), bar)
    }
  }

  private func rootMeanSquare(_ values: [Double]) -> Double {
    (values.reduce(0) { $0 + $1 * $1 } / Double(values.count)).squareRoot()
  }
}

private enum Quantity: String, CaseIterable {
  case area = "surface_area"
  case volume
  case curvature = "mean_curvature_integral"

  var name: String {
    switch self {
    case .area: "area"
    case .volume: "volume"
    case .curvature: "integral of H"
    }
  }
}

extension Calibration.Row {
  fileprivate func measures(_ quantity: Quantity) -> Bool { self.quantity == quantity.rawValue }

  fileprivate var isSmooth: Bool { Calibration.Shape(rawValue: shape)?.isSmooth ?? false }
}

extension Calibration.Shape {
  /// Whether it has neither edges nor random dents.
  fileprivate var isSmooth: Bool { ![.roundedCube, .cube, .nucleus].contains(self) }
}
