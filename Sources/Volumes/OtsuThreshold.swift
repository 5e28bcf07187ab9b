extension Histogram {
  /// Otsu's threshold: the level that splits the histogram into the two classes that lie furthest
  /// apart, measured by the variance between them.
  ///
  /// Values greater than the level are foreground; the level lies half-way between the two classes.
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
    return best.bin >= 0 ? level(after: best.bin) : nil
  }
}
