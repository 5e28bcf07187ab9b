import Fixtures
import Testing
import Volumes

@Suite("Shape of a level set") struct LevelSetShapeTests {
  /// 100 minus the squared distance from the middle: its level sets are spheres.
  private func shape(
    level: Double, at place: SIMD3<Double>, spacing: SIMD3<Double> = .one
  ) throws -> LevelSetShape {
    let half = SIMD3<Double>(16, 16, 16)
    let volume = try Volume<Float>(SIMD3(33, 33, 33), spacing: spacing) { x, y, z in
      let p = (SIMD3(Double(x), Double(y), Double(z)) - half) * spacing
      return Float(100 - (p * p).sum())
    }
    let jet = try CubicSpline(volume).jet(at: place + half * spacing)
    return try #require(LevelSetShape(jet, level: level, reach: 1))
  }

  @Test("a sphere of radius 7: where it is, its normal and its curvature", arguments: [1.0, 0.7])
  func sphere(spacingZ: Double) throws {
    let place = SIMD3(4.1, 3.9, 4.2)
    let shape = try shape(level: 51, at: place, spacing: SIMD3(1, 1, spacingZ))
    let radius = (place * place).sum().squareRoot()
    #expect(abs((shape.step * shape.step).sum().squareRoot() - abs(7 - radius)) < 2e-3)
    #expect(abs((shape.normal * place).sum() / radius - 1) < 1e-4)
    #expect(abs(shape.meanCurvature - 1 / 7.0) < 1e-3)
    let curvatures = shape.principalCurvatures
    #expect(abs(curvatures.x - 1 / 7.0) < 2e-3 && abs(curvatures.y - 1 / 7.0) < 2e-3)
    #expect(abs(shape.steepness - 14) < 0.05)
  }

  @Test("the shift of an isotropic blur: sigma² H to the first order, less to the third")
  func isotropicShift() throws {
    let shape = try shape(level: 51, at: SIMD3(0, 0, 7))
    let small = shape.shift(byBlurOf: SIMD3(repeating: 0.01))
    #expect(abs(small / (0.01 / 7) - 1) < 1e-2)
    let large = shape.shift(byBlurOf: SIMD3(repeating: 4))
    #expect(large < 4 / 7.0 && large > 4 / 7.0 * (1 - 4 / 49.0 / 3) * 0.99)
  }

  /// On the pole only the blur across the normal counts.
  @Test("the shift of a blur along one axis")
  func anisotropicShift() throws {
    let shape = try shape(level: 51, at: SIMD3(0, 0, 7))
    let variance = SIMD3(0.02, 0, 0.01)
    #expect(abs(shape.shift(byBlurOf: variance) / (0.02 / 14) - 1) < 2e-2)
    #expect(shape.shift(byBlurOf: .zero) == 0)
  }

  @Test("a flat field has no surface")
  func flat() throws {
    let zeros = try Volume<Float>(SIMD3(5, 5, 5)) { _, _, _ in 0 }
    #expect(
      LevelSetShape(try CubicSpline(zeros).jet(at: SIMD3(2, 2, 2)), level: 0, reach: 1) == nil)
  }
}
