import Fixtures
import MeshProcessing
import Morphometry
import Testing

@Suite("Curvature of a mesh") struct MeshCurvatureTests {
  @Test("a sphere: H = 1/R everywhere, positive, and K = 1/R²")
  func sphere() {
    let curvature = TriangleMesh.icosphere(radius: 5, subdivisions: 4).curvature(scale: 1)
    #expect(abs(curvature.meanAverage * 5 - 1) < 0.01)
    #expect(abs(curvature.gaussianAverage * 25 - 1) < 0.01)
    #expect(abs(curvature.meanIntegral / (4 * .pi * 5) - 1) < 0.005)
    #expect(curvature.mean.allSatisfy { (0.95...1.05).contains($0 * 5) })
    #expect(curvature.meanDeviation * 5 < 0.02)
  }

  @Test("Gauss-Bonnet: the integral of K is 2 pi times the Euler number, exactly")
  func gaussBonnet() {
    let torus = TriangleMesh.torus(majorRadius: 3, minorRadius: 1, around: 40, along: 20)
    #expect(abs(torus.curvature(scale: 0.3).gaussianIntegral) < 1e-6)
    let box = TriangleMesh.box(SIMD3(1, 2, 3)).curvature(scale: 0.3)
    #expect(abs(box.gaussianIntegral - 4 * .pi) < 1e-9)
  }

  @Test("a box: the integral of H sits in its edges, pi/4 of their length")
  func box() {
    let edges = 4.0 * (1 + 2 + 3)
    let curvature = TriangleMesh.box(SIMD3(1, 2, 3)).curvature(scale: 0.3)
    #expect(abs(curvature.meanIntegral - edges * .pi / 4) < 1e-9)
  }

  @Test("a torus: 2 pi² R, and negative Gaussian curvature on the inside")
  func torus() {
    let mesh = TriangleMesh.torus(majorRadius: 6, minorRadius: 2, around: 120, along: 60)
    let curvature = mesh.curvature(scale: 0.4)
    #expect(abs(curvature.meanIntegral / (2 * .pi * .pi * 6) - 1) < 0.01)
    for (vertex, position) in mesh.positions.enumerated() {
      let distance = (position.x * position.x + position.y * position.y).squareRoot()
      if distance > 7.5 { #expect(curvature.gaussian[vertex] > 0) }
      if distance < 4.5 { #expect(curvature.gaussian[vertex] < 0) }
    }
  }

  @Test("inside out, H changes its sign and K does not")
  func sign() {
    let mesh = TriangleMesh.icosphere(radius: 2, subdivisions: 3)
    let (outside, inside) = (mesh.curvature(scale: 0.5), mesh.flipped().curvature(scale: 0.5))
    #expect(abs(outside.meanIntegral + inside.meanIntegral) < 1e-9)
    #expect(abs(outside.gaussianIntegral - inside.gaussianIntegral) < 1e-9)
  }

  @Test("stretching by k multiplies the integral of H by k and leaves that of K")
  func scaling() {
    let mesh = TriangleMesh.icosphere(radius: 2, subdivisions: 3)
    let (one, three) = (
      mesh.curvature(scale: 0.5), mesh.mapPositions { $0 * 3 }.curvature(scale: 1.5)
    )
    #expect(abs(three.meanIntegral / one.meanIntegral - 3) < 1e-5)
    #expect(abs(three.gaussianIntegral / one.gaussianIntegral - 1) < 1e-9)
  }
}
