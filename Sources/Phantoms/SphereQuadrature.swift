internal import LibC

/// Directions all over the unit sphere with weights that add up to 4 pi.
///
/// Gauss-Legendre along z and equal steps around it: exact for spherical harmonics below twice the
/// number of circles, and so for smooth functions accurate far beyond that.
struct SphereQuadrature: Sendable {
  let directions: [SIMD3<Double>]
  let weights: [Double]

  /// - Parameter circles: Circles of latitude; each has twice as many directions.
  init(circles: Int) {
    var directions: [SIMD3<Double>] = []
    var weights: [Double] = []
    for index in 0..<circles {
      let (z, weight) = Self.legendreNode(index, of: circles)
      let radius = (1 - z * z).squareRoot()
      for step in 0..<2 * circles {
        let angle = .pi * Double(step) / Double(circles)
        directions.append(SIMD3(radius * cos(angle), radius * sin(angle), z))
        weights.append(weight * .pi / Double(circles))
      }
    }
    self.directions = directions
    self.weights = weights
  }

  /// A root of the Legendre polynomial of a degree and its weight, by Newton's method.
  private static func legendreNode(_ index: Int, of degree: Int) -> (z: Double, weight: Double) {
    let polynomial = Zonal(axis: .zero, height: 1, profile: .legendre(degree: degree))
    var z = cos(.pi * (Double(index) + 0.75) / (Double(degree) + 0.5))
    var slope = 1.0
    for _ in 0..<8 {
      let (value, first, _) = polynomial.derivatives(z)
      slope = first
      z -= value / first
    }
    return (z, 2 / ((1 - z * z) * slope * slope))
  }
}
