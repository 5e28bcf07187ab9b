/// What a filter does with the voxels around a voxel, for a vector of voxels at a time.
protocol NeighbourhoodKernel<Vector>: Sendable {
  associatedtype Vector: SIMD where Vector.Scalar: BitwiseCopyable & Sendable
  func evaluate(_ window: Window<Vector>) -> Vector
}

/// A vector of neighbouring voxels along x, and what lies around them.
@safe struct Window<Vector: SIMD> where Vector.Scalar: BitwiseCopyable {
  fileprivate let place: UnsafePointer<Vector.Scalar>
  fileprivate let offsets: UnsafePointer<Int>
  /// How many voxels the neighbourhood has.
  let count: Int

  /// The voxels themselves.
  var centre: Vector {
    @inline(__always) get { unsafe UnsafeRawPointer(place).loadUnaligned(as: Vector.self) }
  }

  /// The voxels one step of the neighbourhood away, in raster order of the steps.
  @inline(__always) subscript(step: Int) -> Vector {
    // SAFETY: steps stay below `count`; the tile holds everything that a step reaches.
    unsafe UnsafeRawPointer(place + offsets[step]).loadUnaligned(as: Vector.self)
  }
}

extension RowSource {
  /// Runs a kernel over every voxel and hands over the results row by row, on several threads.
  ///
  ///     rows ──read, continue beyond the border──▶ tile ──kernel──▶ row ──▶ write
  ///
  /// Tiles are small: nothing as large as the volume is held.
  func filter<Kernel: NeighbourhoodKernel>(
    by kernel: Kernel, over steps: [SIMD3<Int>], border: BorderRule,
    write: @Sendable (_ y: Int, _ z: Int, _ row: UnsafePointer<Scalar>) -> Void
  ) where Kernel.Vector.Scalar == Scalar {
    let reach = steps.reduce(.zero) { pointwiseMax($0, $1) }
    let extent = SIMD2(max(32, 4 * reach.y), max(8, 2 * reach.z))
    let blocks = Parallel.pieces(of: grid.size.z, size: extent.y).flatMap { planes in
      Parallel.pieces(of: grid.size.y, size: extent.x).map { (rows: $0, planes: planes) }
    }
    Parallel.forEach(blocks.count) { index in
      let tile = Tile(
        of: self, rows: blocks[index].rows, planes: blocks[index].planes, reach: reach,
        border: border, slack: Kernel.Vector.scalarCount)
      unsafe tile.evaluate(kernel, over: steps, write: write)
    }
  }
}

/// A block of rows and planes, with all that lies around it within reach.
@safe private final class Tile<Scalar: BitwiseCopyable & Sendable> {
  private let memory: UnsafeMutablePointer<Scalar>
  private let rows: Range<Int>
  private let planes: Range<Int>
  private let reach: SIMD3<Int>
  private let rowLength: Int
  private let rowStride: Int
  private let planeStride: Int

  /// - Parameter slack: Room behind each row for a vector that begins inside of it.
  init(
    of source: RowSource<Scalar>, rows: Range<Int>, planes: Range<Int>, reach: SIMD3<Int>,
    border: BorderRule, slack: Int
  ) {
    self.rows = rows
    self.planes = planes
    self.reach = reach
    rowLength = source.grid.size.x
    rowStride = rowLength + 2 * reach.x + slack
    planeStride = rowStride * (rows.count + 2 * reach.y)
    let count = planeStride * (planes.count + 2 * reach.z)
    unsafe memory = .allocate(capacity: count)
    unsafe memory.initialize(repeating: source.scalar(border.constant), count: count)
    fill(from: source, border: border)
  }

  deinit { unsafe memory.deallocate() }

  /// Where the voxel at x = 0 of a row lies.
  private func start(_ y: Int, _ z: Int) -> UnsafeMutablePointer<Scalar> {
    unsafe memory + (z - planes.lowerBound + reach.z) * planeStride
      + (y - rows.lowerBound + reach.y) * rowStride + reach.x
  }

  private func fill(from source: RowSource<Scalar>, border: BorderRule) {
    let size = source.grid.size
    for z in planes.lowerBound - reach.z..<planes.upperBound + reach.z {
      guard let insideZ = border.inside(z, count: size.z) else { continue }
      for y in rows.lowerBound - reach.y..<rows.upperBound + reach.y {
        guard let insideY = border.inside(y, count: size.y) else { continue }
        let row = unsafe start(y, z)
        unsafe source.read(insideY, insideZ, row)
        unsafe border.continueRow(row, count: size.x, by: reach.x)
      }
    }
  }

  func evaluate<Kernel: NeighbourhoodKernel>(
    _ kernel: Kernel, over steps: [SIMD3<Int>], write: (Int, Int, UnsafePointer<Scalar>) -> Void
  ) where Kernel.Vector.Scalar == Scalar {
    let offsets = steps.map { $0.z * planeStride + $0.y * rowStride + $0.x }
    let lanes = Kernel.Vector.scalarCount
    let result = UnsafeMutablePointer<Scalar>.allocate(capacity: rowLength + lanes)
    defer { unsafe result.deallocate() }
    unsafe offsets.withUnsafeBufferPointer { offsets in
      guard let offsets = offsets.baseAddress else { return }
      for z in planes {
        for y in rows {
          let row = unsafe start(y, z)
          var x = 0
          while x < rowLength {
            // SAFETY: a vector may begin at the last voxel; rows have that much slack behind them.
            let window = unsafe Window<Kernel.Vector>(
              place: UnsafePointer(row + x), offsets: offsets, count: steps.count)
            unsafe UnsafeMutableRawPointer(result + x).storeBytes(
              of: kernel.evaluate(window), as: Kernel.Vector.self)
            x += lanes
          }
          unsafe write(y, z, UnsafePointer(result))
        }
      }
    }
  }
}

extension BorderRule {
  /// Continues a row on both sides, where the memory must reach; a constant is there already.
  @unsafe func continueRow<Scalar>(
    _ row: UnsafeMutablePointer<Scalar>, count: Int, by reach: Int
  ) {
    for step in 0..<reach {
      if let left = inside(step - reach, count: count) {
        unsafe row[step - reach] = row[left]
      }
      if let right = inside(count + step, count: count) {
        unsafe row[count + step] = row[right]
      }
    }
  }
}

extension GreyImage {
  /// A filter whose results are floats.
  func floats<Kernel: NeighbourhoodKernel>(
    by kernel: Kernel, over steps: [SIMD3<Int>], border: BorderRule
  ) throws(VolumeError) -> Volume<Float> where Kernel.Vector.Scalar == Float {
    let grid = grid
    var result = try Volume<Float>(grid: grid)
    result.withDisjointWrites { target in
      unsafe floatRows.filter(by: kernel, over: steps, border: border) { y, z, row in
        // SAFETY: every row is written once.
        unsafe (target.base + grid.offset(0, y, z)).update(from: row, count: grid.size.x)
      }
    }
    return result
  }
}
