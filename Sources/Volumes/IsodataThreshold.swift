extension Histogram {
  /// The isodata threshold: the first level that lies half-way between the means of the two classes
  /// that it makes.
  ///
  /// Values greater than the level are foreground. `nil` when all voxels have the same value.
  /// Ridler & Calvard 1978, doi:10.1109/TSMC.1978.4310039.
  public var isodataThreshold: Double? {
    let sum = counts.indices.reduce(0) { $0 + Double(counts[$1]) * value(ofBin: $1) }
    let total = Double(self.total)
    var below = (count: 0.0, sum: 0.0)
    for bin in counts.indices {
      below.count += Double(counts[bin])
      below.sum += Double(counts[bin]) * value(ofBin: bin)
      guard below.count > 0, below.count < total else { continue }
      let means = below.sum / below.count + (sum - below.sum) / (total - below.count)
      let distance = means / 2 - value(ofBin: bin)
      if distance >= 0 && distance < binWidth { return level(after: bin) }
    }
    return nil
  }
}
