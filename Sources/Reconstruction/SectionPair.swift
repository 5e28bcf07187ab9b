/// What two objects say of the area of the wall between them, in front and behind.
struct SectionPair {
  /// What the sections of each come to at the wall, in square units.
  let areas: SIMD2<Double>
  /// By which the sections of each grow with the distance from the wall, in units.
  let slopes: SIMD2<Double>
  /// Of the areas, where the place of the wall is known, and what they have in common.
  let variances: SIMD2<Double>
  let shared: Double
  /// The variance of the place of the wall along its normal, in square units.
  let offset: Double

  /// Where what both objects show differs by so many standard uncertainties and by this part of the area, one of them has no
  /// section that ends at the rim, as a ball that dents another one: its own surface goes on where the wall ends.
  private static let contradiction = (deviations: 3.0, part: 0.25)

  /// The mean of both areas with the least variance, and its standard uncertainty.
  ///
  /// A wall that lies d farther in front has an area by d times the slope in front larger, and by d times the one behind
  /// smaller. Objects that contradict each other know less than they say. (Birge 1932, doi:10.1103/PhysRev.40.207.)
  /// - Returns: `nil` where they contradict each other altogether.
  func agreed() -> (area: Double, uncertainty: Double)? {
    let opening = slopes.sum()
    let difference = variances.sum() - 2 * shared + offset * opening * opening
    guard difference > 0 else { return nil }
    let best = (variances.y - shared + offset * slopes.y * opening) / difference
    let weight = max(0, min(best, 1))
    let weights = SIMD2(weight, 1 - weight)
    let area = (weights * areas).sum()
    let gap = abs(areas.x - areas.y)
    let deviations = gap / difference.squareRoot()
    guard area > 0,
      deviations < Self.contradiction.deviations || gap < Self.contradiction.part * area
    else { return nil }
    let moved = weights.x * slopes.x - weights.y * slopes.y
    let variance =
      (weights * weights * variances).sum() + 2 * weights.x * weights.y * shared
      + offset * moved * moved
    return (area, max(1, deviations) * variance.squareRoot())
  }
}
