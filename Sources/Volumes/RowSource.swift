/// The rows of an image on their way into a filter, whatever the voxel type: the one door through
/// which filters read.
///
/// A filter is written once for the scalars that it works with, and is compiled for them alone; the
/// voxel type is met once per row, in ``read``.
@safe public struct RowSource<Scalar: BitwiseCopyable & Sendable>: Sendable {
  package let grid: Grid
  /// Writes the `grid.size.x` values of row y of plane z to where the pointer points.
  let read: @Sendable (_ y: Int, _ z: Int, _ row: UnsafeMutablePointer<Scalar>) -> Void
  /// What a grey value is among the scalars.
  let scalar: @Sendable (Double) -> Scalar
}

extension Volume {
  /// The voxels as floats: exact up to 24 significant bits.
  public var floatRows: RowSource<Float> {
    unsafe RowSource(
      grid: grid,
      read: { y, z, row in
        let start = grid.offset(0, y, z)
        // SAFETY: whoever reads a row hands over memory for one.
        var target = unsafe MutableSpan(_unsafeStart: row, count: grid.size.x)
        Element.widen(voxels.extracting(start..<start + grid.size.x), into: &target)
      },
      scalar: { Float($0) })
  }

  /// The ranks of the voxels: whole numbers in the same order, one for every value.
  var rankRows: RowSource<Element.Rank> {
    unsafe RowSource(
      grid: grid,
      read: { y, z, row in
        let start = grid.offset(0, y, z)
        let voxels = voxels.extracting(start..<start + grid.size.x)
        // SAFETY: as above.
        for x in voxels.indices { unsafe row[x] = voxels[x].rank }
      },
      scalar: { Element(nearest: $0).rank })
  }
}

extension RowSource {
  /// Runs through all rows on several threads and keeps a result for each run of them, in order.
  func gather<Result: Sendable>(
    _ initial: Result, _ take: @Sendable (inout Result, Span<Scalar>) -> Void
  ) -> [Result] {
    let size = grid.size
    let pieces = Parallel.pieces(of: size.y * size.z, size: max(1, (1 << 20) / size.x))
    return Parallel.map(pieces) { piece in
      var result = initial
      let row = UnsafeMutablePointer<Scalar>.allocate(capacity: size.x)
      defer { unsafe row.deallocate() }
      for index in piece {
        unsafe read(index % size.y, index / size.y, row)
        // SAFETY: the row has been filled, and is not written to while it is looked at.
        take(&result, unsafe Span(_unsafeStart: row, count: size.x))
      }
      return result
    }
  }
}
