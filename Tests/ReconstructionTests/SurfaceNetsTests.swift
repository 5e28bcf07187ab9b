import Fixtures
import MeshProcessing
import Reconstruction
import Testing
import Volumes

@Suite("Surface nets of label images") struct SurfaceNetsTests {
  /// Few labels, so that corners meet in all ways; their numbers are far apart.
  private func randomLabels(_ random: inout SplitMix) throws -> Volume<UInt32> {
    let size = SIMD3<Int>(
      .random(in: 1...6, using: &random), .random(in: 1...6, using: &random),
      .random(in: 1...6, using: &random))
    let names: [UInt32] = [0, 7, 3_000_000_000, 81_000, .max]
    let count = Int.random(in: 2...5, using: &random)
    let voxels = (0..<size.x * size.y * size.z).map { _ in
      names[Int.random(in: 0..<count, using: &random)]
    }
    let grid = Grid(
      size: size, spacing: SIMD3(0.5, 0.75, 2), origin: SIMD3(3, -2, 1), unit: .micrometre)
    return try Volume<UInt32>(grid: grid, voxels: voxels)
  }

  private func expectSolid(_ mesh: TriangleMesh, _ what: Comment) {
    let topology = mesh.topology()
    #expect(topology.isWatertight && topology.isManifold && topology.isConsistentlyOriented, what)
    #expect(mesh.signedVolume > 0, what)
  }

  @Test(
    "every label has a closed manifold, and together they fill the outer surface",
    arguments: [0, 1, 12])
  func randomLabels(relaxations: Int) throws {
    var random = SplitMix(seed: 4)
    for round in 0..<3000 {
      let labels = try randomLabels(&random)
      let complex = labels.surfaceNets(relaxations: relaxations)
      let objects = labels.objects()
      #expect(complex.labels == objects.map(\.label))
      var total = 0.0
      for object in objects {
        let mesh = complex.surface(of: object.label)
        expectSolid(mesh, "round \(round), label \(object.label)")
        if relaxations == 0 {
          let truth = Double(object.voxelCount) * labels.grid.voxelVolume
          #expect(abs(mesh.signedVolume / truth - 1) < 1e-6)
        }
        total += mesh.signedVolume
      }
      guard !objects.isEmpty else { continue }
      let outer = complex.outerSurface()
      expectSolid(outer, "round \(round), all together")
      #expect(abs(outer.signedVolume / total - 1) < 1e-6)
    }
  }

  @Test("a wall is part of two surfaces, with opposite orientation")
  func pairedWalls() throws {
    var random = SplitMix(seed: 6)
    for _ in 0..<300 {
      let labels = try randomLabels(&random)
      let complex = labels.surfaceNets(relaxations: 3)
      var sides: [[SIMD3<Float>]: [UInt32]] = [:]
      for label in complex.labels {
        let mesh = complex.surface(of: label)
        for triangle in mesh.triangles {
          sides[mesh.corners(of: triangle), default: []].append(label)
        }
      }
      let all = TriangleMesh(positions: complex.positions, triangles: complex.triangles)
      for wall in complex.walls {
        for triangle in complex.triangles[wall.triangles] {
          #expect(sides.removeValue(forKey: all.corners(of: triangle)) == [wall.back])
          let other = sides.removeValue(forKey: all.corners(of: triangle.flipped))
          #expect(other == (wall.front == 0 ? nil : [wall.front]))
        }
      }
      #expect(sides.isEmpty)
    }
  }

  @Test("the walls of two blocks: where they are, and how they are turned")
  func blocks() throws {
    let labels = try Volume<UInt32>(SIMD3(4, 3, 2), spacing: SIMD3(0.5, 1, 3)) { x, _, _ in
      x < 1 ? 9 : 4
    }
    let complex = labels.surfaceNets()
    #expect(complex.walls.map { [$0.front, $0.back] } == [[0, 4], [0, 9], [4, 9]])
    #expect(complex.walls.map { complex.area(of: $0) } == [45, 27, 18])
    let wall = complex.surface(of: complex.walls[2])
    #expect(wall.positions.allSatisfy { $0.x == 0.25 })
    #expect(wall.triangles.allSatisfy { wall.normalVector(of: $0).x > 0 })
    #expect(
      complex.surface(of: 4).bounds.map { [$0.min, $0.max] } == [
        SIMD3(0.25, -0.5, -1.5), SIMD3(1.75, 2.5, 4.5),
      ])
    #expect(complex.surface(of: 5).isEmpty)
  }

  @Test("a ball relaxed is rounder, not turned or moved")
  func ball() throws {
    let center = SIMD3(11.3, 12.1, 10.6)
    let labels = try Volume<UInt32>(SIMD3(24, 24, 24)) { x, y, z in
      let offset = SIMD3(Double(x), Double(y), Double(z)) - center
      return (offset * offset).sum() < 64 ? 1 : 0
    }
    let surfaces = [0, 16].map { labels.surfaceNets(relaxations: $0).surface(of: 1) }
    let area = 4 * Double.pi * 64
    #expect((1.45...1.55).contains(surfaces[0].surfaceArea / area))
    #expect((1.0...1.02).contains(surfaces[1].surfaceArea / area))
    let volume = 4.0 / 3 * Double.pi * 512
    #expect((0.995...1.008).contains(surfaces[1].signedVolume / volume))
    for surface in surfaces {
      let offset = surface.centroid - center
      #expect((offset * offset).sum() < 0.01)
    }
  }

  @Test("the same bytes on any number of threads, and background alone has no surface")
  func threads() throws {
    var random = SplitMix(seed: 7)
    let labels = try Volume<UInt32>(SIMD3(70, 9, 50)) { _, _, _ in
      UInt32.random(in: 0...3, using: &random)
    }
    let many = Parallel.$threads.withValue(5) { labels.surfaceNets(relaxations: 2) }
    let one = Parallel.$threads.withValue(1) { labels.surfaceNets(relaxations: 2) }
    #expect(many == one)
    #expect(try Volume<UInt32>(SIMD3(5, 4, 3)) { _, _, _ in 0 }.surfaceNets().triangles.isEmpty)
  }

  @Test("no triangle goes through another one", arguments: [0, 1, 3, 12])
  func crossings(relaxations: Int) throws {
    var random = SplitMix(seed: 5)
    for round in 0..<200 {
      let labels = try randomLabels(&random)
      let complex = labels.surfaceNets(relaxations: relaxations)
      let mesh = TriangleMesh(positions: complex.positions, triangles: complex.triangles)
      #expect(mesh.crossingCount(cellSize: labels.grid.spacing) == 0, "round \(round)")
    }
  }
}

extension TriangleMesh {
  /// The places of the corners, the first in the order of x, y, z first.
  fileprivate func corners(of triangle: Triangle) -> [SIMD3<Float>] {
    let places = [triangle.a, triangle.b, triangle.c].map { positions[Int($0)] }
    let first = places.indices.min {
      let (a, b) = (places[$0], places[$1])
      return (a.x, a.y, a.z) < (b.x, b.y, b.z)
    }
    return (0..<3).map { places[($0 + (first ?? 0)) % 3] }
  }
}
