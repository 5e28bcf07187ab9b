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

  @Test("slices farther apart leave a larger staircase")
  func anisotropic() {
    let cubes = StaircaseArea(spacing: .one, blurVariance: SIMD3(2, 2, 2))
    let slices = StaircaseArea(spacing: SIMD3(1, 1, 2), blurVariance: SIMD3(2, 2, 2))
    #expect(mean(slices) > 2 * mean(cubes))
  }
}
