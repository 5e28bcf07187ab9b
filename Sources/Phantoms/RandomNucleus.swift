internal import LibC

extension Solid {
  /// A nucleus like no other: an elongated, lopsided, bumpy ball with up to three dents. The same
  /// seed gives the same nucleus.
  ///
  /// Spherical harmonics of degree 2 to 5 with normally distributed coefficients, whose relief has
  /// the standard deviations below, and dents. Where the result would be too sharp to be resolved,
  /// all of it is made lower until |H| is at most about 4 / radius.
  /// - Parameter radius: That of the sphere of equal volume.
  public static func nucleus(radius: Double, seed: UInt64) -> Solid {
    var draws = Draws(seed: seed)
    var reliefs = draws.harmonics() + draws.dents()
    let coarse = SphereQuadrature(circles: 48)
    for _ in 0..<40 {
      let measures = StarShape.measures(of: reliefs, coarse)
      let curvatures = measures.meanCurvatures
      let sharpest =
        max(-curvatures.lowerBound, curvatures.upperBound) * cbrt(3 * measures.volume / (4 * .pi))
      if sharpest <= 4 && measures.smallestRadius > 0.4 { break }
      for index in reliefs.indices { reliefs[index].height *= 0.92 }
    }
    return .star(StarShape(name: "nucleus", radius: radius, reliefs: reliefs))
  }
}

/// The random numbers of one nucleus, in order.
private struct Draws {
  private let seed: UInt64
  private var counter: UInt64 = 0

  /// Standard deviation of the relief of each degree.
  private static let relief = [2: 0.10, 3: 0.05, 4: 0.02, 5: 0.01]

  // Away from the numbers that the same seed gives to rotation and noise.
  init(seed: UInt64) { self.seed = ~seed }

  mutating func harmonics() -> [Zonal] {
    Self.relief.sorted { $0.key < $1.key }.flatMap { degree, deviation in
      // As many axes as there are harmonics of the degree, each of the mean square 1 / (2 l + 1).
      (0..<2 * degree + 1).map { _ in
        Zonal(axis: direction(), height: deviation * normal(), profile: .legendre(degree: degree))
      }
    }
  }

  mutating func dents() -> [Zonal] {
    (0..<Int(between(0, 4))).map { _ in
      Zonal(
        axis: direction(), height: -between(0.08, 0.3),
        profile: .spot(sharpness: between(3, 8)))
    }
  }

  private mutating func direction() -> SIMD3<Double> {
    let z = between(-1, 1)
    let angle = between(0, 2 * .pi)
    let radius = (1 - z * z).squareRoot()
    return SIMD3(radius * cos(angle), radius * sin(angle), z)
  }

  private mutating func between(_ low: Double, _ high: Double) -> Double {
    defer { counter += 1 }
    return low + (high - low) * uniform(seed, counter)
  }

  private mutating func normal() -> Double {
    defer { counter += 2 }
    // Far from the numbers that `between` takes.
    return gaussianNoise(seed, counter / 2 + 0x1_0000_0000)
  }
}
