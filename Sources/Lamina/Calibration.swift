internal import LibC
internal import Morphometry
public import Phantoms
internal import Volumes

/// How good the numbers are that one's own settings give, found on phantoms seen through one's own
/// microscope.
public struct Calibration: Sendable {
  public var options: AnalysisOptions
  /// Voxel spacing along x, y, z.
  public var spacing: SIMD3<Double>
  /// Standard deviation of the point-spread function of the microscope along x, y, z, in units.
  public var pointSpread: SIMD3<Double>
  /// Contrast over the noise inside of an object; `nil` for an image without noise.
  public var snr: Double?
  /// How unevenly objects are stained; `nil` for evenly.
  public var texture: StainTexture?
  /// Radii of the spheres of equal volume, in units.
  public var radii: [Double]
  /// How many phantoms of every shape and radius, each in another position.
  public var count: Int
  public var seed: UInt64

  public init(
    options: AnalysisOptions = .init(), spacing: SIMD3<Double> = .one,
    pointSpread: SIMD3<Double> = .zero, snr: Double? = nil, texture: StainTexture? = nil,
    radii: [Double] = [8], count: Int = 20, seed: UInt64 = 1
  ) {
    self.options = options
    self.spacing = spacing
    self.pointSpread = pointSpread
    self.snr = snr
    self.texture = texture
    self.radii = radii
    self.count = count
    self.seed = seed
  }

  /// The shapes that are tried. Every nucleus is another one.
  public enum Shape: String, Sendable, CaseIterable {
    case sphere, oblate, prolate, triaxial, torus, capsule, bumpy, lobed
    case roundedCube = "rounded-cube"
    /// With edges as sharp as they come.
    case cube
    case nucleus
  }

  /// What was found for one quantity on the phantoms of one shape and size.
  public struct Row: Sendable, Codable {
    public let shape: String
    public let radius: Double
    public let quantity: String
    public let count: Int
    /// For how many of them the measurement says that it does not know how good it is (`nan`). The figures below are of
    /// the others, if there are any.
    public let unknown: Int
    /// Mean and standard deviation of the error, and the largest one, in per cent.
    public let bias: Double
    public let deviation: Double
    public let worst: Double
    /// The part of the errors that are at most 2 %, in per cent.
    public let withinTwoPercent: Double
    /// The mean of the standard uncertainties that the measurements claim, in per cent; `nan` without.
    public let claimed: Double
    /// The part of the 95 % intervals that hold the truth, in per cent; `nan` without.
    public let coverage: Double
    /// The root mean square error over what sampling alone makes of it: u(V) for a volume and 2 M / A u(V) for an area
    /// (``SamplingUncertainty``); `nan` for other quantities and for grey values.
    public let limitRatio: Double
  }
}

extension Calibration {
  /// Makes and measures all phantoms: rows for area, volume and integral of H of every shape and radius.
  /// - Parameter finished: Called after every phantom.
  public func run(
    shapes: [Shape] = Shape.allCases, finished: @Sendable () -> Void = {}
  ) throws -> [Row] {
    var rows: [Row] = []
    for radius in radii {
      for shape in shapes {
        let trials = try Parallel.map(count) { index in
          defer { finished() }
          return try trial(shape, radius: radius, seed: seed &+ UInt64(index))
        }
        let quantities = ["surface_area", "volume", "mean_curvature_integral"]
        for (index, quantity) in quantities.enumerated() {
          rows.append(Row(shape.rawValue, radius, quantity, trials.map { $0[index] }))
        }
      }
    }
    return rows
  }

  /// The error of one figure, the uncertainty that it claims and the least that is possible, relative to the truth.
  struct Trial: Sendable {
    let error: Double
    let claimed: Double
    let limit: Double
  }

