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
