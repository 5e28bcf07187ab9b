internal import LibC

extension Histogram {
  /// The minimum error threshold: the level at which two normal distributions, one fitted to each
  /// class, explain the histogram best.
  ///
  /// Values greater than the level are foreground. The variance of a class is that of its bins as
  /// boxes, so that a class of one grey level has one too. `nil` when all voxels have the same value.
  /// Kittler & Illingworth 1986, doi:10.1016/0031-3203(86)90030-0.
  public var minimumErrorThreshold: Double? {
    let all = moments(of: counts.indices)
    var below = Moments()
    var best = (error: Double.infinity, bin: -1)
    for bin in counts.indices where counts[bin] > 0 {
      below.add(Double(counts[bin]), at: value(ofBin: bin) - minimum)
      let above = all.minus(below)
      guard above.count > 0.5 else { break }
      let error = below.misfit(binWidth, of: all.count) + above.misfit(binWidth, of: all.count)
      if error < best.error { best = (error, bin) }
    }
    return best.bin >= 0 ? level(after: best.bin) : nil
  }

  private func moments(of bins: Range<Int>) -> Moments {
    var moments = Moments()
    for bin in bins { moments.add(Double(counts[bin]), at: value(ofBin: bin) - minimum) }
    return moments
  }
}

private struct Moments {
  var count = 0.0
  var sum = 0.0
  var squares = 0.0

  mutating func add(_ n: Double, at value: Double) {
    count += n
    sum += n * value
    squares += n * value * value
  }

  func minus(_ other: Moments) -> Moments {
    Moments(count: count - other.count, sum: sum - other.sum, squares: squares - other.squares)
  }

  /// The class's part of the criterion J, apart from its constant.
  func misfit(_ binWidth: Double, of total: Double) -> Double {
    let (mean, share) = (sum / count, count / total)
    let variance = max(0, squares / count - mean * mean) + binWidth * binWidth / 12
    return share * (log(variance) - 2 * log(share))
  }
}
