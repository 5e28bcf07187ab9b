/// How much the relief that voxels leave in a surface differs from one surface to the next, as digitised balls show.
///
/// A surface is made of patches whose relief is independent, so that its relative effect on area and on the
/// integral of H falls with the square root of the area. How well the mean of the balls is known does not.
public struct ReliefScatter: Sendable {
  /// Relative standard deviations of balls.
  private let area: Double
  private let curvature: Double
  /// In square units.
  private let areaOfEach: Double
  private let count: Double

  /// - Parameters:
  ///   - area: The relative excess of the area of each ball, two at least.
  ///   - curvature: That of its integral of H.
  ///   - areaOfEach: The area of a ball, in square units.
  public init(area: [Double], curvature: [Double], areaOfEach: Double) {
    precondition(area.count > 1 && curvature.count > 1, "one ball does not tell how balls differ")
    func deviation(_ values: [Double]) -> Double {
      let mean = values.reduce(0, +) / Double(values.count)
      let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      return (squares / Double(values.count - 1)).squareRoot()
    }
    self.area = deviation(area)
    self.curvature = deviation(curvature)
    self.areaOfEach = areaOfEach
    count = Double(area.count)
  }

  /// The relative standard uncertainties for a surface of a given area, in square units.
  public func relative(area whole: Double) -> (area: Double, curvature: Double) {
    let factor = (areaOfEach / whole + 1 / count).squareRoot()
    return (area * factor, curvature * factor)
  }
}
