import Fixtures
import Testing
import Volumes

@Suite("Cubic spline through a field") struct CubicSplineTests {
  private let spacing = SIMD3(0.5, 1, 2)

  /// A cubic polynomial of the world coordinates; far from the border the spline is the polynomial.
  private func polynomial(_ p: SIMD3<Double>) -> Double {
    0.01 * p.x * p.x * p.x - 0.02 * p.x * p.y * p.z + 0.3 * p.y * p.y - p.z + 5
  }

  private func spline() throws -> CubicSpline {
    try CubicSpline(
      Volume<Float>(SIMD3(25, 23, 21), spacing: spacing) { x, y, z in
        Float(polynomial(SIMD3(Double(x), Double(y), Double(z)) * spacing))
      })
  }

  @Test("value and derivatives of a cubic polynomial, on and between voxels")
  func cubic() throws {
    let spline = try spline()
    for place in [SIMD3(6.0, 11, 20), SIMD3(6.2, 10.6, 19.3), SIMD3(5.8, 11.9, 21.7)] {
      let jet = spline.jet(at: place)
      #expect(abs(jet.value - polynomial(place)) < 2e-3)
      let gradient = SIMD3(
        0.03 * place.x * place.x - 0.02 * place.y * place.z,
        -0.02 * place.x * place.z + 0.6 * place.y, -0.02 * place.x * place.y - 1)
      #expect((jet.gradient - gradient).abs.max() < 5e-3)
      #expect((jet.squares - SIMD3(0.06 * place.x, 0.6, 0)).abs.max() < 2e-2)
      let mixed = SIMD3(-0.02 * place.x, -0.02 * place.y, -0.02 * place.z)
      #expect((jet.mixed - mixed).abs.max() < 2e-2)
    }
  }

  @Test("passes through every voxel, also at the border", arguments: SIMD3<Int>.awkwardSizes)
  func interpolates(size: SIMD3<Int>) throws {
    let volume = try Volume<Float>(size) { x, y, z in Float((x * 37 + y * 53 + z * 71) % 101) }
    let spline = try CubicSpline(volume)
    for offset in volume.voxels.indices {
      let place = SIMD3<Double>(volume.grid.index(of: offset))
      #expect(abs(spline.jet(at: place).value - Double(volume.voxels[offset])) < 1e-3)
    }
  }

  @Test("of a box it is the same as of the whole field")
  func box() throws {
    let volume = try Volume<Float>(SIMD3(40, 36, 30)) { x, y, z in
      Float((x * x + 3 * y * z + 7 * z) % 23)
    }
    let whole = try CubicSpline(volume)
    let part = try CubicSpline(volume, lower: SIMD3(10, 9, 8), upper: SIMD3(20, 22, 19))
    for place in [SIMD3(10.0, 9, 8), SIMD3(15.3, 14.9, 12.2), SIMD3(20, 22, 19)] {
      // What is left out beyond three voxels counts 0.27³ of a difference of 23 at most.
      #expect(abs(whole.jet(at: place).value - part.jet(at: place).value) < 0.5)
    }
  }
}

extension SIMD3<Double> {
  fileprivate var abs: SIMD3<Double> { replacing(with: -self, where: self .< 0) }
}
