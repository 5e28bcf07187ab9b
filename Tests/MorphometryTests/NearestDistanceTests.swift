import Fixtures
import Morphometry
import Testing

@Suite("Distance to the nearest other point") struct NearestDistanceTests {
  @Test("as found by looking at all pairs")
  func allPairs() {
    var random = SplitMix(seed: 5)
    let points = (0..<300).map { _ in
      SIMD3(
        Double.random(in: 0...10, using: &random), Double.random(in: 0...10, using: &random),
        Double.random(in: 0...2, using: &random))
    }
    let found = NearestDistance.distances(among: points)
    for (index, point) in points.enumerated() {
      let others = points.indices.filter { $0 != index }.map { other in
        let way = points[other] - point
        return (way * way).sum().squareRoot()
      }
      #expect(abs(found[index] - (others.min() ?? .nan)) < 1e-12)
    }
  }

  @Test("none, one alone, two at one place")
  func few() {
    #expect(NearestDistance.distances(among: []) == [])
    #expect(NearestDistance.distances(among: [.one]) == [.infinity])
    #expect(NearestDistance.distances(among: [.one, .one, SIMD3(1, 1, 4)]) == [0, 0, 3])
  }
}
