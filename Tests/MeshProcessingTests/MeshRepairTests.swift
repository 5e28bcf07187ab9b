import Fixtures
import MeshProcessing
import Testing

@Suite("Mesh repair") struct MeshRepairTests {
  private let box = TriangleMesh.box(SIMD3(1, 2, 3)).subdivided()

  /// Every triangle with corners of its own, as an STL file has them.
  private func unshared(_ mesh: TriangleMesh, shift: Float = 0) -> TriangleMesh {
    TriangleMesh(
      positions: mesh.triangles.enumerated().flatMap { index, triangle in
        [triangle.a, triangle.b, triangle.c].map {
          mesh.positions[Int($0)] + shift * Float(index % 3)
        }
      },
      triangles: mesh.triangles.indices.map {
        Triangle(UInt32(3 * $0), UInt32(3 * $0 + 1), UInt32(3 * $0 + 2))
      })
  }

  @Test("merging vertices makes a triangle soup a solid again")
  func merge() {
    var soup = unshared(box)
    #expect(!soup.topology().isWatertight)
    #expect(soup.mergeVertices() == 3 * box.triangles.count - box.positions.count)
    #expect(soup.topology() == box.topology())
    #expect(abs(soup.signedVolume - 6) < 1e-6)
    #expect(soup.mergeVertices() == 0)
  }

  @Test("vertices that are a little apart are merged within a distance and not without")
  func mergeWithin() {
    var soup = unshared(box, shift: 1e-4)
    let open = soup
    soup.mergeVertices()
    #expect(!soup.topology().isWatertight)
    soup = open
    soup.mergeVertices(within: 1e-3)
    #expect(soup.topology() == box.topology())
    soup = open
    soup.mergeVertices(within: 1e-5)
    #expect(!soup.topology().isWatertight)
  }

  @Test("degenerate and duplicate triangles go, the others stay")
  func remove() {
    var mesh = TriangleMesh(
      positions: box.positions + [[0, 0, 0], [1, 0, 0], [2, 0, 0]],
      triangles: box.triangles + [
        Triangle(0, 0, 1), box.triangles[3], box.triangles[4].flipped,
        Triangle(
          UInt32(box.positions.count), UInt32(box.positions.count + 1),
          UInt32(box.positions.count + 2)),
      ])
    #expect(mesh.removeDegenerateTriangles() == 2)
    #expect(mesh.removeDuplicateTriangles() == 2)
    #expect(mesh == box)
    #expect(mesh.removeDegenerateTriangles() == 0 && mesh.removeDuplicateTriangles() == 0)
  }

  @Test("turned triangles are turned back, and what is inside out becomes outside out")
  func orient() {
    var mesh = TriangleMesh(
      positions: box.positions,
      triangles: box.triangles.enumerated().map { $0 % 3 == 0 ? $1.flipped : $1 })
    #expect(mesh.orientConsistently() == 16)
    #expect(mesh == box)
    var inside = box.flipped()
    #expect(inside.orientConsistently() == box.triangles.count)
    #expect(abs(inside.signedVolume - 6) < 1e-6)
    #expect(mesh.orientConsistently() == 0)
  }

  @Test(
    "two tetrahedra that touch in a vertex come apart",
    arguments: [
      AwkwardMesh.twoTetrahedraAtAVertex, .threeTrianglesAtAnEdge,
    ])
  func split(awkward: AwkwardMesh) {
    var mesh = awkward.mesh
    let before = mesh.topology()
    #expect(!before.isManifold)
    #expect(mesh.splitNonManifold() > 0)
    let after = mesh.topology()
    #expect(after.isManifold && after.triangleCount == before.triangleCount)
    #expect(abs(mesh.surfaceArea - awkward.mesh.surfaceArea) < 1e-9)
    #expect(mesh.splitNonManifold() == 0)
  }

  @Test("a hole is filled flat, a larger one than allowed is not")
  func fill() {
    // Without the four triangles around the middle of one side.
    let open = TriangleMesh(
      positions: box.positions,
      triangles: box.triangles.filter { triangle in
        let (a, b, c) = box.corners(triangle)
        return a.z + b.z + c.z > 0.01
      })
    #expect(open.topology().boundaryEdgeCount == 8)
    var filled = open
    #expect(filled.fillHoles(upTo: 7) == 0 && filled == open)
    #expect(filled.fillHoles(upTo: 8) == 1)
    #expect(filled.topology().isWatertight && filled.topology().isConsistentlyOriented)
    #expect(abs(filled.surfaceArea - 22) < 1e-5)
    #expect(abs(filled.signedVolume - 6) < 1e-6)
  }

  @Test(
    "nothing is to be repaired on a sound mesh, and nothing crashes on an unsound one",
    arguments: AwkwardMesh.allCases)
  func awkward(awkward: AwkwardMesh) {
    var mesh = awkward.mesh
    mesh.mergeVertices()
    mesh.removeDegenerateTriangles()
    mesh.removeDuplicateTriangles()
    mesh.splitNonManifold()
    mesh.orientConsistently()
    mesh.fillHoles(upTo: 10)
    let topology = mesh.topology()
    #expect(topology.isConsistentlyOriented)
    #expect(topology.nonManifoldEdgeCount == 0)
    let again = mesh
    mesh.orientConsistently()
    #expect(mesh == again)
  }
}
