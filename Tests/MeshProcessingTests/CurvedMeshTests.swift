import Fixtures
import MeshProcessing
import Testing

@Suite("Curved facets") struct CurvedMeshTests {
  private func sphere(subdivisions: Int, radius: Double = 3) -> CurvedMesh {
    let mesh = TriangleMesh.icosphere(radius: radius, subdivisions: subdivisions)
    return CurvedMesh(mesh: mesh, normals: mesh.positions.map { $0 / Float(radius) })
  }

  /// Flat facets are wrong to the second order, curved ones to the fourth: 162 vertices are enough.
  @Test("area and volume of a sphere", arguments: [(2, 2e-3), (3, 1.5e-4)])
  func sphere(subdivisions: Int, bound: Double) {
    let sphere = sphere(subdivisions: subdivisions)
    let (area, volume) = (36 * Double.pi, 36 * Double.pi)
    #expect(abs(sphere.surfaceArea / area - 1) < bound)
    #expect(abs(sphere.signedVolume / volume - 1) < bound)
    #expect(abs(sphere.mesh.signedVolume / volume - 1) > 10 * bound)
    #expect(abs(sphere.meanCurvatureIntegral / (12 * .pi) - 1) < bound)
  }

  @Test("of a torus, whose surface is a saddle in part")
  func torus() {
    let mesh = TriangleMesh.torus(majorRadius: 3, minorRadius: 1, around: 48, along: 24)
    let normals = mesh.positions.map { p -> SIMD3<Float> in
      let around = (p.x * p.x + p.y * p.y).squareRoot()
      let center = SIMD3(p.x / around * 3, p.y / around * 3, 0)
      return p - center
    }
    let torus = CurvedMesh(mesh: mesh, normals: normals)
    #expect(abs(torus.surfaceArea / (12 * .pi * .pi) - 1) < 3e-4)
    #expect(abs(torus.signedVolume / (6 * .pi * .pi) - 1) < 3e-4)
    #expect(abs(mesh.signedVolume / (6 * .pi * .pi) - 1) > 5e-3)
    #expect(abs(torus.meanCurvatureIntegral / (6 * .pi * .pi) - 1) < 3e-4)
  }

  @Test("without normals every facet is flat")
  func flat() {
    let mesh = TriangleMesh.box(SIMD3(2, 3, 4))
    let box = CurvedMesh(mesh: mesh, normals: mesh.positions.map { _ in .zero })
    #expect(abs(box.surfaceArea - 52) < 1e-9)
    #expect(abs(box.signedVolume - 24) < 1e-9)
  }
}

extension CurvedMesh {
  fileprivate var meanCurvatureIntegral: Double {
    mesh.triangles.reduce(0) { $0 + meanCurvature(over: $1) }
  }
}
