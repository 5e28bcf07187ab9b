/// The exact Euclidean distance transform, with voxels of any shape.
///
///     owners ──x──▶ rows ──y──▶ field          plane by plane
///     field  ──z──▶ field, root                 sheet by sheet, in place
///
/// Along x the distance to the next voxel of another owner is counted; along y and z the lower
/// envelope of the parabolas that stand on the squared distances so far takes the minimum over all
/// rows. Saito & Toriwaki 1994, doi:10.1016/0031-3203(94)90133-3; Felzenszwalb & Huttenlocher 2012,
/// doi:10.4086/toc.2012.v008a019.
extension Mask {
  /// For every voxel of the mask the distance from its centre to that of the nearest voxel outside of
  /// the mask, in units of the grid; 0 outside.
  ///
  /// What lies beyond the border of the volume is not outside of the mask; where nothing is, the
  /// distance is infinite. Exact up to the rounding of floats.
  public func distanceTransform() throws(VolumeError) -> Volume<Float> {
    try distances(toOtherOwners: owners)
  }

  /// 1 in the mask and 0 outside.
  private var owners: RowSource<UInt32> {
    unsafe RowSource(
      grid: grid,
      read: { y, z, row in
        let start = (z * grid.size.y + y) * wordsPerRow
        for x in 0..<grid.size.x {
          unsafe row[x] = UInt32(words[start + x >> 6] >> UInt64(x & 63) & 1)
        }
      },
      scalar: { UInt32(nearest: $0) })
  }
}

extension Volume where Element == UInt32 {
  /// For every voxel of an object the distance from its centre to that of the nearest voxel with
  /// another label, background or not, in units of the grid; 0 in the background.
  ///
  /// What lies beyond the border of the volume is no other label; where there is none, the distance is
  /// infinite. Exact up to the rounding of floats.
  public func distanceTransform() throws(VolumeError) -> Volume<Float> {
    let rows = unsafe RowSource<UInt32>(
      grid: grid,
      read: { y, z, row in
        let start = grid.offset(0, y, z)
        for x in 0..<grid.size.x { unsafe row[x] = voxels[start + x] }
      },
      scalar: { UInt32(nearest: $0) })
    return try distances(toOtherOwners: rows)
  }
}

private func distances(toOtherOwners owners: RowSource<UInt32>) throws(VolumeError)
  -> Volume<Float>
{
  var field = try Volume<Float>(grid: owners.grid)
  field.withDisjointWrites { target in
    measurePlanes(of: owners, into: target)
    measureSlices(of: owners, into: target)
  }
  return field
}

/// Squared distances along x and y, plane by plane.
private func measurePlanes(of owners: RowSource<UInt32>, into target: DisjointWrites<Float>) {
  let grid = owners.grid
  // One sheet for many planes: fresh memory for each would cost a third of the time.
  Parallel.forEach(Parallel.pieces(of: grid.size.z, size: 16)) { planes in
    let sheet = Sheet(width: grid.size.x, height: grid.size.y, spacing: grid.spacing.y)
    for z in planes {
      for y in 0..<grid.size.y {
        unsafe owners.read(y, z, sheet.owners(y))
        sheet.measureRow(y, spacing: grid.spacing.x)
      }
      // SAFETY: every plane is written by one piece of work.
      unsafe sheet.measureColumns { y, row in
        unsafe (target.base + grid.offset(0, y, z)).update(from: row, count: grid.size.x)
      }
    }
  }
}

/// Distances along all three axes, from the squared ones within the planes.
private func measureSlices(of owners: RowSource<UInt32>, into target: DisjointWrites<Float>) {
  let grid = owners.grid
  Parallel.forEach(Parallel.pieces(of: grid.size.y, size: 16)) { rows in
    let sheet = Sheet(width: grid.size.x, height: grid.size.z, spacing: grid.spacing.z)
    for y in rows {
      for z in 0..<grid.size.z {
        unsafe owners.read(y, z, sheet.owners(z))
        unsafe sheet.squares(z).update(
          from: target.base + grid.offset(0, y, z), count: grid.size.x)
      }
      // SAFETY: every row y of all planes is written by one piece of work.
      unsafe sheet.measureColumns { z, row in
        let result = unsafe target.base + grid.offset(0, y, z)
        for x in 0..<grid.size.x { unsafe result[x] = row[x].squareRoot() }
      }
    }
  }
}

