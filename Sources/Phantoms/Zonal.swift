internal import LibC

/// A relief on the unit sphere that depends on the angle to one axis alone.
///
/// Every spherical harmonic of degree l is a sum of at most 2 l + 1 Legendre polynomials around
/// different axes, so a list of these describes any smooth star-shaped surface.
struct Zonal: Sendable, Hashable {
  enum Profile: Sendable, Hashable {
    /// The Legendre polynomial of this degree, which is 1 at the axis.
    case legendre(degree: Int)
    /// exp(-sharpness (1 - t)): 1 at the axis and 1/e at an angle of about sqrt(2 / sharpness).
    case spot(sharpness: Double)
  }

  /// Of length 1.
  let axis: SIMD3<Double>
  var height: Double
  let profile: Profile

  /// The relief where the cosine of the angle to the axis is `t`.
  @inline(__always)
  func relief(_ t: Double) -> Double {
    switch profile {
    case .legendre: height * derivatives(t).value
    case .spot(let sharpness): height * exp(-sharpness * (1 - t))
    }
  }

  /// The profile and its first two derivatives by `t`, for a height of 1.
  @inline(__always)
  func derivatives(_ t: Double) -> (value: Double, first: Double, second: Double) {
    switch profile {
    case .spot(let sharpness):
      let value = exp(-sharpness * (1 - t))
      return (value, sharpness * value, sharpness * sharpness * value)
    case .legendre(let degree):
      // (l + 1) P_{l+1} = (2 l + 1) t P_l - l P_{l-1}, and P'_{l+1} = P'_{l-1} + (2 l + 1) P_l.
      var (before, here) = (0.0, 1.0)
      var (firstBefore, firstHere) = (0.0, 0.0)
      var (secondBefore, secondHere) = (0.0, 0.0)
      for l in 0..<degree {
        let odd = Double(2 * l + 1)
        let second = secondBefore + odd * firstHere
        let first = firstBefore + odd * here
        let value = (odd * t * here - Double(l) * before) / Double(l + 1)
        (secondBefore, secondHere) = (secondHere, second)
        (firstBefore, firstHere) = (firstHere, first)
        (before, here) = (here, value)
      }
      return (here, firstHere, secondHere)
    }
  }
}
