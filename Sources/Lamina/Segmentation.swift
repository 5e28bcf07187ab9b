public import Volumes

/// An image divided into background and numbered objects.
public struct Segmentation: Sendable {
  /// The original image. Intensities are measured on it and on nothing else.
  public let image: Image
  /// The smoothed image that surfaces run through; `nil` where the image is one of labels, or where the field is
  /// not needed.
  public let field: Volume<Float>?
  /// The level in ``field`` that separates objects from background; `nil` where labels were given.
  public let threshold: Double?
  /// Whether the labels were given, and not found by a threshold.
  public let isGiven: Bool
  public let labels: LabelVolume
  /// The objects, in the order of their labels.
  public let objects: [LabelObject]

  public var grid: Grid { image.grid }

  /// Those that tell of the image as a whole: up to twelve that no border cuts, the largest first. One in a box of
  /// more than four million voxels is no nucleus, and would take long.
  var largestWholeObjects: [LabelObject] {
    objects.filter {
      let size = $0.upper &- $0.lower &+ 1
      return !$0.touchesBorder(of: grid) && size.x * size.y * size.z <= 1 << 22
    }
    .sorted { ($1.voxelCount, $0.label) < ($0.voxelCount, $1.label) }
    .prefix(12).map { $0 }
  }
}

extension Segmentation {
  /// Smooths, thresholds and labels an image.
  ///
  /// An image in which every voxel is 0 has no objects; that is a result and not an error.
  /// - Parameters:
  ///   - keepsField: Whether ``field`` is kept: four bytes a voxel, which surfaces and the
  ///     point-spread function need, but labels alone do not.
  ///   - clock: Takes note of how long each stage takes.
  public init(
    of image: Image, options: AnalysisOptions = .init(), keepsField: Bool = true,
    clock: StageClock = .init()
  ) throws {
    self =
      options.inputIsLabels
      ? try Self(labelsIn: image, options: options, clock: clock)
      : try Self(thresholding: image, options: options, keepsField: keepsField, clock: clock)
  }

  private init(
    thresholding image: Image, options: AnalysisOptions, keepsField: Bool, clock: StageClock
  ) throws {
    let grid = image.grid
    let needsField = keepsField || options.splitting.map { $0.landscape != .distance } ?? false
    let binary = try Binarisation(of: image, options: options, keepsField: needsField, clock: clock)
    let minimum = options.minimumVoxelCount(on: grid)
    var labels = try clock.time("label") {
      try binary.mask.connectedComponents(options.connectivity, minimumVoxelCount: minimum)
    }
    if let splitting = options.splitting, let threshold = binary.threshold {
      labels = try clock.time("split") {
        let landscape = try SplitLandscape(
          splitting.landscape, of: labels, in: binary.field, above: threshold,
          smoothedBy: options.resolvedSigma(on: grid))
        return try labels.split(below: splitting.neckShare, connectivity: options.connectivity) {
          try landscape.box(of: $0)
        }
      }
    }
    let objects = clock.time("label") { options.wanted(labels.objects(), on: grid) }
    self.init(
      image: image, field: keepsField ? binary.field : nil, threshold: binary.threshold,
      isGiven: false, labels: labels, objects: objects)
  }

  /// The objects of a label image from elsewhere on the image that they were found in.
  /// - Parameter labels: As large as the image, and placed as it is.
  public init(
    of image: Image, objects labels: LabelVolume, options: AnalysisOptions = .init(),
    clock: StageClock = .init()
  ) throws {
    precondition(labels.grid.size == image.grid.size, "labels and image differ in size")
    try image.requireNumbers()
    let needsField = options.surface == .grey && options.pointSpread != nil
    let field =
      needsField
      ? try clock.time("gaussian") {
        try image.gaussianBlurred(sigma: options.resolvedSigma(on: image.grid))
      } : nil
    let objects = clock.time("label") { options.wanted(labels.objects(), on: image.grid) }
    self.init(
      image: image, field: field, threshold: nil, isGiven: true, labels: labels, objects: objects)
  }

  private init(labelsIn image: Image, options: AnalysisOptions, clock: StageClock) throws {
    let labels = try clock.time("label") { try image.asLabels() }
    let objects = clock.time("label") { options.wanted(labels.objects(), on: image.grid) }
    self.init(
      image: image, field: nil, threshold: nil, isGiven: true, labels: labels, objects: objects)
  }
}

/// An image divided into inside and outside.
private struct Binarisation {
  let mask: Mask
  /// `nil` where every voxel is 0.
  let threshold: Double?
  /// The smoothed image; `nil` where it is not to be kept.
  let field: Volume<Float>?

  init(of image: Image, options: AnalysisOptions, keepsField: Bool, clock: StageClock) throws {
    guard image.grid.voxelCount > 1 else { throw AnalysisError.singleVoxel }
    try image.requireNumbers()
    let sigma = try options.resolvedSigma(on: image.grid)
    var field = try clock.time("gaussian") { try image.gaussianBlurred(sigma: sigma) }
    let threshold = try clock.time("threshold") {
      try options.threshold.level(in: &field, of: image, isExact: sigma == .zero)
    }
    mask = try clock.time("threshold") {
      // A volume of zeros has no threshold, and nothing in it.
      guard let threshold else { return Mask(grid: image.grid) }
      return try options.refine(options.threshold.mask(of: field, above: threshold))
    }
    self.threshold = threshold
    self.field = keepsField ? field : nil
  }
}

extension Image {
  fileprivate func requireNumbers() throws {
    guard let first = firstVoxelBeyondFloats() else { return }
    let count = statistics().nonFiniteCount
    throw count > 0
      ? AnalysisError.nonFiniteVoxels(count: count, first: first)
      : AnalysisError.greyValueTooLarge(at: first)
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

  /// The objects that are neither too small nor cut by the border where that leaves them out.
  fileprivate func wanted(_ objects: [LabelObject], on grid: Grid) -> [LabelObject] {
    let minimum = minimumVoxelCount(on: grid)
    return objects.filter {
      $0.voxelCount >= minimum && !(clearBorder && $0.touchesBorder(of: grid))
    }
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
