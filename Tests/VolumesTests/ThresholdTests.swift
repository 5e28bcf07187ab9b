import Fixtures
import Testing
import Volumes

/// Agreement with scikit-image on noisy images: Tests/check_volumes.py.
@Suite("Thresholds") struct ThresholdTests {
  private static let methods: [(String, @Sendable (Histogram) -> Double?)] = [
    ("otsu", { $0.otsuThreshold }), ("li", { $0.liThreshold }),
    ("isodata", { $0.isodataThreshold }), ("yen", { $0.yenThreshold }),
    ("mean", { $0.meanThreshold }), ("minimum error", { $0.minimumErrorThreshold }),
    ("triangle", { $0.triangleThreshold }),
  ]

  private func histogram(_ values: [Float], integers: Bool = true) throws -> Histogram {
    let volume = try Volume<Float>(grid: Grid(size: SIMD3(values.count, 1, 1)), voxels: values)
    return try #require(volume.histogram(integers: integers))
  }

  @Test("two clear levels are told apart by every method")
  func twoLevels() throws {
    let values = Array(repeating: 10 as Float, count: 70) + Array(repeating: 200, count: 30)
    for (name, method) in Self.methods {
      for integers in [true, false] {
        let level = try #require(method(histogram(values, integers: integers)), "\(name)")
        #expect(level >= 10 && level < 200, "\(name): \(level)")
      }
    }
  }

  @Test("equal voxels have no threshold, and NaN changes nothing")
  func degenerate() throws {
    for (name, method) in Self.methods {
      #expect(try method(histogram([7, 7, 7])) == nil, "\(name)")
      let values: [Float] = [0, 1, 0, 9, 8, 9, 0, 2]
      #expect(
        try method(histogram(values + [.nan, .infinity], integers: false))
          == method(histogram(values, integers: false)), "\(name)")
    }
  }

  @Test("classes of equal shape are split half-way between by the minimum error")
  func minimumError() throws {
    let bell: [Float] = [-2, -1, -1, 0, 0, 0, 1, 1, 2]
    let values = bell.map { $0 + 20 } + bell.map { $0 + 30 }
    #expect(try histogram(values).minimumErrorThreshold == 25)
  }

  @Test("several classes: every pair of cuts is tried")
  func classes() throws {
    var random = SplitMix(seed: 9)
    for _ in 0..<20 {
      let values = (0..<150).map { _ in
        Float(Int.random(in: 0..<8, using: &random) + 12 * Int.random(in: 0..<3, using: &random))
      }
      let found = try #require(try histogram(values).otsuThresholds(classes: 3))
      var best = 0.0
      for low in 0..<32 {
        for high in low..<32 {
          best = max(best, separation(values, [Double(low) + 0.5, Double(high) + 0.5]))
        }
      }
      #expect(separation(values, found) >= best * (1 - 1e-12))
    }
    let three = try histogram([1, 1, 5, 5, 9, 9])
    #expect(three.otsuThresholds(classes: 3) == [3, 7])
    #expect(three.otsuThresholds(classes: 2)?[0] == three.otsuThreshold)
    #expect(three.otsuThresholds(classes: 4) == nil)
  }

  @Test("an image of whole numbers has a bin for every grey level, whatever its voxel type")
  func exact() throws {
    let volume = try Volume<Int16>(SIMD3(4, 1, 1)) { x, _, _ in [-300, 5, 5, 400][x] }
    let histogram = try #require(volume.histogram())
    #expect(histogram.isExact && histogram.counts.count == 701)
    #expect(histogram.counts[305] == 2 && histogram.value(ofBin: 305) == 5)
    #expect(Image(volume).histogram() == histogram)
  }

  @Test("percentiles: ends, median and quartiles")
  func percentiles() throws {
    let histogram = try histogram((0...100).map { Float($0) })
    #expect([0, 0.25, 0.5, 0.75, 1].map(histogram.percentile) == [0, 25, 50, 75, 100])
  }

  /// The variance between the classes, but for a constant.
  private func separation(_ values: [Float], _ levels: [Double]) -> Double {
    var classes = [[Double]](repeating: [], count: levels.count + 1)
    for value in values {
      classes[levels.filter { Double(value) > $0 }.count].append(Double(value))
    }
    return classes.filter { !$0.isEmpty }.reduce(0) { sum, members in
      let total = members.reduce(0, +)
      return sum + total * total / Double(members.count)
    }
  }
}
