internal import LibC

/// The angle from -pi to pi whose sine and cosine are given, both up to one positive factor.
///
/// The tangent of half of a small angle is small, and few terms of the series are exact to rounding.
@inline(__always)
func angle(sine: Double, cosine: Double) -> Double {
  let tangent = sine / ((sine * sine + cosine * cosine).squareRoot() + cosine)
  let square = tangent * tangent
  guard square < 0.04 else { return atan2(sine, cosine) }
  var series = 1.0 / 21
  series = 1.0 / 19 - square * series
  series = 1.0 / 17 - square * series
  series = 1.0 / 15 - square * series
  series = 1.0 / 13 - square * series
  series = 1.0 / 11 - square * series
  series = 1.0 / 9 - square * series
  series = 1.0 / 7 - square * series
  series = 1.0 / 5 - square * series
  series = 1.0 / 3 - square * series
  series = 1.0 / 1 - square * series
  return 2 * tangent * series
}

/// A sum of angles from 0 to pi each, of which only one arc tangent has to be taken.
///
/// The product of complex numbers has the sum of their angles, but for whole turns: those are counted
/// where the product crosses the real axis.
struct AngleSum {
  private var real = 1.0
  private var imaginary = 0.0
  private var halfTurns = 0

  /// Adds the angle whose sine, which must not be negative, and cosine are given up to one factor.
  @inline(__always)
  mutating func add(sine: Double, cosine: Double) {
    // So that the product of many neither overflows nor vanishes.
    let factor = abs(cosine) + sine
    guard factor > 0 else { return }
    let (c, s) = (cosine / factor, sine / factor)
    let wasUpper = imaginary >= 0
    (real, imaginary) = (real * c - imaginary * s, real * s + imaginary * c)
    if wasUpper != (imaginary >= 0) { halfTurns += 1 }
  }

  var value: Double {
    let isOdd = halfTurns % 2 == 1
    let rest = isOdd ? atan2(-imaginary, -real) : atan2(imaginary, real)
    return Double(halfTurns) * .pi + rest
  }
}
