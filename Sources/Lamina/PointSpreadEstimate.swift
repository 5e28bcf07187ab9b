internal import LibC
internal import Reconstruction
internal import Volumes

/// A point-spread function as a run uses it.
public struct PointSpreadEstimate: Sendable, Hashable {
  /// Standard deviation along x, y, z, in units.
  public let sigma: SIMD3<Double>
  /// The standard uncertainty of the variances, in square units; zero for a point-spread function that was given.
  public let varianceUncertainty: SIMD3<Double>
  /// How many objects it was found from; 0 for one that was given.
  public let objectCount: Int

  /// The standard uncertainty of ``sigma``; `nil` for a point-spread function that was given.
  public var uncertainty: SIMD3<Double>? {
    guard objectCount > 0 else { return nil }
    // Where the width itself is hardly known, its own uncertainty is that of the variance.
    return varianceUncertainty / pointwiseMax(2 * sigma, varianceUncertainty.squareRoot())
  }

  /// One that is known, on the grid of an image that it is to leave something of: it takes longer the wider it is.
  init(known sigma: SIMD3<Double>, on grid: Grid) throws(AnalysisError) {
    let extent = SIMD3<Double>(grid.size) * grid.spacing
    guard (sigma / extent).max() <= 1 else {
      throw .pointSpreadTooWide(sigma: sigma, extent: extent)
    }
    self.sigma = sigma
    varianceUncertainty = .zero
    objectCount = 0
  }
}

extension PointSpreadEstimate {
  private static let rounds = 12
  /// The blur is found when its variance changes by less than this part.
  private static let tolerance = 2e-3

  /// From the edges of objects in a field that a filter made.
  ///
  /// Each object is reconstructed with the blur that is known so far; what its picture lacks of the image tells how
  /// far that blur is off (``BlurMisfit``), until nothing is missing. The result is the median over the objects.
  /// Two of them that disagree make it as uncertain as they do.
  ///
  /// The edge of an object that is not sharp in itself passes for blur. `nil` where no object tells.
  init?(
    of segmentation: Segmentation, field: Volume<Float>, threshold: Double?,
    filter: SIMD3<Double>
  ) throws {
    let candidates = segmentation.largestWholeObjects
    let edges = EdgeBlur(
      image: segmentation.image, field: field, labels: segmentation.labels, threshold: threshold,
      filter: filter)
    let found = try Parallel.map(candidates.count) { try edges.found(at: candidates[$0]) }
      .compactMap { $0 }
    guard !found.isEmpty else { return nil }
    let lateral = Self.consensus(found.map { ($0.lateral, $0.lateralUncertainty) })
    let axial = Self.consensus(found.map { ($0.axial, $0.axialUncertainty) })
    sigma = SIMD3(lateral.value, lateral.value, axial.value).squareRoot()
    varianceUncertainty = SIMD3(lateral.uncertainty, lateral.uncertainty, axial.uncertainty)
    objectCount = found.count
  }

  /// The median and its standard uncertainty: that of a single one, or what their scatter says.
  private static func consensus(
    _ values: [(value: Double, uncertainty: Double)]
  ) -> (value: Double, uncertainty: Double) {
    let value = median(values.map(\.value))
    // Of normally distributed values: their standard deviation, and that of their median.
    let scatter = 1.4826 * median(values.map { abs($0.value - value) })
    let root = Double(values.count).squareRoot()
    return (value, 1.2533 * max(scatter, median(values.map(\.uncertainty))) / root)
  }

  /// The search on one object.
  private struct EdgeBlur: Sendable {
    let image: Image
    let field: Volume<Float>
    let labels: LabelVolume
    let threshold: Double?
    let filter: SIMD3<Double>

    /// The variance of the point-spread function, as a ``BlurMisfit`` from none.
    struct Found: Sendable {
      let lateral: Double
      let axial: Double
      let lateralUncertainty: Double
      let axialUncertainty: Double
    }

    /// `nil` where the search leads nowhere.
    func found(at object: LabelObject) throws -> Found? {
      let grid = field.grid
      let known = grid.varianceOfGaussian(sigma: filter) + grid.pixelVariance
      guard let start = try threshold ?? field.ownContrast(of: object, in: labels)?.halfLevel else {
        return nil
      }
      let (across, along) = (grid.spacing.x * grid.spacing.y, grid.spacing.z * grid.spacing.z)
      var search = VarianceSearch(SIMD2(across, along))
      for _ in 0..<PointSpreadEstimate.rounds {
        let (lateral, axial) = (search.variances.x, search.variances.y)
        let blur = SIMD3(lateral, lateral, axial) + known
        guard
          let surface = try field.selfConsistentSurface(
            of: object, in: labels, image: image, level: start,
            filter: filter, blurVariance: blur, isEvened: false),
          let misfit = surface.blurMisfit
        else { return nil }
        let whole = SIMD2(blur.x, blur.z)
        search.correct(by: SIMD2(misfit.lateral, misfit.axial), of: whole)
        let small = PointSpreadEstimate.tolerance * whole
        if all(search.change .< small), all(search.change .> -small) {
          return Found(
            lateral: search.variances.x, axial: search.variances.y,
            lateralUncertainty: misfit.lateralUncertainty, axialUncertainty: misfit.axialUncertainty
          )
        }
      }
      return nil
    }
  }

  /// The search for the variances, across and along the axis, that lack nothing.
  ///
  /// Each step of the plain iteration leaves about the same part of what is lacking, so that two of them tell where they
  /// lead (Aitken).
  private struct VarianceSearch {
    private(set) var variances: SIMD2<Double>
    /// What the plain iteration would change.
    private(set) var change = SIMD2<Double>.zero
    private var step = SIMD2<Double>.zero

    init(_ start: SIMD2<Double>) { variances = start }

    /// - Parameters:
    ///   - lack: What the variances lack by a linear fit: half or twice the whole blur is as far as it is believed.
    ///   - whole: The variances of the whole blur.
    mutating func correct(by lack: SIMD2<Double>, of whole: SIMD2<Double>) {
      let before = change
      let believed = pointwiseMin(pointwiseMax(lack, -whole / 2), whole)
      change = pointwiseMax(variances + believed, .zero) - variances
      for axis in 0..<2 {
        let ratio = step[axis] == 0 ? 0 : 1 - (before[axis] - change[axis]) / step[axis]
        let next = max(0, variances[axis] + change[axis] / (1 - min(max(ratio, -0.5), 0.8)))
        (step[axis], variances[axis]) = (next - variances[axis], next)
      }
    }
  }
}

extension Grid {
  /// Of the pixel of a camera, which sums up light over its area, in square units; a slice is a plane.
  var pixelVariance: SIMD3<Double> {
    let pixel = spacing * SIMD3(1, 1, 0)
    return pixel * pixel / 12
  }
}
