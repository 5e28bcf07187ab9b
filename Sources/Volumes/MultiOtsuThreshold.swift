extension Histogram {
  /// Otsu's thresholds for several classes: the levels that split the histogram into the classes
  /// that lie furthest apart, measured by the variance between them.
  ///
  /// Each level lies half-way between two classes. `nil` when there are fewer grey values than
  /// classes.
  /// - Complexity: O(classes * bins * log bins), by dynamic programming in which the best last cut
  ///   moves only up as the range grows.
  ///
  /// Otsu 1979, doi:10.1109/TSMC.1979.4310076; Liao, Chen & Chung 2001.
  public func otsuThresholds(classes: Int) -> [Double]? {
    precondition(classes >= 2, "two classes or more, got \(classes)")
    let bins = counts.indices.filter { counts[$0] > 0 }
    guard bins.count >= classes else { return nil }
    let sums = PrefixSums(bins.map { (Double(counts[$0]), value(ofBin: $0) - minimum) })
    var best = (0..<bins.count).map { sums.weight(0...$0) }
    var cuts: [[Int]] = []
    for _ in 1..<classes {
      var layer = CutLayer(below: best, sums: sums)
      layer.solve(ends: 0..<bins.count, cuts: 0..<bins.count)
      best = layer.best
      cuts.append(layer.cut)
    }
    var levels: [Double] = []
    var end = bins.count - 1
    for layer in cuts.reversed() {
      end = layer[end]
      guard let level = level(after: bins[end]) else { return nil }
      levels.append(level)
    }
    return levels.reversed()
  }
}

/// Sums of the first bins, from which the weight of any run of bins is found at once.
private struct PrefixSums {
  private var counts = [0.0]
  private var moments = [0.0]

  init(_ bins: [(count: Double, value: Double)]) {
    for bin in bins {
      counts.append((counts.last ?? 0) + bin.count)
      moments.append((moments.last ?? 0) + bin.count * bin.value)
    }
  }

  /// What a class adds to the variance between classes: its count times its mean squared.
  func weight(_ bins: ClosedRange<Int>) -> Double {
    let count = counts[bins.upperBound + 1] - counts[bins.lowerBound]
    let moment = moments[bins.upperBound + 1] - moments[bins.lowerBound]
    return moment * moment / count
  }
}

/// The best way to split the first bins into one more class.
private struct CutLayer {
  private let below: [Double]
  private let sums: PrefixSums
  /// For every last bin: the weight of the classes up to it, and the last bin of the class before.
  private(set) var best: [Double]
  private(set) var cut: [Int]

  init(below: [Double], sums: PrefixSums) {
    self.below = below
    self.sums = sums
    best = Array(repeating: -.infinity, count: below.count)
    cut = Array(repeating: 0, count: below.count)
  }

  /// Divides and conquers: the best cut of the middle end bounds those of the ends on both sides.
  mutating func solve(ends: Range<Int>, cuts: Range<Int>) {
    guard !ends.isEmpty else { return }
    let end = (ends.lowerBound + ends.upperBound) / 2
    var found = cuts.lowerBound
    for candidate in cuts where candidate < end && below[candidate] > -.infinity {
      let weight = below[candidate] + sums.weight(candidate + 1...end)
      if weight > best[end] {
        best[end] = weight
        cut[end] = candidate
        found = candidate
      }
    }
    solve(ends: ends.lowerBound..<end, cuts: cuts.lowerBound..<min(found + 1, cuts.upperBound))
    solve(ends: end + 1..<ends.upperBound, cuts: found..<cuts.upperBound)
  }
}
