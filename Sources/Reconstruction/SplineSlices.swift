internal import Volumes

/// A field between its slices: the spline of degree 5 along z that passes through every voxel.
///
/// Where slices are much farther apart than pixels, a straight line from slice to slice cuts off what
/// bulges between them. Splines of high degree come close to the ideal interpolation of a sampled
/// signal. Thévenaz, Blu & Unser 2000, doi:10.1109/42.875199.
struct SplineSlices {
  /// B-spline coefficients, x fastest, then y, then z.
  private let coefficients: [Float]
  private let sliceSize: Int
  private let sliceCount: Int
  /// The slice of the image that the first coefficients are of.
  private let firstSlice: Int

  /// Slices beyond the box that are taken in: what lies farther away counts less than 1e-4.
  private static let reach = 12
  /// The part of a field in a box, which must lie inside of it along x and y.
  init(_ field: Volume<Float>, lower: SIMD3<Int>, size: SIMD3<Int>) {
    firstSlice = max(0, lower.z - Self.reach)
    let end = min(field.grid.size.z, lower.z + size.z + Self.reach)
    sliceCount = end - firstSlice
    sliceSize = size.x * size.y
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
  }

  /// The value between slice `z` of the image and the next one, at a fraction of the way, for every
  /// pixel of the box.
  func interpolate(above z: Int, at fraction: Double, into values: inout [Float]) {
    values.removeAll(keepingCapacity: true)
    values.append(contentsOf: repeatElement(0, count: sliceSize))
    for tap in -2...3 {
      let weight = Float(Self.basis(fraction - Double(tap)))
      let start = mirrored(z - firstSlice + tap, count: sliceCount) * sliceSize
      for i in 0..<sliceSize { values[i] += weight * coefficients[start + i] }
    }
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
