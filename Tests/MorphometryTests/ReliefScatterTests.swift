import Morphometry
import Testing

@Suite("Scatter of the relief") struct ReliefScatterTests {
  @Test("the standard deviation of balls, less by the square root of the area")
  func scaling() {
    let scatter = ReliefScatter(area: [0.01, 0.03], curvature: [0.02, 0.02], areaOfEach: 100)
    let same = scatter.relative(area: 100)
    #expect(abs(same.area - 0.02 / 2.0.squareRoot()) < 1e-12 && same.curvature == 0)
    #expect(abs(scatter.relative(area: 400).area - same.area / 2) < 1e-12)
    #expect(ReliefScatter.none.relative(area: 1) == (0, 0))
  }
}
