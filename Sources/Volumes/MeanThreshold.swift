extension Histogram {
  /// The mean grey value as a threshold: values greater than it are foreground. `nil` when all voxels
  /// have the same value.
  public var meanThreshold: Double? {
    guard minimum < maximum else { return nil }
    let sum = counts.indices.reduce(0) { $0 + Double(counts[$1]) * (value(ofBin: $1) - minimum) }
    return minimum + sum / Double(total)
  }
}
