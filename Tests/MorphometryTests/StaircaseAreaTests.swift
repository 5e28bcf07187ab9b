import Fixtures
import MeshProcessing
import Morphometry
import Testing

@Suite("Area of the staircase") struct StaircaseAreaTests {
  /// The mean over a Fibonacci lattice of normals.
  private func mean(_ staircase: StaircaseArea) -> Double {
    let count = 20_000
    let sum = (0..<count).reduce(0.0) { sum, index in
      let z = 1 - (2 * Double(index) + 1) / Double(count)
      // Powers of the golden angle as a rotation, without trigonometry.
      let turn = Double(index) * 0.381_966_011_250_105
      let angle = 2 * Double.pi * (turn - turn.rounded(.down))
      let (x, y) = unitVector(angle)
      let radius = (1 - z * z).squareRoot()
      return sum + staircase.excess(normal: SIMD3(radius * x, radius * y, z))
    }
    return sum / Double(count)
  }

  private func unitVector(_ angle: Double) -> (Double, Double) {
    // Halve the angle until the series is exact, then double it again.
    var (x, y) = (1 - angle * angle / 0x1p41, angle / 0x1p20)
    for _ in 0..<20 { (x, y) = (x * x - y * y, 2 * x * y) }
    let norm = (x * x + y * y).squareRoot()
    return (x / norm, y / norm)
  }

  /// Marching cubes of spheres of 40 voxels in radius, blurred and moved back, measured in Python: 0.0138,
  /// 0.0024 and 0.0007 for blurs of 1, 1.5 and 2 voxels.
  @Test(
    "the mean over all normals is what is left of large spheres",
    arguments: [(1.0, 0.0138, 0.1), (1.5, 0.0024, 0.06), (2, 0.0007, 0.12)])
  func mean(sigma: Double, measured: Double, tolerance: Double) {
    let staircase = StaircaseArea(
      spacing: .one, blurVariance: SIMD3(repeating: sigma * sigma))
    #expect(abs(mean(staircase) / measured - 1) < tolerance)
  }

  @Test("scaling the lattice and the blur together changes nothing")
  func scale() {
    let one = StaircaseArea(spacing: SIMD3(1, 1, 2), blurVariance: SIMD3(1.5, 1.5, 4))
    let two = StaircaseArea(spacing: SIMD3(2, 2, 4), blurVariance: SIMD3(6, 6, 16))
    for normal in [SIMD3(0, 0, 1.0), SIMD3(0.6, 0, 0.8), SIMD3(0.36, 0.48, 0.8)] {
      #expect(abs(one.excess(normal: normal) - two.excess(normal: normal)) < 1e-9)
    }
  }

  /// What waves add to the integral of H of a surface, over H times what they add to its area.
  private func bending(_ surface: CurvedMesh, meanCurvature: Double) -> Double {
    let slices = StaircaseArea(spacing: SIMD3(1, 1, 4), blurVariance: SIMD3(4, 4, 9))
    let area = surface.mesh.triangles.reduce(0) {
      let facet = surface.facet(over: $1)
      return $0 + facet.area * slices.excess(normal: facet.normal)
    }
    return slices.meanCurvatureExcess(of: surface) / (meanCurvature * area)
  }

  /// On a ball every direction is bent alike, and a third is lost as normals stay behind. A closed curve turns by 2π however
  /// it winds, so that a tube gains next to nothing by waves whose crests run along it.
  @Test("waves add to the integral of H by what their crests are bent")
  func crests() {
    let mesh = TriangleMesh.icosphere(radius: 2, subdivisions: 4)
    let ball = CurvedMesh(mesh: mesh, normals: mesh.positions.map { $0 / 2 })
    #expect((0.62...0.72).contains(bending(ball, meanCurvature: 0.5)))
    // Far from its tips a spheroid is a tube.
    let long = mesh.mapPositions { $0 * SIMD3(1000, 1, 1) }
    let normals = long.positions.map {
      let outward = SIMD3<Double>($0) / SIMD3(1e6, 1, 1)
      return SIMD3<Float>(outward / (outward * outward).sum().squareRoot())
    }
    let tube = CurvedMesh(mesh: long, normals: normals)
    #expect(abs(bending(tube, meanCurvature: 0.25)) < 0.3)
  }

  @Test("slices farther apart leave a larger staircase")
  func anisotropic() {
    let cubes = StaircaseArea(spacing: .one, blurVariance: SIMD3(2, 2, 2))
    let slices = StaircaseArea(spacing: SIMD3(1, 1, 2), blurVariance: SIMD3(2, 2, 2))
    #expect(mean(slices) > 2 * mean(cubes))
  }
}
