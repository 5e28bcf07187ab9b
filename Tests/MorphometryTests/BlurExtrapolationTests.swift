import Fixtures
import LibC
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

  /// Those of a surface of as many vertices as curvatures, the first of which are not resolved.
  private func edges(
    narrow: [Float], wide: [Double], unresolved: Int
  ) -> UnresolvedEdges {
    UnresolvedEdges(narrow, wide: wide, widthRatio: 2, unresolved: Array(0..<unresolved))
  }

  private var none: UnresolvedEdges { edges(narrow: [1], wide: [1], unresolved: 0) }

  @Test(
    "what is lost with the fourth power of the width comes back, and the third power is the uncertainty"
  )
  func fourthPower() {
    let (whole, lost, ratio) = (1000.0, 5.0, 2.0)
    var narrow = sphere(area: whole - lost)
    let uncertainty = narrow.extrapolate(
      from: sphere(area: whole - 16 * lost), widthRatio: ratio, edges: none)
    #expect(abs(narrow.area - whole) < 0.02)
    #expect(abs(uncertainty.area / (15 * lost / 7) - 1) < 1e-3)
    #expect(uncertainty.volume == 0)
    // Of a sphere the integral of H is the root of 4 pi times the area.
    let root = { (area: Double) in (4 * .pi * area).squareRoot() }
    let gain = (root(whole - lost) - root(whole - 16 * lost)) / 15
    #expect(abs(narrow.meanCurvature - root(whole - lost) - gain) < 1e-3)
  }

  /// Half as bent through twice the blur: a sharp edge, whose loss grows with the width. As bent: a smooth surface. In
  /// between: 2 to the power of -3/4, so that p is 2.5.
  @Test(
    "what is lost at unresolved edges comes back by how their curvature scales",
    arguments: [(0.5, 1.0, 70.0), (pow(2, -0.75), 2.5, 0), (1, 4, 0)])
  func edges(ratio: Double, power: Double, gain: Double) {
    let bends = [Float](repeating: 1, count: 100)
    let found = edges(narrow: bends, wide: bends.map { Double($0) * ratio }, unresolved: 100)
    #expect(abs(found.power - power) < 1e-9)
    let expected = 70 * found.share / (pow(2, power) - 1) + 70 * (1 - found.share) / 15
    var narrow = sphere(area: 970)
    let doubt = narrow.extrapolate(from: sphere(area: 900), widthRatio: 2, edges: found).area
    #expect(abs(narrow.area - 970 - expected) < 0.01)
    #expect(abs(doubt - 70 * found.possible / (pow(2, power) - 1)) < 0.01)
    #expect(found.possible == 1)
    if gain > 0 { #expect(abs(narrow.area - 970 - gain) < 0.01) }
  }

  /// 10 of 100 bend ten times as much as the others: 10/11 or so of the squares are theirs, and all of the fourth powers.
  @Test("the share of edges is that of the bending which they have, and what fades of it")
  func share() {
    let bends = [Float](repeating: 10, count: 10) + [Float](repeating: 1, count: 90)
    let wide = [Double](repeating: 5, count: 10) + [Double](repeating: 1, count: 90)
    let found = edges(narrow: bends, wide: wide, unresolved: 10)
    #expect(abs(found.possible - 0.9991) < 1e-3)
    #expect(found.share == min(1000 / 1090.0, found.possible))
    // Through the wide blur a seventh is gone of all, where of edges half would be.
    let weak = edges(narrow: bends, wide: bends.map { Double($0) * 0.926 }, unresolved: 10)
    #expect((0.2...0.3).contains(weak.share))
  }

  @Test("where both blurs agree nothing changes")
  func same() {
    var sphere = sphere(area: 500)
    let before = sphere
    let uncertainty = sphere.extrapolate(from: before, widthRatio: 1.5, edges: none)
    #expect(sphere.area == before.area && uncertainty.area == 0)
  }
}
