import Fixtures
import MeshProcessing
import Reconstruction
import Testing
import Volumes

@Suite("Simplified complexes") struct SimplifiedComplexTests {
  /// Three balls that touch, in two halves each, and a plane that cuts through all of them.
  private static func balls() throws -> LabelVolume {
    let grid = Grid(size: SIMD3(48, 40, 26), spacing: SIMD3(0.5, 0.5, 1), unit: .micrometre)
    let centers: [SIMD3<Double>] = [[13, 13, 12], [32, 14, 13], [22, 27, 12]]
    var voxels: [UInt32] = []
    for z in 0..<26 {
      for y in 0..<40 {
        for x in 0..<48 {
          let point = SIMD3(Double(x), Double(y), Double(z))
          let steps = centers.map { (point - $0) * SIMD3(1, 1, 1.1) }
          let distances = steps.map { ($0 * $0).sum().squareRoot() }
          let nearest = distances.indices.min { distances[$0] < distances[$1] } ?? 0
          let isInside = distances[nearest] < 10.5
          voxels.append(isInside ? UInt32(2 * nearest + (z > 11 ? 1 : 0) + 5) : 0)
        }
      }
    }
    return try LabelVolume(grid: grid, voxels: voxels)
  }

  private func expectSolid(_ mesh: TriangleMesh, _ what: Comment) {
    let topology = mesh.topology()
    #expect(topology.isWatertight && topology.isManifold && topology.isConsistentlyOriented, what)
  }

  @Test("walls are shared as before, and every object keeps its volume", arguments: [0.5, 0.1])
  func sharedWalls(fraction: Double) throws {
    let complex = try Self.balls().surfaceNets(relaxations: 16)
    let simplified = complex.simplified(to: fraction)
    #expect(simplified.labels == complex.labels)
    #expect(simplified.walls.map(\.front) == complex.walls.map(\.front))
    #expect(simplified.walls.map(\.back) == complex.walls.map(\.back))
    // Lines at which walls meet stay, and the walls are small.
    let share = Double(simplified.triangles.count) / Double(complex.triangles.count)
    #expect((fraction - 0.01...fraction + 0.05).contains(share))
    for label in complex.labels {
      let (before, after) = (complex.surface(of: label), simplified.surface(of: label))
      expectSolid(after, "label \(label)")
      #expect(after.topology().eulerNumber == before.topology().eulerNumber)
      #expect(abs(after.signedVolume / before.signedVolume - 1) < 1e-5)
      #expect(after.deviation(from: before).hausdorff < 0.5)
    }
    let outer = simplified.outerSurface()
    expectSolid(outer, "all together")
    let volume = simplified.labels.reduce(0) { $0 + simplified.surface(of: $1).signedVolume }
    #expect(abs(outer.signedVolume / volume - 1) < 1e-5)
    // Each triangle of a wall is one of both of its objects.
    for wall in simplified.walls where wall.front != 0 {
      let between = corners(simplified.surface(of: wall))
      #expect(!between.isEmpty)
      for label in [wall.front, wall.back] {
        #expect(between.isSubset(of: corners(simplified.surface(of: label))))
      }
    }
  }

  /// The triangles of a mesh by their corners.
  private func corners(_ mesh: TriangleMesh) -> Set<Set<SIMD3<Float>>> {
    Set(mesh.triangles.map { Set([$0.a, $0.b, $0.c].map { mesh.positions[Int($0)] }) })
  }

  @Test(
    "labels that touch themselves in edges and corners stay closed manifolds", arguments: [0, 4])
  func noise(relaxations: Int) throws {
    var random = SplitMix(seed: 11)
    for round in 0..<300 {
      let size = SIMD3(9, 8, 7)
      let voxels = (0..<size.x * size.y * size.z).map { _ in
        UInt32.random(in: 0...2, using: &random)
      }
      // Coarse clumps, whose walls have something that can go.
      let grid = Grid(size: size &* 2, spacing: SIMD3(1, 1, 2), unit: .micrometre)
      let clumps = (0..<8 * voxels.count).map { index in
        let x = index % (2 * size.x), y = index / (2 * size.x) % (2 * size.y)
        let z = index / (4 * size.x * size.y)
        return voxels[x / 2 + size.x * (y / 2 + size.y * (z / 2))]
      }
      let complex = try LabelVolume(grid: grid, voxels: clumps).surfaceNets(
        relaxations: relaxations)
      let simplified = complex.simplified(to: 0.3)
      #expect(simplified.triangles.count < complex.triangles.count)
      for label in complex.labels {
        let (before, after) = (complex.surface(of: label), simplified.surface(of: label))
        expectSolid(after, "round \(round), label \(label)")
        #expect(abs(after.signedVolume / before.signedVolume - 1) < 1e-5)
      }
      expectSolid(simplified.outerSurface(), "round \(round), all together")
    }
  }

  @Test("the same for any number of threads; nothing of nothing")
  func threads() throws {
    let complex = try Self.balls().surfaceNets(relaxations: 4)
    let one = Parallel.$threads.withValue(1) { complex.simplified(to: 0.2) }
    #expect(Parallel.$threads.withValue(2) { complex.simplified(to: 0.2) } == one)
    let empty = try LabelVolume(
      grid: Grid(size: SIMD3(3, 3, 3)), voxels: Array(repeating: 0, count: 27))
    #expect(empty.surfaceNets(relaxations: 2).simplified(to: 0.5).triangles.isEmpty)
  }
}
