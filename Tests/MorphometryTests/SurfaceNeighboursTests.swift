import Fixtures
import MeshProcessing
import Morphometry
import Testing
import Volumes

@Suite("Distance to the surfaces around") struct SurfaceNeighboursTests {
  private func distance(_ first: TriangleMesh, _ second: TriangleMesh) -> Double {
    let found = SurfaceNeighbours.all(among: [first, second])
    #expect(found[0].nearestDistance == found[1].nearestDistance)
    return found[0].nearestDistance
  }

  private func box(_ size: SIMD3<Double>, at corner: SIMD3<Double>) -> TriangleMesh {
    TriangleMesh.box(size).mapPositions { $0 + corner }
  }

  /// A tetrahedron of any two opposite edges.
  private func wedge(
    _ a: SIMD3<Float>, _ b: SIMD3<Float>, _ c: SIMD3<Float>, _ d: SIMD3<Float>
  ) -> TriangleMesh {
    TriangleMesh(
      positions: [a, b, c, d],
      triangles: [
        Triangle(0, 1, 2), Triangle(0, 3, 1), Triangle(0, 2, 3), Triangle(1, 3, 2),
      ])
  }

  @Test("face to face, corner to face, edge across edge: exact")
  func closedForms() {
    let unit = TriangleMesh.box(.one)
    #expect(distance(unit, box(SIMD3(3, 3, 3), at: SIMD3(-1, -1, 1.25))) == 0.25)
    #expect(abs(distance(unit, box(.one, at: SIMD3(4, 5, 1))) - 5) < 1e-9)
    let standing = wedge([0, 0, -1], [0, 0, 1], [-2, 1, 0], [-2, -1, 0])
    let lying = wedge([1, -1, 0.125], [1, 1, 0.125], [3, 0, 1], [3, 0, -1])
    #expect(distance(standing, lying) == 1)
    let tip = wedge([0.3, 0.3, 1.5], [0, 0, 4], [1, 0, 4], [0, 1, 4])
    #expect(abs(distance(unit, tip) - 0.5) < 1e-6)
  }

  @Test("balls: the gap between them, less what facets leave out", arguments: [0.001, 0.5, 3, 40])
  func balls(gap: Double) {
    let first = TriangleMesh.icosphere(radius: 5, subdivisions: 4)
    let second = TriangleMesh.icosphere(
      radius: 3, subdivisions: 4, center: (8 + gap) * SIMD3(0.6, 0.8, 0))
    let found = distance(first, second)
    // Sagitta of the facets of both.
    #expect(found > gap - 1e-5 && found < gap + 0.03, "\(found)")
    let inside = TriangleMesh.icosphere(radius: 2, subdivisions: 4)
    #expect((2.985...3).contains(distance(first, inside)))
  }

  @Test("0 where surfaces cross, though no corner is near the other one")
  func crossing() {
    #expect(
      distance(box(SIMD3(10, 10, 1), at: .zero), box(SIMD3(1, 1, 20), at: SIMD3(4, 4, -9))) == 0)
    let ball = TriangleMesh.icosphere(radius: 5, subdivisions: 3)
    #expect(distance(ball, ball.mapPositions { $0 + SIMD3(6, 1, 0) }) == 0)
  }

  @Test("the nearest of many, and how many are within a distance, whatever the threads")
  func many() {
    let balls = (0..<40).map { index in
      TriangleMesh.icosphere(
        radius: 1, subdivisions: 2, center: SIMD3(Double(index * index), Double(index % 3), 0))
    }
    let found = SurfaceNeighbours.all(among: balls, within: 5)
    let pairs = balls.map { first in balls.map { first == $0 ? .infinity : distance(first, $0) } }
    for (one, distances) in zip(found, pairs) {
      #expect(one.nearestDistance == distances.min())
      #expect(one.count == distances.count { $0 <= 5 })
    }
    #expect(Set(found.map(\.count)).count > 2)
    let alone = Parallel.$threads.withValue(1) { SurfaceNeighbours.all(among: balls, within: 5) }
    #expect(alone == found)
  }

  @Test("thousands of surfaces, far and near: as for each by itself, and soon")
  func thousands() {
    // Cubes at places that are farther apart the farther out, and one alone.
    let places = (0..<12_000).map { index -> SIMD3<Double> in
      let (x, y, z) = (index % 30, index / 30 % 20, index / 600)
      return SIMD3(Double(x * x) / 4 + 3 * Double(x), 3.5 * Double(y), 4 * Double(z))
    }
    let cubes = (places + [SIMD3(1e4, 0, 0)]).map { box(.one, at: $0) }
    let clock = ContinuousClock()
    var found: [SurfaceNeighbours] = []
    let time = clock.measure { found = SurfaceNeighbours.all(among: cubes, within: 2.75) }
    // Along x the gaps are 2.25 and 2.75, then more than the 2.5 along y.
    #expect(found[0].nearestDistance == 2.25 && found[0].count == 2)
    #expect(found[1].nearestDistance == 2.25 && found[1].count == 3)
    #expect(found[15].nearestDistance == 2.5 && found[15].count == 1)
    #expect(abs(found[12_000].nearestDistance - 9701.75) < 1e-2 && found[12_000].count == 0)
    #expect(time < .seconds(20))
  }

  @Test("without another surface it is infinitely far, an empty one has no distance")
  func none() {
    let ball = TriangleMesh.icosphere(radius: 1, subdivisions: 1)
    let found = SurfaceNeighbours.all(among: [ball, TriangleMesh()])
    #expect(found[0].nearestDistance == .infinity && found[0].count == nil)
    #expect(found[1].nearestDistance.isNaN)
    #expect(SurfaceNeighbours.all(among: [ball], within: 2)[0].count == 0)
  }
}
