internal import LibC

/// A low-pass filter as a sum of Chebyshev polynomials T_n(1 - k) of the eigenvalue k of the umbrella
/// operator, from 0 for what is constant to 2.
///
/// Taubin, Zhang & Golub 1996, doi:10.1007/BFb0015544, with a Hamming window.
struct WindowedSinc {
  /// Of T_0, T_1, ...; they add up to 1, so that what is constant stays.
  let coefficients: [Double]

  /// The largest eigenvalue that stays.
  private static let passBand = 0.1

  /// The ideal filter is cut off beyond the pass band, by as little as leaves 99 % of its edge: few
  /// polynomials make a gentle slope.
  init(degree: Int) {
    let edge = acos(1 - Self.passBand)
    var filter = WindowedSinc(degree: degree, cutOff: edge)
    for step in 1..<100 where filter.response(at: Self.passBand) < 0.99 {
      filter = WindowedSinc(degree: degree, cutOff: edge + Double(step) / 100 * (.pi - edge))
    }
    self = filter
  }

  private init(degree: Int, cutOff: Double) {
    let raw = (0...max(degree, 0)).map { n -> Double in
      let window = 0.54 + 0.46 * cos(.pi * Double(n) / Double(degree + 1))
      return window * (n == 0 ? cutOff / .pi : 2 * sin(Double(n) * cutOff) / (Double(n) * .pi))
    }
    let total = raw.reduce(0, +)
    coefficients = raw.map { $0 / total }
  }

  /// What is left of a wave of eigenvalue k.
  func response(at k: Double) -> Double {
    let angle = acos(min(max(1 - k, -1), 1))
    return coefficients.enumerated().reduce(0) { $0 + $1.element * cos(Double($1.offset) * angle) }
  }
}
