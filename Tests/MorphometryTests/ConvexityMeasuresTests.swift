import Fixtures
import MeshProcessing
import Morphometry
import Phantoms
import Testing

@Suite("Calipers") struct ConvexityMeasuresTests {
  private static let turns = (1...6 as ClosedRange<UInt64>).map { Rotation.random(seed: $0) }

  /// Largest diameter and smallest width of a solid, turned in several ways.
  private func expect(_ mesh: TriangleMesh, _ largest: Double, _ smallest: Double) throws {
    for turn in Self.turns {
      let turned = mesh.mapPositions { turn.rotated($0) + SIMD3(20, -5, 3) }
      let measures = try #require(ConvexityMeasures(turned))
      #expect(abs(measures.largestDiameter / largest - 1) < 1e-5)
      #expect(abs(measures.smallestWidth / smallest - 1) < 1e-5)
    }
  }

  @Test("a box: its diagonal and its shortest side")
  func box() throws {
    try expect(.box(SIMD3(3, 4, 12)), 13, 3)
    var cube = TriangleMesh.box(SIMD3(2, 2, 2))
    for _ in 0..<3 { cube = cube.subdivided() }
    try expect(cube, 12.0.squareRoot(), 2)
  }

  /// A regular tetrahedron is narrowest between two edges that do not meet, side / sqrt 2; its height
  /// over a face is side sqrt(2/3).
  @Test("a regular tetrahedron is narrowest between two edges")
  func tetrahedron() throws {
    let mesh = TriangleMesh(
      positions: [[1, 1, 1], [1, -1, -1], [-1, 1, -1], [-1, -1, 1]],
      triangles: [Triangle(0, 1, 2), Triangle(0, 3, 1), Triangle(0, 2, 3), Triangle(1, 3, 2)])
    try expect(mesh, 8.0.squareRoot(), 2)
  }

  @Test("a regular octahedron is narrowest between two faces")
  func octahedron() throws {
    let mesh = TriangleMesh(
      positions: [[1, 0, 0], [-1, 0, 0], [0, 1, 0], [0, -1, 0], [0, 0, 1], [0, 0, -1]],
      triangles: [
        Triangle(0, 2, 4), Triangle(2, 1, 4), Triangle(1, 3, 4), Triangle(3, 0, 4),
        Triangle(2, 0, 5), Triangle(1, 2, 5), Triangle(3, 1, 5), Triangle(0, 3, 5),
      ])
    try expect(mesh, 2, 2 / 3.0.squareRoot())
  }

  @Test("an ellipsoid: its longest and shortest axis")
  func ellipsoid() throws {
    let mesh = TriangleMesh.icosphere(radius: 1, subdivisions: 5).mapPositions {
      $0 * SIMD3(9, 5, 4)
    }
    let measures = try #require(ConvexityMeasures(mesh))
    #expect((0.999...1.000001).contains(measures.largestDiameter / 18))
    #expect((0.998...1.000001).contains(measures.smallestWidth / 8))
  }

  /// All directions of a fine net: none may be narrower.
  @Test("no direction is narrower than the smallest width", arguments: 1...4)
  func brute(seed: Int) throws {
    var random = SplitMix(seed: UInt64(seed))
    let mesh = TriangleMesh.icosphere(radius: 1, subdivisions: 2).mapPositions {
      $0 * SIMD3(5, 4, 3) * Double.random(in: 0.8...1.2, using: &random)
    }
    let measures = try #require(ConvexityMeasures(mesh))
    var narrowest = Double.infinity
    for direction in TriangleMesh.icosphere(radius: 1, subdivisions: 5).positions {
      let heights = mesh.positions.map { Double(($0 * direction).sum()) }
      narrowest = min(narrowest, (heights.max() ?? 0) - (heights.min() ?? 0))
    }
    #expect(measures.smallestWidth <= narrowest + 1e-6)
    #expect(measures.smallestWidth > 0.99 * narrowest)
  }

  @Test("the part of a torus in its hull, and what is missing in a dented sphere")
  func solidity() throws {
    let torus = TriangleMesh.torus(majorRadius: 8, minorRadius: 3, around: 200, along: 100)
    let row = ObjectMeasurements(meshAlone: torus, label: 1, columns: .all)
    let hull = try #require(row.convexity)
    let thickDisk = 384 * Double.pi + 72 * Double.pi * .pi + 36 * Double.pi
    let expected = 144 * Double.pi * .pi / thickDisk
    #expect(abs(row.surface.volume / hull.hullVolume / expected - 1) < 1e-3)
    #expect(ConvexityMeasures(TriangleMesh()) == nil)
  }
}
