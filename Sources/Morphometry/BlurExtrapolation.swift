internal import LibC

extension SurfaceIntegrals {
  /// Adds what area and integral of H lack because a blur was undone as if the curvature did not change along
  /// the surface, judged by how much more they lack through a wider blur.
  ///
  /// Undone to the first order (``LevelSetShape/shift(byBlurOf:)``), a blur of standard deviation s leaves the
  /// surface short of -s⁴/4 times the Laplacian of H, and its area of s⁴/2 times the integral of |grad H|². Where
  /// the curvature jumps, as beside a rounded edge, that integral is infinite, and what the area lacks grows
  /// with s³. So through two blurs whose widths have the ratio q the area differs by q⁴ - 1 times what it
  /// lacks through the narrow one, or by q³ - 1 times.
  ///
  /// The former is added, as is right for smooth surfaces. (Richardson 1911, doi:10.1098/rsta.1911.0009.) The latter is the
  /// standard uncertainty of area and integral of H. Where the surface bends more strongly than the blur lets see, it may as well
  /// have a sharp edge, beside which both lack what grows with s: of that part q - 1 counts instead.
  /// - Parameters:
  ///   - wide: Of the same surface through the wider blur.
  ///   - widthRatio: q, more than 1.
  ///   - unresolvedFraction: The part that bends too strongly, from 0 to 1.
  public mutating func extrapolate(
    from wide: SurfaceIntegrals, widthRatio: Double, unresolvedFraction: Double
  ) -> SurfaceUncertainty.Contribution {
    precondition(widthRatio > 1, "the second blur must be wider, got a ratio of \(widthRatio)")
    let lost = (area: area - wide.area, meanCurvature: meanCurvature - wide.meanCurvature)
    let smooth = pow(widthRatio, 4) - 1
    area += lost.area / smooth
    meanCurvature += lost.meanCurvature / smooth
    let doubt =
      (1 - unresolvedFraction) / (pow(widthRatio, 3) - 1) + unresolvedFraction / (widthRatio - 1)
    return SurfaceUncertainty.Contribution(
      area: doubt * abs(lost.area), meanCurvature: doubt * abs(lost.meanCurvature))
  }
}
