extension Histogram {
  /// The triangle threshold: the bin furthest below the line from the peak of the histogram to the end
  /// of its longer tail.
  ///
  /// For images whose objects are a tail beside the peak of the background. Values greater than the
  /// level are foreground. `nil` when all voxels have the same value.
  /// Zack, Rogers & Latt 1977, doi:10.1177/25.7.70454.
  public var triangleThreshold: Double? {
    guard let first = counts.firstIndex(where: { $0 > 0 }),
      let last = counts.lastIndex(where: { $0 > 0 }), first < last
    else { return nil }
    var peak = first
    for bin in counts.indices where counts[bin] > counts[peak] { peak = bin }
    let tailIsAbove = peak - first < last - peak
    let width = Double(tailIsAbove ? last - peak : peak - first)
    // From the end of the tail to the peak.
    var best = (distance: -Double.infinity, bin: peak)
    for step in 0..<Int(width) {
      let bin = tailIsAbove ? last - step : first + step
      let distance = Double(counts[peak]) * Double(step) - width * Double(counts[bin])
      if distance > best.distance { best = (distance, bin) }
    }
    return level(after: best.bin)
  }
}
