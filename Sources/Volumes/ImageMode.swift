extension Image {
  /// The most frequent grey value and how many voxels have it; the smallest of several.
  ///
  /// Exact for whole numbers. Floating-point values are counted in 256 bins between the smallest and
  /// the largest, as histograms of images usually show them, and the value is the middle of its bin.
  public func mode() -> (value: Double, count: Int) { perform(ModeOfVoxels()) }
}

private struct ModeOfVoxels: VolumeOperation {
  func run<V: Voxel>(on volume: Volume<V>) -> (value: Double, count: Int) {
    let voxels = volume.voxels
    var low = Double.infinity
    var high = -Double.infinity
    for i in voxels.indices {
      let value = voxels[i].asDouble
      guard value.isFinite else { continue }
      low = min(low, value)
      high = max(high, value)
    }
    guard low <= high else { return (.nan, 0) }
    let isExact = !V.isFloatingPoint && high - low < 16_777_216
    let bins = isExact ? Int(high - low) + 1 : 256
    let width = isExact ? 1 : high / 256 - low / 256  // the difference itself may overflow
    var counts = [Int](repeating: 0, count: bins)
    for i in voxels.indices {
      let value = voxels[i].asDouble
      guard value.isFinite else { continue }
      let bin = width > 0 ? Int(value / width - low / width) : 0
      counts[min(bin, bins - 1)] += 1
    }
    var best = 0
    for bin in counts.indices where counts[bin] > counts[best] { best = bin }
    return (low + (isExact ? Double(best) : (Double(best) + 0.5) * width), counts[best])
  }
}
