import Fixtures
import Testing
import Volumes

@Suite("Otsu threshold") struct OtsuThresholdTests {
  private func threshold(_ values: [Float], integers: Bool = true) throws -> Double? {
    let volume = try Volume<Float>(grid: Grid(size: SIMD3(values.count, 1, 1)), voxels: values)
    return volume.histogram(integers: integers)?.otsuThreshold
  }

  @Test("two grey levels are separated half-way, whatever their shares")
  func twoLevels() throws {
    #expect(try threshold([10, 10, 10, 20]) == 15)
    #expect(try threshold(Array(repeating: 0, count: 999) + [1000]) == 500)
  }

  @Test("maximises the variance between classes, checked by trying every level")
  func bruteForce() throws {
    var random = SplitMix(seed: 5)
    for _ in 0..<50 {
      let values = (0..<200).map { _ in
        Float(Int.random(in: 0..<30, using: &random) + (Bool.random(using: &random) ? 40 : 0))
      }
      guard let found = try threshold(values) else {
        Issue.record("no threshold")
        return
      }
      let best = (0..<70).map { variance(values, above: Double($0) + 0.5) }.max() ?? 0
      #expect(variance(values, above: found) >= best * (1 - 1e-12))
    }
  }

  @Test("equal voxels have no threshold")
  func constant() throws { #expect(try threshold([7, 7, 7]) == nil) }

  @Test("NaN voxels change nothing")
  func nan() throws {
    let values: [Float] = [0, 1, 0, 9, 8, 9]
    #expect(try threshold(values, integers: false) == threshold(values + [.nan], integers: false))
  }

  private func variance(_ values: [Float], above level: Double) -> Double {
    let (low, high) = (values.filter { Double($0) <= level }, values.filter { Double($0) > level })
    guard !low.isEmpty && !high.isEmpty else { return 0 }
    func mean(_ part: [Float]) -> Double { part.reduce(0) { $0 + Double($1) } / Double(part.count) }
    let difference = mean(low) - mean(high)
    return Double(low.count) * Double(high.count) * difference * difference
  }
}
