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

extension Histogram {
  /// The grey value below which a share of the voxels lies: the middle of the bin in which their
  /// running count passes it. 0 gives the smallest value, 0.5 the median, 1 the largest.
  public func percentile(_ share: Double) -> Double {
    precondition((0...1).contains(share), "a share lies between 0 and 1, got \(share)")
    if share == 0 { return minimum }
    if share == 1 { return maximum }
    let wanted = share * Double(total)
    var below = 0
    for bin in counts.indices {
      below += counts[bin]
      if Double(below) >= wanted && counts[bin] > 0 { return value(ofBin: bin) }
    }
    return maximum
  }

  /// The level that splits the histogram after a bin: half-way to the next one that has voxels.
  ///
  /// All levels between the last bin of one class and the first of the other split the voxels alike.
  /// So a volume of two values is split half-way, and one of whole grey levels at a half, never at
  /// a value that occurs. `nil` when no voxel lies above.
  func level(after bin: Int) -> Double? {
    guard let last = counts.indices.last(where: { $0 <= bin && counts[$0] > 0 }),
      let next = counts.indices.first(where: { $0 > bin && counts[$0] > 0 })
    else { return nil }
    if isExact { return (value(ofBin: last) + value(ofBin: next)) / 2 }
    let lower = minimum + Double(last + 1) * binWidth
    let upper = minimum + Double(next) * binWidth
    return (lower + upper) / 2
  }
}

extension GreyImage {
  /// The histogram of the image.
  ///
  /// - Parameters:
  ///   - bins: The number of bins between the smallest and the largest value.
  ///   - integers: The values are whole numbers: a bin per grey level where they are not more than
  ///     65,536 apart. `nil` goes by the voxel type.
  /// - Returns: `nil` when no voxel has a finite value.
  public func histogram(bins: Int = 1 << 14, integers: Bool? = nil) -> Histogram? {
    let rows = floatRows
    guard let (low, high) = rows.finiteRange() else { return nil }
    let levels = Double(high) - Double(low) + 1
    // Beyond 24 bits floats leave out whole numbers.
    let isWhole = integers ?? hasIntegerVoxels && max(abs(low), abs(high)) <= 16_777_216
    let isExact = isWhole && levels <= 65_536
    let count = isExact ? Int(levels) : bins
    let width = isExact ? 1 : (Double(high) - Double(low)) / Double(bins)
    // One rounding for all: a value's bin depends on the value alone, not on its place.
    let scale = width > 0 ? Float(1 / width) : 0
    let bins = BinFinder(low: low, scale: scale, count: count)
    let partial = rows.gather([Int32](repeating: 0, count: count + 1), bins.count)
    var counts = [Int](repeating: 0, count: count)
    for part in partial {
      for bin in counts.indices { counts[bin] += Int(part[bin]) }
    }
    return Histogram(
      counts: counts, minimum: Double(low), maximum: Double(high), binWidth: width,
      isExact: isExact)
  }
}

/// Sorts values into bins, eight at a time.
private struct BinFinder: Sendable {
  let low: Float
  let scale: Float
  /// How many bins there are; one more stands for values that are in none.
  let count: Int

  func count(in counts: inout [Int32], of row: Span<Float>) {
    var bins = counts.mutableSpan
    var i = 0
    while i + 8 <= row.count {
      let found = self.bins(
        of: unsafe row.bytes.unsafeLoadUnaligned(
          fromByteOffset: i * 4, as: SIMD8<Float>.self))
      for lane in 0..<8 { bins[Int(found[lane])] += 1 }
      i += 8
    }
    while i < row.count {
      bins[Int(self.bins(of: SIMD8(repeating: row[i]))[0])] += 1
      i += 1
    }
  }

  /// Rounded down by adding 2^23, at which floats are whole numbers, and correcting where that has
  /// rounded up. A conversion lane by lane took three times as long.
  @inline(__always)
  private func bins(of values: SIMD8<Float>) -> SIMD8<Int32> {
    let whole = SIMD8<Float>(repeating: 8_388_608)
    let last = Float(count - 1)
    let position = (values - low) * scale
    let clamped = position.replacing(with: last, where: position .> last)
    let shifted = clamped + whole
    var bins = unsafe unsafeBitCast(shifted, to: SIMD8<Int32>.self) &- 0x4B00_0000
    bins.replace(with: bins &- 1, where: shifted - whole .> clamped)
    let isCounted = (position .>= 0) .& (position .< .infinity)
    return bins.replacing(with: Int32(count), where: .!isCounted)
  }
}

extension RowSource where Scalar == Float {
  /// The smallest and largest finite value.
  func finiteRange() -> (Float, Float)? {
    let ranges = gather((Float.infinity, -Float.infinity)) { range, row in
      var low = SIMD8<Float>(repeating: .infinity)
      var high = SIMD8<Float>(repeating: -.infinity)
      var i = 0
      while i + 8 <= row.count {
        let values = unsafe row.bytes.unsafeLoadUnaligned(
          fromByteOffset: i * 4, as: SIMD8<Float>.self)
        low.replace(with: values, where: (values .< low) .& (values .> -.infinity))
        high.replace(with: values, where: (values .> high) .& (values .< .infinity))
        i += 8
      }
      range = (min(range.0, low.min()), max(range.1, high.max()))
      while i < row.count {
        if row[i].isFinite { range = (min(range.0, row[i]), max(range.1, row[i])) }
        i += 1
      }
    }
    let low = ranges.map(\.0).reduce(.infinity, min)
    let high = ranges.map(\.1).reduce(-.infinity, max)
    return low <= high ? (low, high) : nil
  }
}
