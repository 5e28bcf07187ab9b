internal import Volumes

/// A field between its slices: the spline of degree 5 along z that passes through every voxel.
///
/// Where slices are much farther apart than pixels, a straight line from slice to slice cuts off what
/// bulges between them. Splines of high degree come close to the ideal interpolation of a sampled
/// signal. Thévenaz, Blu & Unser 2000, doi:10.1109/42.875199.
struct SplineSlices {
  /// B-spline coefficients, x fastest, then y, then z.
  let coefficients: [Float]
  let layout: Layout

  /// Where the coefficients of a slice lie.
  struct Layout {
    fileprivate let sliceSize: Int
    fileprivate let sliceCount: Int
    /// The slice of the image that the first coefficients are of.
    fileprivate let firstSlice: Int
  }

  /// Slices beyond the box that are taken in: what lies farther away counts less than 1e-4.
  private static let reach = 12
  /// The part of a field in a box, which must lie inside of it along x and y.
  init(_ field: Volume<Float>, lower: SIMD3<Int>, size: SIMD3<Int>) {
    let firstSlice = max(0, lower.z - Self.reach)
    let end = min(field.grid.size.z, lower.z + size.z + Self.reach)
    let (sliceSize, sliceCount) = (size.x * size.y, end - firstSlice)
    var samples: [Float] = []
    samples.reserveCapacity(sliceSize * sliceCount)
    for z in firstSlice..<end {
      for y in lower.y..<lower.y + size.y {
        let start = field.grid.offset(lower.x, y, z)
        let row = field.voxels.extracting(start..<start + size.x)
        for x in row.indices { samples.append(row[x]) }
      }
    }
    var target = samples.mutableSpan
    for pole in SplinePole.quintic {
      pole.filter(&target, from: 0, count: sliceCount, stride: sliceSize, lanes: sliceSize)
    }
    coefficients = samples
    layout = Layout(sliceSize: sliceSize, sliceCount: sliceCount, firstSlice: firstSlice)
  }
}

extension SplineSlices.Layout {
  /// How to interpolate at one height between two slices of the image.
  struct Height {
    fileprivate let weights: [6 of Float]
    /// Where the coefficients of the six slices begin.
    fileprivate let starts: [6 of Int]
  }

  /// The height a fraction of the way from slice `z` of the image to the next one.
  func height(above z: Int, at fraction: Double) -> Height {
    Height(
      weights: InlineArray { Float(Self.basis(fraction - Double($0 - 2))) },
      starts: InlineArray {
        mirrored(z - firstSlice + $0 - 2, count: sliceCount) * sliceSize
      })
  }

  /// The value at a height above a pixel of the box, whose pixels are counted row after row.
  @inline(__always)
  func value(at height: Height, pixel: Int, _ coefficients: Span<Float>) -> Float {
    var value: Float = 0
    for tap in 0..<6 { value += height.weights[tap] * coefficients[height.starts[tap] + pixel] }
    return value
  }

  /// The B-spline of degree 5: the sum over j of (-1)^j C(6, j) (x + 3 - j)⁵ / 120 where positive.
  private static func basis(_ x: Double) -> Double {
    let binomials: [Double] = [1, -6, 15, -20, 15, -6]
    var sum = 0.0
    for (j, binomial) in binomials.enumerated() {
      let base = x + 3 - Double(j)
      if base > 0 { sum += binomial * base * base * base * base * base }
    }
    return sum / 120
  }
}
