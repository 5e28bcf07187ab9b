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
  /// standard uncertainty of area and integral of H. Of what is lost at edges that the blur does not let see, which grows
  /// with s to a lower power, as much is added as follows from that, and of what may be lost there it is the standard
  /// uncertainty. See ``UnresolvedEdges``.
  /// - Parameters:
  ///   - wide: Of the same surface through the wider blur.
  ///   - widthRatio: q, more than 1.
  public mutating func extrapolate(
    from wide: SurfaceIntegrals, widthRatio: Double, edges: UnresolvedEdges
  ) -> SurfaceUncertainty.Contribution {
    precondition(widthRatio > 1, "the second blur must be wider, got a ratio of \(widthRatio)")
    func lacking(_ power: Double) -> Double { 1 / (pow(widthRatio, power) - 1) }
    let lost = (area: area - wide.area, meanCurvature: meanCurvature - wide.meanCurvature)
    let added = (1 - edges.share) * lacking(4) + edges.share * lacking(edges.power)
    area += added * lost.area
    meanCurvature += added * lost.meanCurvature
    let doubt = (1 - edges.possible) * lacking(3) + edges.possible * lacking(edges.power)
    return SurfaceUncertainty.Contribution(
      area: doubt * abs(lost.area), meanCurvature: doubt * abs(lost.meanCurvature))
  }
}
