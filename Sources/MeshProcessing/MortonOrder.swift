extension Collection<SIMD3<Float>> {
  /// The numbers of points in the order of a space-filling curve, on which what is near in the list is near in
  /// space (Morton 1966). Points in the same one of 1024 cells along an axis stay in their order.
  func mortonOrder() -> [Int] {
    var (lower, upper) = (
      SIMD3<Float>(repeating: .infinity), SIMD3<Float>(repeating: -.infinity)
    )
    for point in self {
      lower = pointwiseMin(lower, point)
      upper = pointwiseMax(upper, point)
    }
    let scale = 1023 / Swift.max((upper - lower).max(), .leastNormalMagnitude)
    var keys: [UInt64] = []
    keys.reserveCapacity(count)
    for (index, point) in enumerated() {
      let cell = (point - lower) * scale
      keys.append(
        (spread(cell.x) | spread(cell.y) << 1 | spread(cell.z) << 2) << 32 | UInt64(index))
    }
    keys.sort()
    return keys.map { Int($0 & 0xFFFF_FFFF) }
  }
}

/// The ten bits of a place from 0 to 1023, with two empty ones between them.
@inline(__always)
private func spread(_ place: Float) -> UInt64 {
  // What is no number goes last.
  var x = UInt64(min(1023, place))
  x = (x | x << 16) & 0x30000FF
  x = (x | x << 8) & 0x300F00F
  x = (x | x << 4) & 0x30C30C3
  return (x | x << 2) & 0x9249249
}
