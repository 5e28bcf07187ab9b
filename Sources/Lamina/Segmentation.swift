public import Volumes

/// An image divided into background and numbered objects.
public struct Segmentation: Sendable {
  /// The original image. Intensities are measured on it and on nothing else.
  public let image: Image
  /// The smoothed image that the threshold was applied to; `nil` where labels were given.
  public let field: Volume<Float>?
  /// The level in ``field`` that separates objects from background; `nil` where labels were given.
  public let threshold: Double?
  public let labels: LabelVolume
  /// The objects, in the order of their labels.
  public let objects: [LabelObject]

  public var grid: Grid { image.grid }
}

extension Segmentation {
  /// Smooths, thresholds and labels an image.
  ///
  /// An image in which every voxel is 0 has no objects; that is a result and not an error.
  /// - Parameter clock: Takes note of how long each stage takes.
  public init(
    of image: Image, options: AnalysisOptions = .init(), clock: StageClock = .init()
  ) throws {
    self =
      options.inputIsLabels
      ? try Self(labelsIn: image, options: options, clock: clock)
      : try Self(thresholding: image, options: options, clock: clock)
  }

  private init(thresholding image: Image, options: AnalysisOptions, clock: StageClock) throws {
    let grid = image.grid
    guard grid.voxelCount > 1 else { throw AnalysisError.singleVoxel }
    if let first = image.firstVoxelThatIsNoNumber() {
      throw AnalysisError.nonFiniteVoxels(count: image.statistics().nonFiniteCount, first: first)
    }
    let sigma = try options.resolvedSigma(on: grid)
    let field = try clock.time("gaussian") { try image.gaussianBlurred(sigma: sigma) }
    let threshold = try clock.time("threshold") {
      try options.threshold.level(in: field, of: image, isExact: sigma == .zero)
    }
    let mask = clock.time("threshold") {
      // A volume of zeros has no threshold, and nothing in it.
      guard let threshold else { return Mask(grid: grid) }
      let mask = field.mask(above: Float(threshold))
      return options.fillHoles ? mask.holesFilled(options.connectivity) : mask
    }
    let labels = try clock.time("label") {
      try mask.connectedComponents(
        options.connectivity, minimumVoxelCount: options.minimumVoxelCount(on: grid))
    }
    let objects = clock.time("label") { labels.objects() }
    self.init(
      image: image, field: field, threshold: threshold, labels: labels,
      objects: options.clearBorder ? objects.filter { !$0.touchesBorder(of: grid) } : objects)
  }

  private init(labelsIn image: Image, options: AnalysisOptions, clock: StageClock) throws {
    let labels = try clock.time("label") { try image.asLabels() }
    let minimum = options.minimumVoxelCount(on: image.grid)
    let objects = clock.time("label") {
      labels.objects().filter {
        $0.voxelCount >= minimum && !(options.clearBorder && $0.touchesBorder(of: image.grid))
      }
    }
    self.init(image: image, field: nil, threshold: nil, labels: labels, objects: objects)
  }
}

extension AnalysisOptions {
  /// The standard deviation of the Gaussian along x, y, z, in units of the grid.
  public func resolvedSigma(on grid: Grid) throws -> SIMD3<Double> {
    guard let sigma else { return SIMD3(repeating: grid.spacing.min()) }
    guard let resolved = sigma.resolved(on: grid) else {
      throw AnalysisError.lengthNeedsCalibration("\(sigma)")
    }
    return resolved
  }

  fileprivate func minimumVoxelCount(on grid: Grid) -> Int {
    let count = (minimumVolume / grid.voxelVolume).rounded(.up)
    return count < Double(grid.voxelCount) ? max(1, Int(count)) : grid.voxelCount + 1
  }
}

extension ThresholdMethod {
  /// The level in the field of an image; `nil` for an image of zeros, in which there is nothing to find.
  ///
  /// - Parameter isExact: The field has the very values of the image.
  fileprivate func level(in field: Volume<Float>, of image: Image, isExact: Bool) throws -> Double?
  {
    switch self {
    case .value(let value): return value
    case .otsu:
      // Asked of the image: rounding makes the smoothed field of equal voxels unequal.
      if let value = image.constantValue {
        guard value == 0 else { throw AnalysisError.allVoxelsEqual(value: value) }
        return nil
      }
      let histogram = field.histogram(integers: image.hasIntegerVoxels && isExact)
      guard let threshold = histogram?.otsuThreshold else {
        throw AnalysisError.allVoxelsEqual(value: histogram?.minimum ?? .nan)
      }
      return threshold
    }
  }
}
