import Morphometry
import Testing

@Suite("Scatter of the relief") struct ReliefScatterTests {
  @Test(
    "of an object and of the mean of the balls: the former falls with the square root of the area")
  func scaling() {
    let scatter = ReliefScatter(area: [0.01, 0.03], curvature: [0.02, 0.02], areaOfEach: 100)
    let deviation = 0.02 / 2.0.squareRoot()
    for (area, squares) in [(100.0, 1.5), (400, 0.75), (1e9, 0.5)] {
      let relative = scatter.relative(area: area)
      #expect(abs(relative.area - deviation * squares.squareRoot()) < 1e-6)
      #expect(relative.curvature == 0)
    }
  }
}
