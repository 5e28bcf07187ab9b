/// What a filter sees beyond the border of a volume.
enum ReflectingBorder {
  /// The index inside `0..<count` that stands for `index` when the volume is mirrored at the outer
  /// faces of its border voxels (`c b a | a b c | c b a`), however far outside the index lies.
  static func inside(_ index: Int, count: Int) -> Int {
    if index >= 0 && index < count { return index }
    let period = 2 * count
    let folded = ((index % period) + period) % period
    return folded < count ? folded : period - 1 - folded
  }
}