  /// Area, volume and integral of H of one phantom. What was not found at all is 100 % too small.
  private func trial(_ shape: Shape, radius: Double, seed: UInt64) throws -> [Trial] {
    let phantom = phantom(shape, radius: radius, seed: seed)
    let image =
      options.inputIsLabels
      ? try phantom.mask.image(as: .uint8) : try phantom.image(as: .float32)
    let objects = try Analysis(of: image, options: options).objects.map(\.measurements)
    let largest = objects.max {
      ($0.voxels?.voxelCount ?? 0, $1.label) < ($1.voxels?.voxelCount ?? 0, $0.label)
    }
    guard let found = largest else {
      return Array(repeating: Trial(error: -1, claimed: .nan, limit: .nan), count: 3)
    }
    let truth = phantom.truth
    let claimed = found.quality.uncertainty?.total
    let limit = options.inputIsLabels ? truth.samplingLimit(spacing: spacing) : nil
    func trial(
      _ value: Double, _ exact: Double, _ uncertainty: Double?, limit: Double?
    ) -> Trial {
      Trial(
        error: value / exact - 1, claimed: (uncertainty ?? .nan) / abs(exact),
        limit: (limit ?? .nan) / abs(exact))
    }
    return [
      trial(
        found.surface.surfaceArea, truth.surfaceArea, claimed?.area, limit: limit?.area),
      trial(found.surface.volume, truth.volume, claimed?.volume, limit: limit?.volume),
      trial(
        found.surface.curvature.meanIntegral, truth.meanCurvatureIntegral, claimed?.meanCurvature,
        limit: nil),
    ]
  }

  func phantom(_ shape: Shape, radius: Double, seed: UInt64) -> Phantom {
    var phantom = Phantom(solid: shape.solid(radius: radius, seed: seed))
      .inRandomPose(seed: seed)
    phantom.spacing = spacing
    phantom.sampling = .plane
    phantom.blur = pointSpread
    phantom.snr = snr
    phantom.texture = texture
    // Enough background to tell its grey value.
    phantom.margin = 6
    return phantom
  }
}

extension Calibration.Shape {
  fileprivate func solid(radius: Double, seed: UInt64) -> Solid {
    let solid: Solid =
      switch self {
      case .sphere: .sphere(radius: 1)
      case .oblate: .ellipsoid(semiAxes: SIMD3(1, 1, 0.5))
      case .prolate: .ellipsoid(semiAxes: SIMD3(1, 1, 2))
      case .triaxial: .ellipsoid(semiAxes: SIMD3(1, 0.75, 0.5))
      case .torus: .torus(majorRadius: 1, minorRadius: 0.45)
      case .capsule: .capsule(radius: 1, height: 2)
      case .roundedCube: .roundedCube(halfSide: 1, edgeRadius: 0.4)
      case .cube: .roundedCube(halfSide: 1, edgeRadius: 0.001)
      case .bumpy: .bumpy(radius: 1)
      case .lobed: .lobed(radius: 1)
      case .nucleus: .nucleus(radius: 1, seed: seed)
      }
    return solid.scaled(toEquivalentRadius: radius)
  }
}

extension Calibration.Row {
  init(
    _ shape: String, _ radius: Double, _ quantity: String, _ trials: [Calibration.Trial]
  ) {
    let known = trials.filter { !$0.claimed.isNaN }
    let count = trials.count
    let trials = known.isEmpty ? trials : known
    let errors = trials.map { 100 * $0.error }
    let mean = errors.reduce(0, +) / Double(errors.count)
    let square = errors.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(errors.count)
    let covered = trials.count { abs($0.error) <= 1.96 * $0.claimed }
    let claimed = trials.reduce(0) { $0 + 100 * $1.claimed } / Double(trials.count)
    let excess = trials.reduce(0) { $0 + pow($1.error / $1.limit, 2) } / Double(trials.count)
    self.init(
      shape: shape, radius: radius, quantity: quantity, count: count,
      unknown: count - known.count, bias: mean,
      deviation: square.squareRoot(), worst: errors.map { abs($0) }.max() ?? .nan,
      withinTwoPercent: 100 * Double(errors.count { abs($0) <= 2 }) / Double(errors.count),
      claimed: claimed,
      coverage: claimed.isNaN ? .nan : 100 * Double(covered) / Double(trials.count),
      limitRatio: excess.squareRoot())
  }
}

extension PhantomTruth {
  /// What sampling alone makes of the volume, in cubic units, and of the area, in square units.
  fileprivate func samplingLimit(spacing: SIMD3<Double>) -> (area: Double, volume: Double) {
    let volume = SamplingUncertainty(spacing: spacing).volume(area: surfaceArea)
    return (2 * abs(meanCurvatureIntegral) / surfaceArea * volume, volume)
  }
}
