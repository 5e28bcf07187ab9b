import Fixtures
import MeshProcessing
import Reconstruction
import Testing
import Volumes

@Suite struct MarchingCubesTests {
  private func expectSolid(_ mesh: TriangleMesh, _ what: Comment) {
    let topology = mesh.topology()
    #expect(topology.boundaryEdgeCount == 0, what)
    #expect(topology.nonManifoldEdgeCount == 0, what)
    #expect(topology.inconsistentEdgeCount == 0, what)
    #expect(topology.nonManifoldVertexCount == 0, what)
    #expect(mesh.isEmpty || mesh.signedVolume > 0, what)
    #expect(Set(mesh.positions).count == mesh.positions.count, what)
    #expect(mesh.triangles.allSatisfy { mesh.normalVector(of: $0) != .zero }, what)
  }

  @Test func everyCubeIsClosed() throws {
    for inside in 1..<256 {
      let voxels = (0..<8).map { Float(inside >> $0 & 1) }
      let cube = try Volume<Float>(grid: Grid(size: SIMD3(2, 2, 2)), voxels: voxels)
      expectSolid(cube.isosurface(at: 0.5), "inside corners \(inside)")
    }
  }

  /// Slices far apart have further slices between them.
  @Test(arguments: [1.0, 3]) func randomVolumesWithTiesAreClosedManifolds(spacingZ: Double) throws {
    var random = SplitMix(seed: 7)
    for round in 0..<3000 {
      let size = SIMD3<Int>(
        .random(in: 1...6, using: &random), .random(in: 1...6, using: &random),
        .random(in: 1...6, using: &random))
      let values = (0..<size.x * size.y * size.z).map { _ in
        Float(Int.random(in: 0...4, using: &random))
      }
      let grid = Grid(size: size, spacing: SIMD3(1, 1, spacingZ))
      let volume = try Volume<Float>(grid: grid, voxels: values)
      expectSolid(volume.isosurface(at: Float(round % 4)), "round \(round)")
    }
  }
}
