import Fixtures
import Lamina
import Testing

@Suite(
  "Joint surfaces of real labels", .enabled(if: SharedData.isThere, "needs the shared test data"))
struct JointSurfaceTests {
  @Test(
    "closed manifolds that fill the outer surface, and no triangle through another one",
    arguments: [
      ("connectomics_pinky40_a.ome.tif", 8), ("platynereis_nuclei_gt.tif", 0),
      ("platynereis_nuclei_gt.tif", 8), ("totalseg_organs.nii.gz", 0),
      ("totalseg_organs.nii.gz", 8),
    ])
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

  @Test(
    "simplified they stay closed manifolds of the same volume without a gap",
    arguments: ["platynereis_nuclei_gt.tif", "totalseg_organs.nii.gz"])
  func simplified(name: String) throws {
    let labels = try Stack(contentsOf: SharedData.path("labels/\(name)")).image.asLabels()
    let complex = labels.surfaceNets(relaxations: 8)
    let simplified = complex.simplified(to: 0.2)
    let share = Double(simplified.triangles.count) / Double(complex.triangles.count)
    #expect((0.19...0.3).contains(share))
    let volumes = complex.labels.map { label in
      let (before, after) = (complex.surface(of: label), simplified.surface(of: label))
      let topology = after.topology()
      #expect(topology.isWatertight && topology.isManifold && topology.isConsistentlyOriented)
      #expect(topology.eulerNumber == before.topology().eulerNumber)
      #expect(abs(after.signedVolume / before.signedVolume - 1) < 1e-5)
      return after.signedVolume
    }
    #expect(abs(volumes.reduce(0, +) / simplified.outerSurface().signedVolume - 1) < 1e-5)
  }
}
