extension Histogram {
  /// Otsu's threshold: the level that splits the histogram into the two classes that lie furthest
  /// apart, measured by the variance between them.
  ///
  /// Values greater than the level are foreground. All levels between the last bin of one class and
  /// the first of the other split the voxels alike; the level is the middle of them. So a volume of
  /// two values is split half-way, and one of whole grey levels at a half, never at a value that
  /// occurs.
  ///
  /// `nil` when all voxels have the same value. Otsu 1979, doi:10.1109/TSMC.1979.4310076.
  public var otsuThreshold: Double? {
    let weightedSum = counts.indices.reduce(0) { $0 + Double(counts[$1]) * value(ofBin: $1) }
    let total = Double(self.total)
    var below = 0.0
    var sumBelow = 0.0
    var best = (variance: 0.0, bin: -1)
    for bin in counts.indices where counts[bin] > 0 {
      below += Double(counts[bin])
      sumBelow += Double(counts[bin]) * value(ofBin: bin)
      let above = total - below
      guard above > 0 else { break }
      let distance = sumBelow / below - (weightedSum - sumBelow) / above
      let variance = below * above * distance * distance
      if variance > best.variance { best = (variance, bin) }
    }
    guard best.bin >= 0, let next = counts.indices.first(where: { $0 > best.bin && counts[$0] > 0 })
    else { return nil }
    if isExact { return (value(ofBin: best.bin) + value(ofBin: next)) / 2 }
    let lower = minimum + Double(best.bin + 1) * binWidth
    let upper = minimum + Double(next) * binWidth
    return (lower + upper) / 2
  }
}
