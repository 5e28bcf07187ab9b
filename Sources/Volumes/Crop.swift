extension Volume {
  /// The part of the volume in a box, both corners of which belong to it; in the same place of the world.
  @inlinable public func cropped(
    from lower: SIMD3<Int>, to upper: SIMD3<Int>
  ) throws(VolumeError) -> Volume {
    precondition(
      lower.min() >= 0 && (upper &- lower).min() >= 0 && (grid.size &- upper).min() > 0,
      "the box from \(lower) to \(upper) is not inside of a volume of \(grid.size)")
    var part = try Volume(
      grid: Grid(
        size: upper &- lower &+ 1, spacing: grid.spacing,
        origin: grid.world(SIMD3<Double>(lower)), unit: grid.unit,
        calibration: grid.calibration))
    let width = part.grid.size.x
    var target = part.mutableVoxels
    var next = 0
    for z in lower.z...upper.z {
      for y in lower.y...upper.y {
        let row = voxels.extracting(grid.offset(lower.x, y, z)..<grid.offset(lower.x, y, z) + width)
        for x in row.indices { target[next + x] = row[x] }
        next += width
      }
    }
    return part
  }
}

extension Image {
  /// The part of the image in a box, both corners of which belong to it, as floats.
  public func cropped(
    from lower: SIMD3<Int>, to upper: SIMD3<Int>
  ) throws(VolumeError) -> Volume<Float> {
    try perform(Crop(lower: lower, upper: upper))
  }
}

private struct Crop: VolumeOperation {
  let lower: SIMD3<Int>
  let upper: SIMD3<Int>

  func run<V: Voxel>(on volume: Volume<V>) throws(VolumeError) -> Volume<Float> {
    let part = try volume.cropped(from: lower, to: upper)
    var floats = try Volume<Float>(grid: part.grid)
    var target = floats.mutableVoxels
    V.widen(part.voxels, into: &target)
    return floats
  }
}
