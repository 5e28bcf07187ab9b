internal import Volumes

/// Values in a plane, on their way from a volume to a picture.
struct GreyPlane {
  let width: Int
  let height: Int
  var values: [Float]

  /// A plane of no values yet.
  init(width: Int, height: Int) {
    self.width = width
    self.height = height
    values = Array(repeating: .nan, count: width * height)
  }

  /// Puts in a row of voxels where they are greater than what is there, or nothing is.
  mutating func keepGreater<V: Voxel>(_ row: Span<V>, y: Int, scratch: inout [Float]) {
    var floats = scratch.mutableSpan
    V.widen(row, into: &floats)
    let start = y * width
    for x in 0..<width {
      let (old, new) = (values[start + x], scratch[x])
      values[start + x] = new > old || old.isNaN ? new : old
    }
  }

  /// The plane on a scale of colours from `low` to `high`.
  func pixels(low: Double, high: Double, colormap: Colormap) -> [RGB] {
    precondition(low <= high, "values are shown from low to high, got \(low) to \(high)")
    return values.map { colormap.color(of: Double($0), low: low, high: high) }
  }
}
