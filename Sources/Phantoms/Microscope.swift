internal import Volumes

/// What a microscope makes of a solid.
///
///      solid ──cover──▶ fine plane ──Gaussian x, y──▶ ──mean over pixels──▶ plane       each plane
///      planes ──Gaussian z──▶ ──mean over voxels, or every n-th──▶ volume
///
/// The point-spread function is applied to exactly covered boxes that are several times finer than
/// the voxels and than its own width, so that voxels see the blurred solid and not the blurred
/// voxels: to 0.2 % of the contrast, and on average over the surface far better. It ends at 4
/// standard deviations.
extension Phantom {
  /// The part of every voxel that the solid covers, from 0 to 1, blurred.
  func exposed() throws -> Volume<Float> {
    let parts = partsOfVoxel
    var planes = try Volume<Float>(
      grid: Grid(
        size: grid.size &* SIMD3(1, 1, parts.z), spacing: spacing / SIMD3(1, 1, Double(parts.z)),
        unit: unit))
    try fill(&planes, parts)
    if parts.z == 1 { return try planes.inSlices(of: 1, grid, sampling) }
    // Fine planes are as thick as they are far apart, lest what lies between them be missed. Where
    // slices are flat, that counts as blur.
    let thickness = sampling == .plane ? planes.grid.spacing.z : 0
    let sigma = (blur.z * blur.z - thickness * thickness / 12).squareRoot()
    return try planes.gaussianBlurred(sigma: SIMD3(0, 0, sigma))
      .inSlices(of: parts.z, grid, sampling)
  }

  /// How finely the solid is sampled before it is blurred: an odd number, so that every voxel has a
  /// part at its middle; at least three to the smallest side of a voxel and to the blur's standard
  /// deviation.
  private var partsOfVoxel: SIMD3<Int> {
    var parts = SIMD3<Int>.one
    for axis in 0..<3 where blur[axis] > 0 {
      let finest = min(spacing.min() / 3, blur[axis] / 1.5)
      parts[axis] = min(Int((spacing[axis] / finest).rounded(.up)) | 1, Self.mostParts)
    }
    return parts
  }

  private static let mostParts = 31

  /// Covers, blurs and bins plane by plane.
  private func fill(_ planes: inout Volume<Float>, _ parts: SIMD3<Int>) throws {
    let coverage = Coverage(self, parts: parts, extent: parts.z == 1 ? sampling.extent : .one)
    let fine = Grid(
      size: SIMD3(planes.grid.size.x * parts.x, planes.grid.size.y * parts.y, 1),
      spacing: spacing / SIMD3<Double>(parts), unit: unit)
    let (size, sigma) = (planes.grid.size, SIMD3(blur.x, blur.y, 0))
    try planes.withDisjointWrites { target in
      try Parallel.forEach(size.z) { z in
        var plane = try Volume<Float>(grid: fine)
        var isEmpty = true
        var voxels = plane.mutableVoxels
        coverage.plane(z, size: SIMD2(fine.size.x, fine.size.y)) { x, y, covered in
          voxels[y * fine.size.x + x] = Float(covered)
          isEmpty = false
        }
        if isEmpty { return }
        if sigma != .zero { plane = try plane.gaussianBlurred(sigma: sigma) }
        for y in 0..<size.y {
          for x in 0..<size.x {
            var sum: Float = 0
            for py in y * parts.y..<(y + 1) * parts.y {
              let start = py * fine.size.x + x * parts.x
              for fineX in start..<start + parts.x { sum += plane.voxels[fineX] }
            }
            // SAFETY: plane z owns its voxels, and (x, y) lies inside of it.
            unsafe target.base[(z * size.y + y) * size.x + x] = sum / Float(parts.x * parts.y)
          }
        }
      }
    }
  }
}

extension Volume where Element == Float {
  /// From fine planes to slices: the mean of the planes of a slice, or the one in its middle.
  fileprivate func inSlices(
    of parts: Int, _ grid: Grid, _ sampling: PhantomSampling
  ) throws -> Volume<Float> {
    var slices = try Volume<Float>(grid: grid)
    let kept = sampling == .voxel ? 0..<parts : parts / 2..<parts / 2 + 1
    slices.fillSlices { x, y, z in
      var sum: Float = 0
      for part in kept { sum += voxels[self.grid.offset(x, y, z * parts + part)] }
      return sum / Float(kept.count)
    }
    return slices
  }
}

extension Volume {
  /// Sets every voxel, slices in parallel.
  mutating func fillSlices(_ value: @Sendable (_ x: Int, _ y: Int, _ z: Int) -> Element) {
    let grid = grid
    withDisjointWrites { target in
      Parallel.forEach(grid.size.z) { z in
        for y in 0..<grid.size.y {
          // SAFETY: the offset lies inside of the grid, and each slice is written by one piece of
          // work.
          for x in 0..<grid.size.x {
            unsafe target.base[grid.offset(x, y, z)] = value(x, y, z)
          }
        }
      }
    }
  }
}
