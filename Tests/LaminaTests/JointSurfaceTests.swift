import Fixtures
import Lamina
import Testing

@Suite(
  "Joint surfaces of real labels", .enabled(if: SharedData.isThere, "needs the shared test data"))
struct JointSurfaceTests {
  @Test(
    "closed manifolds that fill the outer surface, and no triangle through another one",
    arguments: [
      "connectomics_pinky40_a.ome.tif", "platynereis_nuclei_gt.tif", "totalseg_organs.nii.gz",
    ], [0, 8])
  func surfaces(name: String, relaxations: Int) throws {
    let labels = try Stack(contentsOf: SharedData.path("labels/\(name)")).image.asLabels()
    let complex = labels.surfaceNets(relaxations: relaxations)
    let objects = labels.objects()
    #expect(complex.labels == objects.map(\.label))
    let volumes = objects.map { object in
      let mesh = complex.surface(of: object.label)
      let topology = mesh.topology()
      #expect(topology.isWatertight && topology.isManifold && topology.isConsistentlyOriented)
      return mesh.signedVolume
    }
    let outer = complex.outerSurface()
    let topology = outer.topology()
    #expect(topology.isWatertight && topology.isManifold && topology.isConsistentlyOriented)
    #expect(abs(volumes.reduce(0, +) / outer.signedVolume - 1) < 1e-5)
    #expect(volumes.allSatisfy { $0 > 0 })
    // Faces of voxels cannot cross.
    guard relaxations > 0 else { return }
    let all = TriangleMesh(positions: complex.positions, triangles: complex.triangles)
    #expect(all.crossingCount(cellSize: labels.grid.spacing) == 0)
  }
}
