internal import LibC

extension Histogram {
  /// Yen's threshold: the level with the largest entropic correlation between the two classes.
  ///
  /// Values greater than the level are foreground. `nil` when all voxels have the same value.
  /// Yen, Chang & Chang 1995, doi:10.1109/83.366472.
  public var yenThreshold: Double? {
    let total = Double(self.total)
    let shares = counts.map { Double($0) / total }
    let squares = shares.reduce(0) { $0 + $1 * $1 }
    var below = (share: 0.0, squares: 0.0)
    var best = (criterion: -Double.infinity, bin: -1)
    for bin in counts.indices.dropLast() {
      below.share += shares[bin]
      below.squares += shares[bin] * shares[bin]
      let above = (share: 1 - below.share, squares: squares - below.squares)
      guard below.squares > 0, above.squares > 0 else { continue }
      let criterion =
        2 * log(below.share * above.share) - log(below.squares) - log(above.squares)
      if criterion > best.criterion { best = (criterion, bin) }
    }
    return best.bin >= 0 ? level(after: best.bin) : nil
  }
}
