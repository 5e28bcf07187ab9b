/// What a filter sees beyond the border of a volume.
public enum BorderRule: Sendable, Hashable {
  /// The volume mirrored at the outer faces of its border voxels: `c b a | a b c | c b a`.
  case reflect
  /// The voxel at the border, again and again: `a a a | a b c | c c c`.
  case nearest
  /// One grey value everywhere.
  case constant(Double)

  /// The index inside `0..<count` that stands for `index`, however far outside it lies; `nil` where
  /// the constant does.
  func inside(_ index: Int, count: Int) -> Int? {
    if index >= 0 && index < count { return index }
    switch self {
    case .nearest: return index < 0 ? 0 : count - 1
    case .constant: return nil
    case .reflect:
      let period = 2 * count
      let folded = ((index % period) + period) % period
      return folded < count ? folded : period - 1 - folded
    }
  }

  /// The grey value of the constant; 0 under the other rules, which never ask for it.
  var constant: Double { if case .constant(let value) = self { value } else { 0 } }
}
