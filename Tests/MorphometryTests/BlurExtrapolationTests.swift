import Fixtures
import MeshProcessing
import Morphometry
import Testing

@Suite("Extrapolation from a wider blur") struct BlurExtrapolationTests {
  /// A sphere of area a.
  private func sphere(area: Double) -> SurfaceIntegrals {
    let radius = (area / (4 * .pi)).squareRoot()
    let mesh = TriangleMesh.icosphere(radius: radius, subdivisions: 4)
    let normals = mesh.positions.map { $0 / Float(radius) }
    return SurfaceIntegrals(CurvedMesh(mesh: mesh, normals: normals), staircase: nil)
  }

  @Test(
    "what is lost with the fourth power of the width comes back, and the third power is the uncertainty"
  )
  func fourthPower() {
    let (whole, lost, ratio) = (1000.0, 5.0, 2.0)
    var narrow = sphere(area: whole - lost)
    let uncertainty = narrow.extrapolate(
      from: sphere(area: whole - 16 * lost), widthRatio: ratio, unresolvedFraction: 0)
    #expect(abs(narrow.area - whole) < 0.02)
    #expect(abs(uncertainty.area / (15 * lost / 7) - 1) < 1e-3)
    #expect(uncertainty.volume == 0)
    // Of a sphere the integral of H is the root of 4 pi times the area.
    let root = { (area: Double) in (4 * .pi * area).squareRoot() }
    let gain = (root(whole - lost) - root(whole - 16 * lost)) / 15
    #expect(abs(narrow.meanCurvature - root(whole - lost) - gain) < 1e-3)
  }

  @Test("what is not resolved counts as a sharp edge, whose loss grows with the width")
  func unresolved() {
    let wide = sphere(area: 900)
    let doubts = [0, 0.5, 1].map { fraction in
      var narrow = sphere(area: 970)
      return narrow.extrapolate(from: wide, widthRatio: 2, unresolvedFraction: fraction).area
    }
    for (doubt, expected) in zip(doubts, [10.0, 40, 70]) {
      #expect(abs(doubt / expected - 1) < 1e-3)
    }
  }

  @Test("where both blurs agree nothing changes")
  func same() {
    var sphere = sphere(area: 500)
    let before = sphere
    let uncertainty = sphere.extrapolate(from: before, widthRatio: 1.5, unresolvedFraction: 0)
    #expect(sphere.area == before.area && uncertainty.area == 0)
  }
}
