internal import LibC

/// Real spherical harmonics up to a degree, orthonormal over the unit sphere.
///
/// At a direction (x, y, z) they are P(z) and, for every order m > 0, √2 P(z) times the real and the imaginary part of (x + i y)^m,
/// which needs no angle and knows no pole. The polynomials P follow from the recurrence of Holmes & Featherstone 2002,
/// doi:10.1007/s00190-002-0216-2, in the norm of physics.
struct SphericalHarmonics: Sendable {
  let degree: Int
  var count: Int { (degree + 1) * (degree + 1) }

  /// For degree l and order m, at l (l + 1) / 2 + m: P(l) = first (z P(l - 1) - second P(l - 2)).
  private let recurrence: [SIMD2<Double>]

  init(degree: Int) {
    self.degree = degree
    recurrence = (0...degree).flatMap { l in
      (0...l).map { m -> SIMD2<Double> in
        guard m < l else { return .zero }
        let (l, m) = (Double(l), Double(m))
        let first = ((4 * l * l - 1) / (l * l - m * m)).squareRoot()
        let before = l - 1
        let second = max(0, (before * before - m * m) / (4 * before * before - 1)).squareRoot()
        return SIMD2(first, second)
      }
    }
  }

  /// Hands the values at a direction of length 1 to the places l² + l ± m of a buffer of ``count``.
  func evaluate(at direction: SIMD3<Double>, into values: inout [Double]) {
    var (real, imaginary) = (1.0, 0.0)
    var diagonal = (1 / (4 * Double.pi)).squareRoot()
    for m in 0...degree {
      if m > 0 {
        (real, imaginary) = (
          real * direction.x - imaginary * direction.y, real * direction.y + imaginary * direction.x
        )
        diagonal *= ((2 * Double(m) + 1) / (2 * Double(m))).squareRoot()
      }
      let scale = m > 0 ? 2.0.squareRoot() : 1
      var (before, here) = (0.0, diagonal)
      for l in m...degree {
        if l > m {
          let factors = recurrence[l * (l + 1) / 2 + m]
          (before, here) = (here, factors.x * (direction.z * here - factors.y * before))
        }
        values[l * l + l + m] = scale * here * real
        if m > 0 { values[l * l + l - m] = scale * here * imaginary }
      }
    }
  }
}
