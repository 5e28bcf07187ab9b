extension Volume where Element == Float {
  /// Takes another volume of the same size away from this one, voxel by voxel.
  public mutating func subtract(_ other: Volume<Float>) {
    precondition(
      other.grid.size == grid.size,
      "a volume of \(other.grid.size) cannot be taken from one of \(grid.size)")
    let voxels = other.voxels
    update { value, index in value - voxels[index] }
  }

  /// How far every voxel lies above a level; 0 where it does not.
  public func heights(above level: Float) throws(VolumeError) -> Volume<Float> {
    var heights = try asFloats()
    heights.update { value, _ in value > level ? value - level : 0 }
    return heights
  }

  /// Turns the sign of every voxel: what is high becomes low.
  public mutating func negate() { update { value, _ in -value } }

  /// Replaces every voxel by what becomes of it.
  private mutating func update(_ change: @Sendable (Float, _ index: Int) -> Float) {
    let pieces = Parallel.pieces(of: grid.voxelCount, size: 1 << 18)
    withDisjointWrites { target in
      Parallel.forEach(pieces) { range in
        // SAFETY: every voxel belongs to one piece.
        for i in range { unsafe target.base[i] = change(target.base[i], i) }
      }
    }
  }
}
