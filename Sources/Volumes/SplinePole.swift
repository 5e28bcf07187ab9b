internal import LibC

/// One pole of the recursive filter that turns samples into the coefficients of the B-spline through
/// them: one pass up and one pass down, with a gain that keeps a constant as it is.
///
/// Beyond its ends the signal is mirrored at its outermost samples. Unser 1999,
/// doi:10.1109/79.799930; Thévenaz, Blu & Unser 2000, doi:10.1109/42.875199.
package struct SplinePole: Sendable {
  private let pole: Float
  /// From this distance on a sample counts less than single precision can tell.
  private let reach: Int

  /// The pole of the cubic B-spline.
  package static let cubic = [SplinePole(-0.267_949_192)]
  /// The poles of the B-spline of degree 5: the roots of z⁴ + 26 z³ + 66 z² + 26 z + 1 inside of the
  /// unit circle.
  package static let quintic = [SplinePole(-0.430_575_35), SplinePole(-0.043_096_288)]

  private init(_ pole: Float) {
    self.pole = pole
    reach = Int((log(1e-8) / log(abs(pole))).rounded(.up))
  }

  /// Filters parallel lines in place.
  ///
  /// - Parameters:
  ///   - start: Where the first sample of the first line is.
  ///   - count: Samples per line, `stride` apart.
  ///   - lanes: How many lines there are, next to each other in memory.
  package func filter(
    _ values: inout MutableSpan<Float>, from start: Int, count: Int, stride: Int, lanes: Int
  ) {
    guard count > 1 else { return }
    let gain = (1 - pole) * (1 - 1 / pole)
    for sample in 0..<count {
      let here = start + sample * stride
      for lane in here..<here + lanes { values[lane] *= gain }
    }
    sumMirrored(&values, from: start, count: count, stride: stride, lanes: lanes)
    for sample in 1..<count {
      let here = start + sample * stride
      for lane in here..<here + lanes { values[lane] += pole * values[lane - stride] }
    }
    let last = start + (count - 1) * stride
    let factor = pole / (pole * pole - 1)
    for lane in last..<last + lanes {
      values[lane] = factor * (values[lane] + pole * values[lane - stride])
    }
    for sample in (0..<count - 1).reversed() {
      let here = start + sample * stride
      for lane in here..<here + lanes {
        values[lane] = pole * (values[lane + stride] - values[lane])
      }
    }
  }

  /// Adds to the first sample of every line what the mirrored signal before it sends on.
  private func sumMirrored(
    _ values: inout MutableSpan<Float>, from start: Int, count: Int, stride: Int, lanes: Int
  ) {
    var factor: Float = 1
    // A short line comes by its first sample again.
    var own: Float = 1
    for sample in 1...reach {
      factor *= pole
      if mirrored(sample, count: count) == 0 { own += factor }
    }
    for lane in start..<start + lanes { values[lane] *= own }
    factor = 1
    for sample in 1...reach {
      factor *= pole
      let away = mirrored(sample, count: count) * stride
      guard away > 0 else { continue }
      for lane in start..<start + lanes { values[lane] += factor * values[lane + away] }
    }
  }
}

/// The sample that stands for one beyond the ends of a line that is mirrored at its outermost samples.
@inline(__always)
package func mirrored(_ sample: Int, count: Int) -> Int {
  guard sample < 0 || sample >= count else { return sample }
  guard count > 1 else { return 0 }
  let period = 2 * count - 2
  let place = ((sample % period) + period) % period
  return min(place, period - place)
}
