import Lamina
import Testing

@Suite("The uncertainty from an uneven stain") struct StainUncertaintyTests {
  private func rows(_ texture: StainTexture?) throws -> [Calibration.Row] {
    var options = AnalysisOptions()
    options.pointSpread = .gaussian(SIMD3(1.2, 1.2, 2))
    let calibration = Calibration(
      options: options, pointSpread: SIMD3(1.2, 1.2, 2), snr: 20, texture: texture, radii: [10],
      count: 8, seed: 77)
    return try calibration.run(shapes: [.nucleus])
  }

  private func volumes(_ texture: StainTexture?) throws -> Calibration.Row {
    try #require(rows(texture).first { $0.quantity == "volume" })
  }

  @Test("grows with the stain, as the errors do, and is not there without")
  func grows() throws {
    let even = try volumes(nil)
    #expect(even.claimed < 0.4 && even.deviation < 0.4)
    for (deviation, claimed) in [(0.05, 0.3...0.7), (0.1, 0.6...1.3), (0.2, 1.9...2.9)] {
      let row = try volumes(StainTexture(deviation: deviation, length: 3))
      #expect(claimed.contains(row.claimed), "\(row.claimed)")
      #expect(row.claimed > 1.5 * even.claimed)
      #expect((0.2...2).contains(row.deviation / row.claimed), "\(row.deviation)")
    }
  }

  /// What a surface at half of the mean contrast scatters by, on the same phantoms, and the least that the corrected one
  /// can: noise alone makes 0.2 % of the volume.
  @Test(
    "surfaces run at half of the contrast beside them, and scatter less than at half of the mean")
  func corrected() throws {
    let rows = try rows(StainTexture(deviation: 0.1, length: 3))
    for (row, uncorrected) in zip(rows, [1.54, 2.16, 0.84]) {
      #expect(row.deviation < 0.4 * uncorrected, "\(row)")
      #expect(row.deviation > 0.1 * uncorrected, "\(row)")
      #expect(abs(row.bias) < 2 * row.claimed, "\(row)")
      #expect(row.coverage > 80, "\(row)")
    }
  }
}
