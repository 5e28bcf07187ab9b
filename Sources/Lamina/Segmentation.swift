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
    var field = try clock.time("gaussian") { try image.gaussianBlurred(sigma: sigma) }
    let threshold = try clock.time("threshold") {
      try options.threshold.level(in: &field, of: image, isExact: sigma == .zero)
    }
    let mask = try clock.time("threshold") {
      // A volume of zeros has no threshold, and nothing in it.
      guard let threshold else { return Mask(grid: grid) }
      return try options.refine(options.threshold.mask(of: field, above: threshold))
    }
    let minimum = options.minimumVoxelCount(on: grid)
    var labels = try clock.time("label") {
      try mask.connectedComponents(options.connectivity, minimumVoxelCount: minimum)
    }
    if let splitting = options.splitting, let threshold {
      labels = try clock.time("split") {
        let landscape = try SplitLandscape(
          splitting.landscape, of: labels, in: field, above: threshold, smoothedBy: sigma)
        return try labels.split(below: splitting.neckShare, connectivity: options.connectivity) {
          try landscape.box(of: $0)
        }
      }
    }
    let objects = clock.time("label") {
      labels.objects().filter {
        $0.voxelCount >= minimum && !(options.clearBorder && $0.touchesBorder(of: grid))
      }
    }
    self.init(image: image, field: field, threshold: threshold, labels: labels, objects: objects)
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
    try sigma?.requiredSigma(on: grid) ?? SIMD3(repeating: grid.spacing.min())
  }

  /// Opens, closes and fills a mask.
  fileprivate func refine(_ mask: Mask) throws -> Mask {
    var mask = mask
    if let opening { mask = mask.opened(by: try opening.ball(on: mask.grid)) }
    if let closing { mask = mask.closed(by: try closing.ball(on: mask.grid)) }
    return fillHoles ? mask.holesFilled(connectivity) : mask
  }

  fileprivate func minimumVoxelCount(on grid: Grid) -> Int {
    let count = (minimumVolume / grid.voxelVolume).rounded(.up)
    return count < Double(grid.voxelCount) ? max(1, Int(count)) : grid.voxelCount + 1
  }
}

extension Length {
  /// The ball of this radius.
  fileprivate func ball(on grid: Grid) throws -> Neighbourhood {
    let ball = Neighbourhood.ball(radius: try required(on: grid))
    let count = ball.voxelCount(on: grid)
    guard count <= Neighbourhood.largestVoxelCount else {
      throw AnalysisError.ballTooLarge(radius: description, voxelCount: count)
    }
    return ball
  }
}