/// A plane of voxels across which distances are taken: their owners, and their squared distances so
/// far.
@safe private final class Sheet {
  private let width: Int
  private let height: Int
  private let spacing: Double
  private let ownerMemory: UnsafeMutablePointer<UInt32>
  private let squareMemory: UnsafeMutablePointer<Float>
  /// Columns of a block, one after the other, with a gap that keeps them off the same lines of the cache.
  private let columnStride: Int
  private let columnOwners: UnsafeMutablePointer<UInt32>
  private let columnSquares: UnsafeMutablePointer<Float>
  private static let blockWidth = 16

  init(width: Int, height: Int, spacing: Double) {
    self.width = width
    self.height = height
    self.spacing = spacing
    columnStride = height + Self.blockWidth
    unsafe ownerMemory = .allocate(capacity: width * height)
    unsafe squareMemory = .allocate(capacity: width * height)
    unsafe columnOwners = .allocate(capacity: Self.blockWidth * columnStride)
    unsafe columnSquares = .allocate(capacity: Self.blockWidth * columnStride)
  }

  deinit {
    unsafe ownerMemory.deallocate()
    unsafe squareMemory.deallocate()
    unsafe columnOwners.deallocate()
    unsafe columnSquares.deallocate()
  }

  @unsafe func owners(_ row: Int) -> UnsafeMutablePointer<UInt32> {
    unsafe ownerMemory + row * width
  }
  @unsafe func squares(_ row: Int) -> UnsafeMutablePointer<Float> {
    unsafe squareMemory + row * width
  }

  /// The squared distance along a row to the next voxel of another owner on either side.
  func measureRow(_ row: Int, spacing: Double) {
    let owners = unsafe owners(row)
    let squares = unsafe squares(row)
    var start = 0
    while start < width {
      let owner = unsafe owners[start]
      var end = start + 1
      while unsafe end < width && owners[end] == owner { end += 1 }
      for x in start..<end {
        let left = start > 0 ? Double(x - start + 1) : .infinity
        let right = end < width ? Double(end - x) : .infinity
        let distance = min(left, right) * spacing
        unsafe squares[x] = owner == 0 ? 0 : Float(distance * distance)
      }
      start = end
    }
  }

  /// Takes the minimum along all columns, and hands over the rows of the result.
  func measureColumns(_ write: (_ row: Int, UnsafePointer<Float>) -> Void) {
    var envelope = ParabolaEnvelope(curvature: spacing * spacing, capacity: height + 2)
    for start in stride(from: 0, to: width, by: Self.blockWidth) {
      let columns = min(Self.blockWidth, width - start)
      // SAFETY: blocks lie inside the sheet, and columns inside the block.
      for row in 0..<height {
        for column in 0..<columns {
          let (from, to) = (row * width + start + column, column * columnStride + row)
          unsafe columnOwners[to] = ownerMemory[from]
          unsafe columnSquares[to] = squareMemory[from]
        }
      }
      for column in 0..<columns { measure(column, with: &envelope) }
      for row in 0..<height {
        for column in 0..<columns {
          unsafe squareMemory[row * width + start + column] =
            columnSquares[column * columnStride + row]
        }
      }
    }
    for row in 0..<height { unsafe write(row, UnsafePointer(squareMemory + row * width)) }
  }

  /// Every stretch of one owner is bounded by voxels of others, at distance 0 from themselves.
  private func measure(_ column: Int, with envelope: inout ParabolaEnvelope) {
    let owners = unsafe columnOwners + column * columnStride
    let squares = unsafe columnSquares + column * columnStride
    var start = 0
    while start < height {
      let owner = unsafe owners[start]
      var end = start + 1
      while unsafe end < height && owners[end] == owner { end += 1 }
      if owner != 0 {
        envelope.removeAll()
        if start > 0 { envelope.add(at: Double(start - 1), height: 0) }
        for row in start..<end {
          envelope.add(at: Double(row), height: Double(unsafe squares[row]))
        }
        if end < height { envelope.add(at: Double(end), height: 0) }
        envelope.forEach(start..<end) { row, square in unsafe squares[row] = Float(square) }
      }
      start = end
    }
  }
}
