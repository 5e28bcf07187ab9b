/// Gaussian smoothing of a 3D image with voxels of any shape.
///
///      voxels ──widen──▶ row ──x──▶ plane ──y──▶ field          pass 1, plane by plane
///      field  ──gather──▶ columns of rows ──z──▶ field          pass 2, block by block, in place
///
/// Separable convolution with a sampled Gaussian, cut at 4 standard deviations and normalised. Each
/// pass adds mirrored pairs of rows, so all three axes run through the same vectorised kernel and
/// nothing but the result is as large as the volume.
extension Volume {
  /// The volume smoothed by a Gaussian, as floats.
  ///
  /// The border reflects: the volume is mirrored at the outer faces of its border voxels.
  /// - Parameter sigma: Standard deviation along x, y, z in *units of the grid*, so that one number
  ///   means the same length on every axis. 0 leaves an axis as it is.
  public func gaussianBlurred(sigma: SIMD3<Double>) throws(VolumeError) -> Volume<Float> {
    precondition(
      sigma.x >= 0 && sigma.y >= 0 && sigma.z >= 0 && (sigma.x + sigma.y + sigma.z).isFinite,
      "sigma must not be negative, got \(sigma)")
    let inVoxels = sigma / grid.spacing
    let x = GaussianKernel(sigma: inVoxels.x)
    let y = GaussianKernel(sigma: inVoxels.y)
    let z = GaussianKernel(sigma: inVoxels.z)

    var field = try Volume<Float>(grid: grid)
    field.withDisjointWrites { target in blurPlanes(x, y, into: target) }
    if z.radius > 0 {
      let size = grid.size
      field.withDisjointWrites { target in blurColumns(z, size: size, in: target) }
    }
    return field
  }

  /// As ``gaussianBlurred(sigma:)-(SIMD3<Double>)`` with the same sigma on every axis.
  public func gaussianBlurred(sigma: Double) throws(VolumeError) -> Volume<Float> {
    try gaussianBlurred(sigma: SIMD3(repeating: sigma))
  }

  /// Pass 1: along x and y, one plane after the other.
  private func blurPlanes(
    _ x: GaussianKernel, _ y: GaussianKernel, into target: DisjointWrites<Float>
  ) {
    let (nx, ny) = (grid.size.x, grid.size.y)
    Parallel.forEach(Parallel.pieces(of: grid.size.z, size: 4)) { planes in
      // SAFETY: every plane of the target belongs to one piece; rows are nx long and y rows are
      // folded into 0..<ny, so all pointers stay inside the plane, the padded row or the target.
      unsafe withScratch(floats: nx + 2 * x.radius + nx * ny) { scratch in
        let row = unsafe scratch
        let plane = unsafe scratch + (nx + 2 * x.radius)
        var rows = RowPairs(kernel: x)
        for z in planes {
          for py in 0..<ny {
            let start = grid.offset(0, py, z)
            var inner = unsafe MutableSpan(_unsafeStart: row + x.radius, count: nx)
            Element.widen(voxels.extracting(start..<start + nx), into: &inner)
            unsafe reflectEnds(of: row, radius: x.radius, count: nx)
            unsafe rows.point { unsafe row + (x.radius + $0) }
            unsafe rows.sum(into: plane + py * nx, count: nx)
          }
          var planeRows = RowPairs(kernel: y)
          for py in 0..<ny {
            unsafe planeRows.point {
              unsafe plane + nx * ReflectingBorder.inside(py + $0, count: ny)
            }
            unsafe planeRows.sum(into: target.base + grid.offset(0, py, z), count: nx)
          }
        }
      }
    }
  }
}

extension Image {
  /// The image smoothed by a Gaussian; see ``Volume/gaussianBlurred(sigma:)-(SIMD3<Double>)``.
  public func gaussianBlurred(sigma: SIMD3<Double>) throws(VolumeError) -> Volume<Float> {
    try perform(GaussianBlur(sigma: sigma))
  }
}

private struct GaussianBlur: VolumeOperation {
  let sigma: SIMD3<Double>
  func run<V: Voxel>(on volume: Volume<V>) throws(VolumeError) -> Volume<Float> {
    try volume.gaussianBlurred(sigma: sigma)
  }
}

/// Pass 2: along z, in place, one block of columns after the other.
private func blurColumns(
  _ kernel: GaussianKernel, size: SIMD3<Int>, in target: DisjointWrites<Float>
) {
  // A block of columns is small enough to stay in the cache of a core.
  let width = min(size.x, max(64, (96 << 10) / size.z))
  let blocks = (0..<size.y).flatMap { y in
    Parallel.pieces(of: size.x, size: width).map { (y: y, x: $0) }
  }
  let stride = size.x * size.y
  Parallel.forEach(Parallel.pieces(of: blocks.count, size: 8)) { piece in
    // SAFETY: every column belongs to one block; the gathered columns are folded into 0..<size.z.
    unsafe withScratch(floats: width * size.z) { columns in
      var rows = RowPairs(kernel: kernel)
      for block in blocks[piece] {
        let start = unsafe target.base + (block.y * size.x + block.x.lowerBound)
        for z in 0..<size.z {
          unsafe (columns + z * width).update(from: start + z * stride, count: block.x.count)
        }
        for z in 0..<size.z {
          unsafe rows.point {
            unsafe columns + width * ReflectingBorder.inside(z + $0, count: size.z)
          }
          unsafe rows.sum(into: start + z * stride, count: block.x.count)
        }
      }
    }
  }
}

/// Fills the margins of a padded row by mirroring its inner part.
private func reflectEnds(of row: UnsafeMutablePointer<Float>, radius: Int, count: Int) {
  for step in 0..<radius {
    unsafe row[step] = row[radius + ReflectingBorder.inside(step - radius, count: count)]
    unsafe row[radius + count + step] =
      row[radius + ReflectingBorder.inside(count + step, count: count)]
  }
}
