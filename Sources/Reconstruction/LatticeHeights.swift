internal import Volumes

/// A view of a territory: how far every point of its lattice lies above the level.
struct LatticeHeights: ~Escapable {
  let lower: SIMD3<Int>
  let size: SIMD3<Int>
  private let imageSize: SIMD3<Int>
  private let stepsPerSlice: Int
  private let level: Float
  private let label: UInt32
  private let spline: SplineSlices.Layout?
  private let coefficients: Span<Float>
  /// Empty where there is none.
  private let field: Span<Float>
  private let labels: Span<UInt32>
  /// The part of the box along x and y that lies in the image.
  private let columns: Range<Int>
  private let firstRow: Int

  @_lifetime(copy field, copy labels, copy coefficients)
  init(
    _ territory: Territory, field: Span<Float>, labels: Span<UInt32>,
    spline: SplineSlices.Layout?, _ coefficients: Span<Float>
  ) {
    self.field = field
    self.labels = labels
    self.spline = spline
    self.coefficients = coefficients
    lower = territory.lower
    size = territory.size
    imageSize = territory.grid.size
    stepsPerSlice = territory.stepsPerSlice
    level = territory.level
    label = territory.label
    let first = max(0, -lower.x)
    columns = first..<max(first, min(size.x, imageSize.x - lower.x))
    firstRow = max(0, -lower.y)
  }

  /// Greater than 0 for what is inside.
  @inline(__always)
  subscript(x: Int, y: Int, z: Int) -> Float {
    if stepsPerSlice == 1 { return voxel(x, y, z) }
    let (slice, step) = z.quotientAndRemainder(dividingBy: stepsPerSlice)
    if step == 0 { return voxel(x, y, slice) }
    return between(slice, height(slice, step), step, x, y)
  }

  /// The value at a voxel of the box, which may lie beyond the image.
  @inline(__always)
  private func voxel(_ x: Int, _ y: Int, _ z: Int) -> Float {
    let (x, y, z) = (x + lower.x, y + lower.y, z + lower.z)
    guard x >= 0, y >= 0, z >= 0, x < imageSize.x, y < imageSize.y, z < imageSize.z else {
      return -.infinity
    }
    let place = (z * imageSize.y + y) * imageSize.x + x
    guard !labels.isEmpty else {
      let height = field[place] - level
      return height == height ? height : -.infinity
    }
    let isOwn = labels[place] == label
    let decree: Float = isOwn ? .infinity : -.infinity
    guard !field.isEmpty else { return decree }
    let height = field[place] - level
    return (height > 0) == isOwn && height == height ? height : decree
  }

  /// The height of a step above a slice of the box; `nil` where the image does not reach to both sides.
  private func height(_ slice: Int, _ step: Int) -> SplineSlices.Layout.Height? {
    let z = lower.z + slice
    guard z >= 0, z + 1 < imageSize.z else { return nil }
    return spline?.height(above: z, at: Double(step) / Double(stepsPerSlice))
  }

  /// The value at a step between a slice and the next one.
  @inline(__always)
  private func between(
    _ slice: Int, _ height: SplineSlices.Layout.Height?, _ step: Int, _ x: Int, _ y: Int
  ) -> Float {
    let (below, above) = (voxel(x, y, slice), voxel(x, y, slice + 1))
    guard below.isFinite, above.isFinite, let height, let spline else {
      // What is so by decree reaches midway.
      return 2 * step > stepsPerSlice ? above : below
    }
    let pixel = (y - firstRow) * columns.count + x - columns.lowerBound
    let value = spline.value(at: height, pixel: pixel, coefficients) - level
    // A field that is not a number somewhere in the column has no spline.
    guard value == value else {
      return below + Float(step) / Float(stepsPerSlice) * (above - below)
    }
    return min(max(value, min(below, above)), max(below, above))
  }
}

extension LatticeHeights {
  /// Writes which points of a row are inside, a bit each, lowest first.
  func markInside(_ y: Int, _ z: Int, into words: inout MutableSpan<UInt64>) {
    let (slice, step) = z.quotientAndRemainder(dividingBy: stepsPerSlice)
    if step > 0 {
      markInside(y, between: slice, step, into: &words)
      return
    }
    let (imageY, imageZ) = (y + lower.y, slice + lower.z)
    guard imageY >= 0, imageZ >= 0, imageY < imageSize.y, imageZ < imageSize.z else { return }
    let start = (imageZ * imageSize.y + imageY) * imageSize.x + lower.x
    for word in words.indices {
      let part = columns.clamped(to: 64 * word..<64 * (word + 1))
      let voxels = start + part.lowerBound..<start + part.upperBound
      // An own voxel is inside and any other one is not, wherever the field runs.
      let bits =
        labels.isEmpty
        ? Mask.bits(of: field.extracting(voxels), above: level)
        : Mask.bits(of: labels.extracting(voxels), equalTo: label)
      words[word] = bits << UInt64(part.lowerBound & 63)
    }
  }

  private func markInside(
    _ y: Int, between slice: Int, _ step: Int, into words: inout MutableSpan<UInt64>
  ) {
    let height = height(slice, step)
    for x in columns where between(slice, height, step, x, y) > 0 {
      words[x >> 6] |= 1 << UInt64(x & 63)
    }
  }
}
