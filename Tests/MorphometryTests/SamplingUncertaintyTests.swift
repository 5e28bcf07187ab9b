import Fixtures
import Morphometry
import Testing

@Suite("Uncertainty by sampling") struct SamplingUncertaintyTests {
  /// Figures of the lattice sum for slices 1 to 5 pixels apart.
  @Test(
    "the lattice sum",
    arguments: [(1.0, 0.2581), (2, 0.5037), (3, 0.9366), (4, 1.5685), (5, 2.3948)])
  func latticeSum(spacingZ: Double, expected: Double) {
    let uncertainty = SamplingUncertainty(spacing: SIMD3(1, 1, spacingZ))
    #expect(abs(uncertainty.volumePerRootArea / expected - 1) < 2e-3)
  }

  /// 500 balls of different size, each thrown anew onto the lattice, scatter by 0.2582 sqrt(A): to 15 %, more
  /// than four standard errors.
  @Test("is how far counts of balls scatter")
  func balls() {
    var random = SplitMix(seed: 5)
    let uncertainty = SamplingUncertainty(spacing: .one)
    var squares = 0.0
    for _ in 0..<500 {
      let radius = Double.random(in: 6...8, using: &random)
      let shift = SIMD3(
        Double.random(in: 0..<1, using: &random), .random(in: 0..<1, using: &random),
        .random(in: 0..<1, using: &random))
      let error = count(radius: radius, shift: shift) - 4 / 3 * .pi * radius * radius * radius
      let expected = uncertainty.volume(area: 4 * .pi * radius * radius)
      squares += error * error / (expected * expected)
    }
    #expect((0.85...1.15).contains((squares / 500).squareRoot()))
  }

  /// A ball whose radius grows by u(V) / A, since all of its surface bends alike.
  @Test("of area and integral of H of a ball")
  func ball() {
    let (radius, area) = (5.0, 100 * Double.pi)
    let found = SamplingUncertainty(spacing: .one).contribution(
      area: area, meanSquares: (bend: 4 / (radius * radius), gaussian: 1 / 625))
    let growth = found.volume / area
    #expect(abs(found.area / (8 * .pi * radius * growth) - 1) < 1e-12)
    #expect(abs(found.meanCurvature / (4 * .pi * growth) - 1) < 1e-12)
  }

  private func count(radius: Double, shift: SIMD3<Double>) -> Double {
    var count = 0.0
    for z in -9...9 {
      for y in -9...9 {
        for x in -9...9 {
          let place = SIMD3(Double(x), Double(y), Double(z)) - shift
          if (place * place).sum() < radius * radius { count += 1 }
        }
      }
    }
    return count
  }
}
