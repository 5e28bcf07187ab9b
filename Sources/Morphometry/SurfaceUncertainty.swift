internal import LibC
internal import MeshProcessing

/// The standard uncertainties of area, volume and integral of H of one surface, by cause.
///
/// An interval of 1.96 of them to either side holds the truth in 95 of 100 cases, as far as the causes go:
/// that the object was segmented right, that its voxels have the size that the file says, and that a
/// point-spread function is as wide as a user said, are not among them.
public struct SurfaceUncertainty: Sendable {
  /// What one cause makes of the three, in square units, cubic units and units.
  public struct Contribution: Sendable {
    public var area = 0.0
    public var volume = 0.0
    public var meanCurvature = 0.0

    public init(area: Double = 0, volume: Double = 0, meanCurvature: Double = 0) {
      self.area = area
      self.volume = volume
      self.meanCurvature = meanCurvature
    }

    /// Of a surface whose patches are moved each by itself: one that moves by d changes area and integral of H by 2 H d
    /// and K d times its area.
    /// - Parameters:
    ///   - volume: What that makes of the volume, in cubic units.
    ///   - meanSquares: The means of (2 H)² and of K² over the surface, in 1/unit² and 1/unit⁴.
    public init(
      ofPatches volume: Double, meanSquares: (bend: Double, gaussian: Double)
    ) {
      self.init(
        area: volume * meanSquares.bend.squareRoot(), volume: volume,
        meanCurvature: volume * meanSquares.gaussian.squareRoot())
    }

    /// Together with another cause that has nothing to do with it.
    public func combined(with other: Contribution) -> Contribution {
      Contribution(
        area: hypot(area, other.area), volume: hypot(volume, other.volume),
        meanCurvature: hypot(meanCurvature, other.meanCurvature))
    }
  }

  /// Where the voxels happen to lie; see ``SamplingUncertainty`` and ``FlatFaces``.
  public var sampling = Contribution()
  /// The relief of the surface, from the voxels of a mask (``StaircaseArea``) or from noise: how it happens to
  /// add up, and how well it is known.
  public var relief = Contribution()
  /// What the undoing of the blur leaves out where the surface bends strongly.
  public var series = Contribution()
  /// The grey level that the surface runs at.
  public var level = Contribution()
  /// The width of a blur that was found from the image itself.
  public var blur = Contribution()
  /// How unevenly the object is stained.
  public var stain = Contribution()

  public init() {}

  /// Of the surface of a mask.
  /// - Parameters:
  ///   - series: What is left of the blur; see ``SurfaceIntegrals/extrapolate(from:widthRatio:edges:)``.
  ///   - blur: The standard deviation of the blur that took the staircase off, in units.
  public init(
    mask integrals: SurfaceIntegrals, sampling: Contribution, series: Contribution, blur: Double,
    scatter: ReliefScatter
  ) {
    let area = integrals.area
    let meanCurvature = abs(integrals.meanCurvature)
    self.sampling = sampling
    // A wave of the relief is some 6 blur widths long, and its excess is one thing over half of that.
    let patches = area / (3 * blur * 3 * blur)
    let relief = integrals.staircaseExcess / patches.squareRoot()
    let seen = scatter.relative(area: area)
    self.relief = Contribution(
      area: max(relief, seen.area) * area,
      meanCurvature: max(relief, seen.curvature) * meanCurvature)
    self.series = series
  }

  /// The causes together.
  public var total: Contribution {
    [sampling, relief, series, level, blur, stain].reduce(Contribution()) { $0.combined(with: $1) }
  }
}
