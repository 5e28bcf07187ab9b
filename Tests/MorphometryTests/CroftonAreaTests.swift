import Fixtures
import Morphometry
import Testing
import Volumes

@Suite("Surface area by Crofton's formula") struct CroftonAreaTests {
  /// The digitised ellipsoid around the middle of the grid, its semi-axes and shift in units.
  private func area(
    semiAxes: SIMD3<Double>, spacing: SIMD3<Double>, shift: SIMD3<Double>
  ) throws -> Double {
    let half: SIMD3<Int> = SIMD3(
      Int(semiAxes.x / spacing.x) + 3, Int(semiAxes.y / spacing.y) + 3,
      Int(semiAxes.z / spacing.z) + 3)
    let labels = try Volume<UInt32>(half &+ half, spacing: spacing) { x, y, z in
      let index: SIMD3<Double> = SIMD3(
        Double(x - half.x), Double(y - half.y), Double(z - half.z))
      let place = (index + shift) * spacing / semiAxes
      return (place * place).sum() <= 1 ? 7 : 0
    }
    let object = labels.objects()[0]
    return CroftonEstimator(spacing: spacing).surfaceArea(of: object, in: labels)
  }

  @Test(
    "a digitised sphere, isotropic and anisotropic, wherever its centre is",
    arguments: [SIMD3(1, 1, 1), SIMD3(1, 1, 3), SIMD3(0.26, 0.26, 0.29), SIMD3(2, 1, 0.5)])
  func sphere(spacing: SIMD3<Double>) throws {
    let radius = 15 * spacing.max()
    for shift in [SIMD3(0, 0, 0), SIMD3(0.5, 0.5, 0.5), SIMD3(0.2, 0.7, 0.4)] {
      let found = try area(semiAxes: SIMD3(repeating: radius), spacing: spacing, shift: shift)
      #expect((0.985...1.015).contains(found / (4 * .pi * radius * radius)), "\(shift)")
    }
  }

  @Test("an elongated spheroid")
  func spheroid() throws {
    // Prolate, 2:1: area 2 pi a² (1 + c/(a e) asin e) with e² = 3/4.
    let found = try area(
      semiAxes: SIMD3(12, 12, 24), spacing: .one, shift: SIMD3(0.3, 0.1, 0.6))
    let eccentricity = 0.75.squareRoot()
    let truth = 2 * Double.pi * 144 * (1 + 2 / eccentricity * 1.0471975511965979)
    #expect((0.98...1.02).contains(found / truth))
  }

  @Test("units are those of the spacing: twice the spacing, four times the area")
  func units() throws {
    let one = try area(semiAxes: SIMD3(repeating: 8), spacing: .one, shift: .zero)
    let two = try area(
      semiAxes: SIMD3(repeating: 16), spacing: SIMD3(repeating: 2), shift: .zero)
    #expect(abs(two / one - 4) < 1e-9)
  }

  @Test("an object that the border cuts counts its cut face too")
  func border() throws {
    let labels = try Volume<UInt32>(SIMD3(20, 20, 20)) { _, _, _ in 1 }
    let found = CroftonEstimator(spacing: .one).surfaceArea(of: labels.objects()[0], in: labels)
    #expect((0.8...1.05).contains(found / 2400))
  }
}
