internal import LibC

extension Histogram {
  /// Li's threshold: the level at which the cross-entropy between the image and its two classes is
  /// least, each class standing for its mean.
  ///
  /// Values greater than the level are foreground. Found by iteration from the mean until the level
  /// moves by less than half a bin; grey values are counted from the smallest. `nil` when all voxels
  /// have the same value.
  /// Li & Tam 1998, doi:10.1016/S0167-8655(98)00057-9.
  public var liThreshold: Double? {
    guard counts.count > 1, minimum < maximum else { return nil }
    let grey = counts.indices.map { value(ofBin: $0) - minimum }
    let sum = counts.indices.reduce(0) { $0 + Double(counts[$1]) * grey[$1] }
    var next = sum / Double(total)
    var level: Double
    repeat {
      level = next
      var below = (count: 0.0, sum: 0.0)
      for bin in counts.indices where grey[bin] <= level {
        below.count += Double(counts[bin])
        below.sum += Double(counts[bin]) * grey[bin]
      }
      let above = (count: Double(total) - below.count, sum: sum - below.sum)
      guard below.sum > 0, above.count > 0 else { break }
      let (dark, bright) = (below.sum / below.count, above.sum / above.count)
      next = (dark - bright) / (log(dark) - log(bright))
    } while abs(next - level) > binWidth / 2
    return next + minimum
  }
}
