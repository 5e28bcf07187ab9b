/// How often the values of a volume fall into each of a number of equal bins.
public struct Histogram: Sendable, Hashable {
  /// Voxels per bin. NaN voxels are in none.
  public let counts: [Int]
  /// The smallest value of the volume: where the first bin begins.
  public let minimum: Double
  /// The largest value of the volume.
  public let maximum: Double
  /// Width of a bin in grey values.
  public let binWidth: Double
  /// True when every bin is one whole grey level, so that nothing was lost by binning.
  public let isExact: Bool

  /// The grey value in the middle of a bin; the grey level itself when the histogram is exact.
  public func value(ofBin bin: Int) -> Double {
    isExact ? minimum + Double(bin) : minimum + (Double(bin) + 0.5) * binWidth
  }

  /// The number of counted voxels.
  public var total: Int { counts.reduce(0, +) }
}

extension Volume where Element == Float {
  /// The histogram of a field.
  ///
  /// - Parameters:
  ///   - bins: The number of bins between the smallest and the largest value.
  ///   - integers: The values are whole numbers: a bin per grey level where they are not more than
  ///     65,536 apart.
  /// - Returns: `nil` when no voxel has a finite value.
  public func histogram(bins: Int = 1 << 14, integers: Bool = false) -> Histogram? {
    guard let (low, high) = finiteRange() else { return nil }
    let levels = Double(high) - Double(low) + 1
    let isExact = integers && levels <= 65_536
    let count = isExact ? Int(levels) : bins
    let width = isExact ? 1 : (Double(high) - Double(low)) / Double(bins)
    // One rounding for all: a value's bin depends on the value alone, not on its place.
    let scale = width > 0 ? Float(1 / width) : 0
    let partial = Parallel.map(Parallel.pieces(of: voxels.count, size: 1 << 20)) { range in
      var counts = [Int32](repeating: 0, count: count)
      var bins = counts.mutableSpan
      let span = voxels.extracting(range)
      for i in span.indices {
        let position = (span[i] - low) * scale
        guard position >= 0 && position < .infinity else { continue }
        bins[min(Int(position), count - 1)] += 1
      }
      return counts
    }
    var counts = [Int](repeating: 0, count: count)
    for part in partial {
      for bin in counts.indices { counts[bin] += Int(part[bin]) }
    }
    return Histogram(
      counts: counts, minimum: Double(low), maximum: Double(high), binWidth: width,
      isExact: isExact)
  }

  /// The smallest and largest finite value.
  package func finiteRange() -> (Float, Float)? {
    let ranges = Parallel.map(Parallel.pieces(of: voxels.count, size: 1 << 20)) { range in
      var low = SIMD8<Float>(repeating: .infinity)
      var high = SIMD8<Float>(repeating: -.infinity)
      let span = voxels.extracting(range)
      var i = 0
      while i + 8 <= span.count {
        let values = unsafe span.bytes.unsafeLoadUnaligned(
          fromByteOffset: i * 4, as: SIMD8<Float>.self)
        low.replace(with: values, where: (values .< low) .& (values .> -.infinity))
        high.replace(with: values, where: (values .> high) .& (values .< .infinity))
        i += 8
      }
      var (least, greatest) = (low.min(), high.max())
      while i < span.count {
        if span[i].isFinite {
          least = min(least, span[i])
          greatest = max(greatest, span[i])
        }
        i += 1
      }
      return (least, greatest)
    }
    let low = ranges.map(\.0).reduce(.infinity, min)
    let high = ranges.map(\.1).reduce(-.infinity, max)
    return low <= high ? (low, high) : nil
  }
}
