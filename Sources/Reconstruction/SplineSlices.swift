internal import Volumes

/// A field between its slices: the spline of degree 5 along z that passes through every voxel.
///
/// Where slices are much farther apart than pixels, a straight line from slice to slice cuts off what
/// bulges between them. Splines of high degree come close to the ideal interpolation of a sampled
/// signal. Unser 1999, doi:10.1109/79.799930; Thévenaz, Blu & Unser 2000, doi:10.1109/42.875199.
struct SplineSlices {
  /// B-spline coefficients, x fastest, then y, then z.
  private var coefficients: [Float]
  private let sliceSize: Int
  private let sliceCount: Int
  /// The slice of the image that the first coefficients are of.
  private let firstSlice: Int

  /// Slices beyond the box that are taken in: what lies farther away counts less than 1e-4.
  private static let reach = 12
  /// The roots of z⁴ + 26 z³ + 66 z² + 26 z + 1 inside of the unit circle.
  private static let poles: [Float] = [-0.430_575_35, -0.043_096_288]

  /// The part of a field in a box, which must lie inside of it along x and y.
  init(_ field: Volume<Float>, lower: SIMD3<Int>, size: SIMD3<Int>) {
    firstSlice = max(0, lower.z - Self.reach)
    let end = min(field.grid.size.z, lower.z + size.z + Self.reach)
    sliceCount = end - firstSlice
    sliceSize = size.x * size.y
    coefficients = []
    coefficients.reserveCapacity(sliceSize * sliceCount)
    for z in firstSlice..<end {
      for y in lower.y..<lower.y + size.y {
        let start = field.grid.offset(lower.x, y, z)
        let row = field.voxels.extracting(start..<start + size.x)
        for x in row.indices { coefficients.append(row[x]) }
      }
    }
    guard sliceCount > 1 else { return }
    for pole in Self.poles { filter(pole) }
  }

  /// The value between slice `z` of the image and the next one, at a fraction of the way, for every
  /// pixel of the box.
  func interpolate(above z: Int, at fraction: Double, into values: inout [Float]) {
    values.removeAll(keepingCapacity: true)
    values.append(contentsOf: repeatElement(0, count: sliceSize))
    for tap in -2...3 {
      let weight = Float(Self.basis(fraction - Double(tap)))
      let start = mirrored(z - firstSlice + tap) * sliceSize
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

  /// The slice that stands for one beyond the ends, where the field is reflected.
  private func mirrored(_ slice: Int) -> Int {
    guard sliceCount > 1 else { return 0 }
    let period = 2 * sliceCount - 2
    let place = ((slice % period) + period) % period
    return min(place, period - place)
  }

  /// One pass up and one down along z, with the gain that keeps a constant as it is.
  private mutating func filter(_ pole: Float) {
    let gain = (1 - pole) * (1 - 1 / pole)
    for i in coefficients.indices { coefficients[i] *= gain }
    // The first slice sums up the reflected signal below it.
    var factor: Float = 1
    var start = Array(coefficients[..<sliceSize])
    for slice in 1...16 {
      factor *= pole
      let offset = mirrored(slice) * sliceSize
      for i in 0..<sliceSize { start[i] += factor * coefficients[offset + i] }
    }
    coefficients.replaceSubrange(..<sliceSize, with: start)
    for slice in 1..<sliceCount {
      let (here, before) = (slice * sliceSize, (slice - 1) * sliceSize)
      for i in 0..<sliceSize { coefficients[here + i] += pole * coefficients[before + i] }
    }
    let (last, previous) = ((sliceCount - 1) * sliceSize, (sliceCount - 2) * sliceSize)
    for i in 0..<sliceSize {
      coefficients[last + i] =
        pole / (pole * pole - 1) * (coefficients[last + i] + pole * coefficients[previous + i])
    }
    for slice in (0..<sliceCount - 1).reversed() {
      let (here, above) = (slice * sliceSize, (slice + 1) * sliceSize)
      for i in 0..<sliceSize {
        coefficients[here + i] = pole * (coefficients[above + i] - coefficients[here + i])
      }
    }
  }
}
