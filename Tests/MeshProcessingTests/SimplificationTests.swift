import Fixtures
import MeshProcessing
import Testing

@Suite("Quadric simplification") struct SimplificationTests {
  private static let solids: [(String, TriangleMesh)] = [
    ("sphere", .icosphere(radius: 10, subdivisions: 5)),
    ("torus", .torus(majorRadius: 16, minorRadius: 6, around: 120, along: 60)),
    (
      "ellipsoid",
      TriangleMesh.icosphere(radius: 1, subdivisions: 5).mapPositions { $0 * SIMD3(20, 14, 9) }
    ),
    (
      "two spheres",
      TriangleMesh.icosphere(radius: 5, subdivisions: 4)
        .joined(with: .icosphere(radius: 3, subdivisions: 4, center: SIMD3(20, 0, 0)))
    ),
  ]

  @Test(
    "a closed manifold stays one, with its Euler number, components and volume",
    arguments: solids.indices, [0.5, 0.1, 0.05, 0.01])
  func closed(solid: Int, fraction: Double) {
    let (name, mesh) = Self.solids[solid]
    let small = mesh.simplified(to: .fraction(fraction))
    let (before, after) = (mesh.topology(), small.topology())
    #expect(after.isWatertight && after.isManifold && after.isConsistentlyOriented, "\(name)")
    #expect(after.eulerNumber == before.eulerNumber, "\(name)")
    #expect(after.componentCount == before.componentCount, "\(name)")
    #expect(abs(small.signedVolume / mesh.signedVolume - 1) < 1e-5, "\(name)")
    let goal = Double(mesh.triangles.count) * fraction
    #expect(Double(small.triangles.count) <= goal + 2, "\(name)")
    #expect(Double(small.triangles.count) >= goal - 2, "\(name)")
  }

  @Test("half the triangles change the area of a sphere by less than 0.2 %, a tenth by 1 %")
  func area() {
    let mesh = Self.solids[0].1
    func change(_ fraction: Double) -> Double {
      abs(mesh.simplified(to: .fraction(fraction)).surfaceArea / mesh.surfaceArea - 1)
    }
    #expect(change(0.5) < 0.002)
    #expect(change(0.1) < 0.01)
  }

  @Test("no triangle of a convex solid turns over")
  func orientation() {
    let small = Self.solids[0].1.simplified(to: .fraction(0.02))
    for triangle in small.triangles {
      let (a, b, c) = small.corners(triangle)
      let outwards = a + b + c
      let normal = small.normalVector(of: triangle)
      #expect((outwards * normal).sum() > 0)
    }
  }

  @Test("what is flat costs nothing: a box of many triangles keeps its shape")
  func flat() {
    var box = TriangleMesh.box(SIMD3(1, 2, 3))
    for _ in 0..<4 { box = box.subdivided() }
    let small = box.simplified(to: .triangleCount(12))
    #expect(small.triangles.count == 12)
    #expect(abs(small.surfaceArea - 22) < 1e-3)
    #expect(abs(small.signedVolume - 6) < 1e-4)
  }

  @Test("with a largest error the surface stays near", arguments: [0.01, 0.1, 0.5])
  func maximumError(bound: Double) {
    let mesh = Self.solids[0].1
    let small = mesh.simplified(to: .maximumError(bound))
    #expect(small.triangles.count < mesh.triangles.count)
    // The distance of a vertex of a sphere of radius 10 is seen without searching.
    for position in small.positions {
      let radius = (SIMD3<Double>(position) * SIMD3<Double>(position)).sum().squareRoot()
      #expect(abs(radius - 10) <= bound + 0.02)
    }
  }

  @Test("a goal that is met already changes nothing")
  func nothing() {
    let mesh = TriangleMesh.icosphere(radius: 1, subdivisions: 2)
    #expect(mesh.simplified(to: .fraction(1)) == mesh)
    #expect(mesh.simplified(to: .triangleCount(10_000)) == mesh)
    #expect(TriangleMesh().simplified(to: .fraction(0.5)).isEmpty)
  }

  @Test("a tetrahedron is as small as it gets")
  func smallest() {
    let small = TriangleMesh.icosphere(radius: 1, subdivisions: 2).simplified(to: .triangleCount(1))
    #expect(small.topology().isWatertight)
    #expect(small.triangles.count >= 4)
    #expect(small.signedVolume > 0)
  }

  @Test("an open border stays a border and keeps its place")
  func openBorder() {
    var box = TriangleMesh.box(SIMD3(1, 1, 1))
    for _ in 0..<3 { box = box.subdivided() }
    let open = TriangleMesh(
      positions: box.positions,
      triangles: box.triangles.filter { triangle in
        let (a, b, c) = box.corners(triangle)
        return (a + b + c).z < 2.99
      })
    let small = open.simplified(to: .fraction(0.2))
    #expect(small.topology().isManifold)
    #expect(small.topology().boundaryEdgeCount > 0)
    #expect(abs(small.surfaceArea - 5) < 1e-3)
  }
}
