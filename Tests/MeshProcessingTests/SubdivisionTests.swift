import Fixtures
import MeshProcessing
import Testing

@Suite("Subdivision at the middles of edges") struct SubdivisionTests {
  @Test("a closed mesh stays closed, with the same Euler number, area and volume")
  func closed() {
    let mesh = TriangleMesh.torus(majorRadius: 3, minorRadius: 1, around: 12, along: 8)
    let fine = mesh.subdivided()
    let topology = fine.topology()
    #expect(fine.triangles.count == 4 * mesh.triangles.count)
    #expect(
      fine.positions.count == mesh.positions.count + topology.edgeCount / 2 - mesh.triangles.count
        * 3 / 2)
    #expect(topology.isWatertight && topology.isManifold && topology.isConsistentlyOriented)
    #expect(topology.eulerNumber == 0)
    #expect(abs(fine.surfaceArea / mesh.surfaceArea - 1) < 1e-6)
    #expect(abs(fine.signedVolume / mesh.signedVolume - 1) < 1e-6)
    #expect(Array(fine.positions.prefix(mesh.positions.count)) == mesh.positions)
  }

  @Test("an open mesh shares the middles of its inner edges and has its own on the border")
  func open() {
    let square = TriangleMesh(
      positions: [[0, 0, 0], [1, 0, 0], [1, 1, 0], [0, 1, 0]],
      triangles: [Triangle(0, 1, 2), Triangle(0, 2, 3)])
    let fine = square.subdivided()
    #expect(fine.positions.count == 9)
    #expect(fine.triangles.count == 8)
    #expect(fine.topology().boundaryEdgeCount == 8)
  }

  @Test("nothing from nothing")
  func empty() { #expect(TriangleMesh().subdivided() == TriangleMesh()) }
}
