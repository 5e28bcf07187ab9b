internal import LibC
internal import Volumes

/// The landscapes whose summits are the parts of objects that touch.
///
///     both = depth * sqrt(grey value above the threshold, smoothed)
///
/// Nuclei that touch are told apart by a waist, by a dark seam between them, or by a little of both:
/// the ratios at a neck multiply. Chromatin has bright and dark spots of its own, up to a few times smaller
/// than the nucleus; so grey values are smoothed by a sixth of the radius that the parts have by shape
/// alone, and count by their root.
struct SplitLandscape: Sendable {
  private let labels: LabelVolume
  private let choice: Splitting.Landscape
  /// The image that was thresholded, and the level; `nil` where the landscape is the distance alone.
  private let field: Volume<Float>?
  private let threshold: Float
  /// The standard deviation of the Gaussian that grey values have still to see.
  private let smoothing: SIMD3<Double>

  /// - Parameters:
  ///   - threshold: The level in the field that the objects lie above.
  ///   - sigma: The standard deviation of the Gaussian that the field has seen, in units of the grid.
  init(
    _ choice: Splitting.Landscape, of labels: LabelVolume, in field: Volume<Float>?,
    above threshold: Double, smoothedBy sigma: SIMD3<Double>
  ) throws {
    self.labels = labels
    self.choice = choice
    self.field = field
    self.threshold = Float(threshold)
    let wanted = choice == .both ? try labels.partRadius() / 6 : 0
    smoothing = pointwiseMax(wanted * wanted - sigma * sigma, .zero).squareRoot()
  }

  /// The landscape in the box of an object.
  func box(of object: LabelObject) throws -> Volume<Float> {
    guard choice != .distance, let field else { return try labels.depths(of: object) }
    var landscape = try heights(of: object, in: field)
    if choice == .both {
      let depths = try labels.depths(of: object)
      var target = landscape.mutableVoxels
      for i in target.indices { target[i] = depths.voxels[i] * target[i].squareRoot() }
    }
    return landscape
  }

  /// How far the field lies above the threshold, smoothed.
  private func heights(of object: LabelObject, in field: Volume<Float>) throws -> Volume<Float> {
    let margin = SIMD3<Int>((4 * smoothing / field.grid.spacing).rounded(.up))
    let lower = pointwiseMax(object.lower &- margin, .zero)
    let upper = pointwiseMin(object.upper &+ margin, field.grid.size &- 1)
    return try field.cropped(from: lower, to: upper).heights(above: threshold)
      .gaussianBlurred(sigma: smoothing)
      .cropped(from: object.lower &- lower, to: object.upper &- lower)
  }
}

extension Volume where Element == UInt32 {
  /// The radius of a ball as large as the parts that shape alone shows: as the part in which the middle
  /// one of all voxels lies, when they are sorted by the sizes of their parts. 0 where there is nothing.
  fileprivate func partRadius() throws -> Double {
    let parts = try split(below: Splitting.byDistance.neckShare) { try depths(of: $0) }
    let sizes = parts.objects().map(\.voxelCount).sorted()
    var larger = sizes.reduce(0, +) / 2
    let middle = sizes.first { size in
      larger -= size
      return larger < 0
    }
    return cbrt(3 * Double(middle ?? 0) * grid.voxelVolume / (4 * .pi))
  }
}
