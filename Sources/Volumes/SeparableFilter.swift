/// Convolution along x, then y, then z, of images with voxels of any type.
///
///      voxels ──read──▶ row ──x──▶ plane ──y──▶ field           pass 1, plane by plane
///      field  ──gather──▶ columns of rows ──z──▶ field          pass 2, block by block, in place
///
/// Each pass adds mirrored pairs of rows, so all three axes run through the same vectorised kernel and
/// nothing but the result is as large as the volume.
extension GreyImage {
  /// The image convolved with a kernel along each axis, as floats.
  func convolved(
    x: AxisKernel, y: AxisKernel, z: AxisKernel, border: BorderRule
  ) throws(VolumeError) -> Volume<Float> {
    let rows = floatRows
    let size = rows.grid.size
    var field = try Volume<Float>(grid: rows.grid)
    // What the constant beyond the border has become after each pass.
    let constant = Float(border.constant)
    field.withDisjointWrites { target in
      rows.convolvePlanes(x, y, border: border, outside: constant * x.sum, into: target)
    }
    if !z.isIdentity {
      let outside = constant * x.sum * y.sum
      field.withDisjointWrites { target in
        convolveColumns(z, size: size, border: border, outside: outside, in: target)
      }
    }
    return field
  }
}

extension RowSource where Scalar == Float {
  /// Pass 1: along x and y, one plane after the other.
  ///
  /// - Parameter outside: What stands for a row beyond the border, under a constant.
  fileprivate func convolvePlanes(
    _ x: AxisKernel, _ y: AxisKernel, border: BorderRule, outside: Float,
    into target: DisjointWrites<Float>
  ) {
    let (nx, ny) = (grid.size.x, grid.size.y)
    let padded = nx + 2 * x.radius
    Parallel.forEach(Parallel.pieces(of: grid.size.z, size: 4)) { planes in
      // SAFETY: every plane of the target belongs to one piece; rows are nx long and y rows are
      // brought inside 0..<ny, so all pointers stay inside the scratch or the target.
      unsafe withScratch(floats: padded + nx + nx * ny) { scratch in
        // The padded row, a row of the constant, the plane.
        let (beyond, plane) = (padded, padded + nx)
        let row = unsafe scratch + x.radius
        unsafe scratch.update(repeating: scalar(border.constant), count: padded)
        unsafe (scratch + beyond).update(repeating: outside, count: nx)
        var rows = RowPairs(kernel: x)
        rows.point { x.radius + $0 }
        var planeRows = RowPairs(kernel: y)
        for z in planes {
          for py in 0..<ny {
            unsafe read(py, z, row)
            unsafe border.continueRow(row, count: nx, by: x.radius)
            unsafe rows.sum(of: scratch, into: scratch + plane + py * nx, count: nx)
          }
          for py in 0..<ny {
            planeRows.point { step in
              border.inside(py + step, count: ny).map { plane + nx * $0 } ?? beyond
            }
            unsafe planeRows.sum(
              of: scratch, into: target.base + grid.offset(0, py, z), count: nx)
          }
        }
      }
    }
  }
}

/// Pass 2: along z, in place, one block of columns after the other.
private func convolveColumns(
  _ kernel: AxisKernel, size: SIMD3<Int>, border: BorderRule, outside: Float,
  in target: DisjointWrites<Float>
) {
  // A block of columns is small enough to stay in the cache of a core.
  let width = min(size.x, max(64, (96 << 10) / size.z))
  let blocks = (0..<size.y).flatMap { y in
    Parallel.pieces(of: size.x, size: width).map { (y: y, x: $0) }
  }
  let stride = size.x * size.y
  Parallel.forEach(Parallel.pieces(of: blocks.count, size: 8)) { piece in
    // SAFETY: every column belongs to one block; gathered columns are brought inside 0..<size.z.
    unsafe withScratch(floats: width * (size.z + 1)) { columns in
      let beyond = width * size.z
      unsafe (columns + beyond).update(repeating: outside, count: width)
      var rows = RowPairs(kernel: kernel)
      for block in blocks[piece] {
        let start = unsafe target.base + (block.y * size.x + block.x.lowerBound)
        for z in 0..<size.z {
          unsafe (columns + z * width).update(from: start + z * stride, count: block.x.count)
        }
        for z in 0..<size.z {
          rows.point { step in
            border.inside(z + step, count: size.z).map { width * $0 } ?? beyond
          }
          unsafe rows.sum(of: columns, into: start + z * stride, count: block.x.count)
        }
      }
    }
  }
}
