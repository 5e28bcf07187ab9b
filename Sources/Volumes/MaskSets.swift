extension Mask {
  /// The voxels of either mask.
  public func union(_ other: Mask) -> Mask { combined(with: other) { $0 | $1 } }

  /// The voxels of both masks.
  public func intersection(_ other: Mask) -> Mask { combined(with: other) { $0 & $1 } }

  /// The voxels of this mask that are not in another one.
  public func subtracting(_ other: Mask) -> Mask { combined(with: other) { $0 & ~$1 } }

  private func combined(with other: Mask, _ operation: (UInt64, UInt64) -> UInt64) -> Mask {
    precondition(
      grid.size == other.grid.size,
      "masks of \(grid.size) and \(other.grid.size) cannot be combined")
    var result = self
    for i in words.indices { result.words[i] = operation(words[i], other.words[i]) }
    return result
  }
}
