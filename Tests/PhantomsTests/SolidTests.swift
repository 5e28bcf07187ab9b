import Phantoms
import Testing

@Suite("Exact measures of solids") struct SolidTests {
  @Test("an ellipsoid of equal axes is a sphere")
  func sphere() {
    let (sphere, round) = (Solid.sphere(radius: 7), Solid.ellipsoid(semiAxes: SIMD3(7, 7, 7)))
    #expect(abs(round.surfaceArea / sphere.surfaceArea - 1) < 1e-14)
    #expect(abs(round.volume / sphere.volume - 1) < 1e-14)
    #expect(abs(round.meanCurvatureIntegral / sphere.meanCurvatureIntegral - 1) < 1e-14)
  }

  /// 2 pi a² (1 + c/(a e) asin e), e² = 1 - a²/c², here with a = 1, c = 2: e = sqrt(3)/2, asin e = pi/3.
  @Test("a prolate spheroid, in closed form")
  func prolate() {
    let e = 0.75.squareRoot()
    let area = 2 * Double.pi * (1 + 2 / e * .pi / 3)
    for axes in [SIMD3(1.0, 1, 2), SIMD3(1, 2, 1), SIMD3(2, 1, 1)] {
      #expect(abs(Solid.ellipsoid(semiAxes: axes).surfaceArea / area - 1) < 1e-13)
    }
  }

  /// A disk of radius R has mean width pi R / 2, so the integral of H tends to pi² R; both faces count
  /// as area.
  @Test("a very flat spheroid is a disk of two sides")
  func disk() {
    let flat = Solid.ellipsoid(semiAxes: SIMD3(1, 1, 1e-7))
    #expect(abs(flat.surfaceArea / (2 * .pi) - 1) < 1e-10)
    #expect(abs(flat.meanCurvatureIntegral / (.pi * .pi) - 1) < 1e-6)
  }

  /// DLMF 19.33: 4 pi R_G(400·196, 400·81, 196·81), here from an independent implementation.
  @Test("three different axes, against an independent implementation")
  func triaxial() {
    let solid = Solid.ellipsoid(semiAxes: SIMD3(20, 14, 9))
    #expect(abs(solid.surfaceArea - 2531.230092302942) < 1e-9)
  }

  @Test("stretching by 3: area times 9, volume times 27, integral of H times 3")
  func scaling() {
    let one = Solid.ellipsoid(semiAxes: SIMD3(3, 2, 1))
    let three = Solid.ellipsoid(semiAxes: SIMD3(9, 6, 3))
    #expect(abs(three.surfaceArea / one.surfaceArea - 9) < 1e-12)
    #expect(abs(three.volume / one.volume - 27) < 1e-12)
    #expect(abs(three.meanCurvatureIntegral / one.meanCurvatureIntegral - 3) < 1e-12)
  }
}
