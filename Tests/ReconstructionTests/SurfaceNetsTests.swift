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
    let spacing: SIMD3<Double> = SIMD3(0.5, 0.75, 2)
    return try Volume<UInt32>(grid: Grid(size: size, spacing: spacing), voxels: voxels)
  }

  private func expectSolid(_ mesh: TriangleMesh, _ what: Comment) {
    let topology = mesh.topology()
    #expect(topology.isWatertight && topology.isManifold && topology.isConsistentlyOriented, what)
    #expect(mesh.signedVolume > 0, what)
  }

  @Test func randomLabelsHaveClosedManifolds() throws {
    var random = SplitMix(seed: 4)
    for round in 0..<3000 {
      let labels = try randomLabels(&random)
      let complex = labels.surfaceNets()
      let objects = labels.objects()
      #expect(complex.labels == objects.map(\.label))
      var total = 0.0
      for object in objects {
        let mesh = complex.surface(of: object.label)
        expectSolid(mesh, "round \(round), label \(object.label)")
        let truth = Double(object.voxelCount) * labels.grid.voxelVolume
        #expect(abs(mesh.signedVolume / truth - 1) < 1e-6)
        total += mesh.signedVolume
      }
      guard !objects.isEmpty else { continue }
      let outer = complex.outerSurface()
      expectSolid(outer, "round \(round), all together")
      #expect(abs(outer.signedVolume / total - 1) < 1e-6)
    }
  }
}
