import Fixtures
import MeshProcessing
import Testing

@Suite("Mesh topology") struct MeshTopologyTests {
  @Test("closed surfaces: Euler number, genus, components")
  func closed() {
    let box = TriangleMesh.box(SIMD3(1, 2, 3)).topology()
    #expect(box.vertexCount == 8 && box.edgeCount == 18 && box.triangleCount == 12)
    #expect(box.isWatertight && box.isManifold && box.isConsistentlyOriented)
    #expect(box.eulerNumber == 2 && box.genus == 0 && box.componentCount == 1)

    let torus = TriangleMesh.torus(majorRadius: 3, minorRadius: 1, around: 12, along: 8)
    #expect(torus.topology().eulerNumber == 0)
    #expect(torus.topology().genus == 1)

    let both = torus.joined(with: .icosphere(radius: 1, subdivisions: 1)).topology()
    #expect(both.eulerNumber == 2 && both.componentCount == 2 && both.genus == 1)
  }

  @Test("a missing triangle leaves three boundary edges")
  func open() {
    let box = TriangleMesh.box(.one)
    let open = TriangleMesh(positions: box.positions, triangles: Array(box.triangles.dropLast()))
    #expect(open.topology().boundaryEdgeCount == 3)
    #expect(!open.topology().isWatertight)
    #expect(open.topology().genus == nil)
  }

  @Test("a triangle the wrong way round is noticed at its three edges")
  func flipped() {
    let box = TriangleMesh.box(.one)
    var triangles = box.triangles
    triangles[4] = triangles[4].flipped
    let topology = TriangleMesh(positions: box.positions, triangles: triangles).topology()
    #expect(topology.inconsistentEdgeCount == 3)
    #expect(!topology.isConsistentlyOriented)
  }

  @Test("two tetrahedra that share an edge or a vertex are not a manifold")
  func nonManifold() {
    let corners: [SIMD3<Float>] = [
      [0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1], [-1, 0, 0], [0, -1, 0], [0, 0, -1],
    ]
    func tetrahedron(_ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: UInt32) -> [Triangle] {
      [Triangle(a, c, b), Triangle(a, b, d), Triangle(b, c, d), Triangle(a, d, c)]
    }
    let atVertex = TriangleMesh(
      positions: corners, triangles: tetrahedron(0, 1, 2, 3) + tetrahedron(0, 4, 5, 6)
    ).topology()
    #expect(atVertex.nonManifoldVertexCount == 1)
    #expect(atVertex.nonManifoldEdgeCount == 0)
    let atEdge = TriangleMesh(
      positions: corners, triangles: tetrahedron(0, 1, 2, 3) + tetrahedron(0, 1, 5, 6)
    ).topology()
    #expect(atEdge.nonManifoldEdgeCount == 1)
    #expect(!atEdge.isManifold)
  }

  @Test("no triangles, no surface")
  func empty() {
    let topology = TriangleMesh().topology()
    #expect(topology.eulerNumber == 0 && topology.componentCount == 0)
  }
}
