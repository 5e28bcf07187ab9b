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

  /// Steiner: moved outwards by d, a surface of area A and integral of H equal to M has the area
  /// A + 2 d M + 4 pi d², and the solid the volume V + A d + M d² + 4 pi d³ / 3.
  @Test("capsule and rounded cube follow Steiner's formulas")
  func steiner() {
    let d = 0.7
    let pairs: [(Solid, Solid)] = [
      (.capsule(radius: 2, height: 3), .capsule(radius: 2 + d, height: 3)),
      (.roundedCube(halfSide: 2, edgeRadius: 1), .roundedCube(halfSide: 2, edgeRadius: 1 + d)),
    ]
    for (small, large) in pairs {
      let (area, integral) = (small.surfaceArea, small.meanCurvatureIntegral)
      let thicker = area + 2 * d * integral + 4 * .pi * d * d
      #expect(abs(large.surfaceArea / thicker - 1) < 1e-14)
      let larger = small.volume + area * d + integral * d * d + 4 / 3 * .pi * d * d * d
      #expect(abs(large.volume / larger - 1) < 1e-14)
    }
  }

  @Test("every solid can be made as large as a sphere of a given radius")
  func equivalentRadius() {
    let solids: [Solid] = [
      .sphere(radius: 2), .ellipsoid(semiAxes: SIMD3(1, 2, 3)),
      .torus(majorRadius: 3, minorRadius: 1), .capsule(radius: 1, height: 2),
      .roundedCube(halfSide: 1, edgeRadius: 0.4), .lobed(radius: 3),
    ]
    for solid in solids {
      let scaled = solid.scaled(toEquivalentRadius: 5)
      #expect(abs(scaled.volume / (500 * .pi / 3) - 1) < 1e-13, "\(solid.name)")
      // Sphericity is that of the shape and not of the size.
      let ratio = scaled.surfaceArea / solid.surfaceArea
      #expect(
        abs(
          ratio * ratio * ratio / (scaled.volume * scaled.volume)
            * solid.volume * solid.volume - 1) < 1e-12, "\(solid.name)")
    }
  }

  /// By the prototype's quadrature for the ellipsoids; the torus of ratio sqrt 2 has the least of all.
  @Test("the integral of H², of any size")
  func bending() {
    func expect(_ solid: Solid, _ value: Double, _ tolerance: Double = 1e-12) {
      for solid in [solid, solid.scaled(toEquivalentRadius: 7)] {
        #expect(abs(solid.squaredMeanCurvatureIntegral / value - 1) < tolerance, "\(solid.name)")
      }
    }
    expect(.ellipsoid(semiAxes: SIMD3(3, 3, 3)), 4 * .pi, 1e-12)
    expect(.ellipsoid(semiAxes: SIMD3(1, 0.75, 0.5)), 15.357682187547196, 1e-9)
    expect(.ellipsoid(semiAxes: SIMD3(1, 1, 2)), 15.451606644325654, 1e-9)
    expect(.torus(majorRadius: 2.0.squareRoot(), minorRadius: 1), 2 * .pi * .pi)
    expect(.capsule(radius: 1, height: 2), 5 * .pi)
    expect(.roundedCube(halfSide: 1, edgeRadius: 0.4), 4 * .pi + 7.5 * .pi)
    expect(.bumpy(radius: 1), 14.736211848, 1e-8)
    expect(.lobed(radius: 1), 15.422802993, 1e-8)
  }
}
