import Fixtures
import MeshProcessing
import Testing

@Suite("Triangles that cross") struct SelfIntersectionsTests {
  private func pair(_ second: [SIMD3<Float>]) -> Int {
    TriangleMesh(
      positions: [[0, 0, 0], [4, 0, 0], [0, 4, 0]] + second,
      triangles: [Triangle(0, 1, 2), Triangle(3, 4, 5)]
    ).selfIntersectionCount()
  }

  @Test("two triangles: crossing, touching, in one plane, apart")
  func pairs() {
    #expect(pair([[1, 1, -1], [1, 1, 1], [1, 9, 0]]) == 1)
    // The first one's side through the second.
    #expect(pair([[2, -1, -3], [2, -1, 3], [2, 1, 0]]) == 1)
    // A corner on the plane, a side in it, a side through a corner, and through a side.
    #expect(pair([[1, 1, 0], [1, 1, 1], [2, 1, 1]]) == 0)
    #expect(pair([[1, 1, 0], [1, 2, 0], [2, 1, 1]]) == 0)
    #expect(pair([[0, 0, -1], [0, 0, 1], [-3, -3, 0]]) == 0)
    #expect(pair([[2, 0, -1], [2, 0, 1], [2, -3, 0]]) == 0)
    #expect(pair([[1, 1, 0], [5, 1, 0], [1, 5, 0]]) == 0)
    #expect(pair([[1, 1, 0.001], [5, 1, 0.001], [1, 5, 0.002]]) == 0)
  }

  @Test("two triangles with a corner in common cross where the opposite side goes through")
  func sharedCorner() {
    let mesh = TriangleMesh(
      positions: [[0, 0, 0], [4, 0, 0], [0, 4, 0], [2, 1, -1], [1, 2, 1]],
      triangles: [Triangle(0, 1, 2), Triangle(0, 3, 4)])
    #expect(mesh.selfIntersectionCount() == 1)
    let apart = mesh.mapPositions { $0.z < 0 ? SIMD3(2, 1, 1) : $0 }
    #expect(apart.selfIntersectionCount() == 0)
  }

  @Test("none on surfaces that do not meet themselves")
  func none() {
    for mesh in [
      TriangleMesh(), .icosphere(radius: 7, subdivisions: 4), .box(SIMD3(1, 2, 3)),
      .torus(majorRadius: 5, minorRadius: 4.9, around: 60, along: 60),
      TriangleMesh.icosphere(radius: 7, subdivisions: 3)
        .joined(with: .icosphere(radius: 6, subdivisions: 3)),
    ] {
      #expect(mesh.selfIntersectionCount() == 0)
    }
  }

  @Test("balls and rings that overlap: as many as the slower count by edges allows")
  func some() {
    let ball = TriangleMesh.icosphere(radius: 7, subdivisions: 4)
    for mesh in [
      TriangleMesh.torus(majorRadius: 6, minorRadius: 2, around: 60, along: 31).joined(
        with: ball.mapPositions { $0 * 0.7 + SIMD3(5.3, 0.2, 0.1) }),
      ball.joined(with: ball.mapPositions { $0 * 0.9 + SIMD3(5, 1, 2) }),
    ] {
      let pairs = mesh.selfIntersectionCount()
      let sides = mesh.crossingCount(cellSize: SIMD3(repeating: 0.5))
      // A pair that crosses has one or two sides that go through.
      #expect(sides > 50)
      #expect((sides / 2...sides).contains(pairs), "\(pairs) \(sides)")
      // The place and the size do not matter, nor which side is out.
      #expect(mesh.flipped().selfIntersectionCount() == pairs)
      #expect(mesh.mapPositions { $0 * 4 }.selfIntersectionCount() == pairs)
    }
  }
}
