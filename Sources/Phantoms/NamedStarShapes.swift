extension Solid {
  /// A sphere with a low relief of degree 3 and 4, smooth all over.
  /// - Parameter radius: That of the sphere of equal volume.
  public static func bumpy(radius: Double) -> Solid {
    // 0.09 (x³ - 3 x y²) and 0.3 x y z, as sums of Legendre polynomials.
    let threefold = axes([SIMD3(1, 0, 0), SIMD3(-0.5, h, 0), SIMD3(-0.5, -h, 0)])
    let fourfold = axes([SIMD3(1, 1, 1), SIMD3(1, -1, -1), SIMD3(-1, 1, -1), SIMD3(-1, -1, 1)])
    let reliefs =
      [Zonal(axis: SIMD3(0, 0, 1), height: 0.1, profile: .legendre(degree: 4))]
      + threefold.map {
        Zonal(axis: $0, height: 0.09 * 8 / 15, profile: .legendre(degree: 3))
      }
      + fourfold.map {
        Zonal(axis: $0, height: 0.3 * 3.0.squareRoot() / 20, profile: .legendre(degree: 3))
      }
    return .star(StarShape(name: "bumpy", radius: radius, reliefs: reliefs))
  }

  /// Three lobes and one deep dent, where H falls to -4.3 / radius.
  /// - Parameter radius: That of the sphere of equal volume.
  public static func lobed(radius: Double) -> Solid {
    let threefold = axes([SIMD3(1, 0, 0), SIMD3(-0.5, h, 0), SIMD3(-0.5, -h, 0)])
    let reliefs =
      threefold.map {
        Zonal(axis: $0, height: 0.12 * 8 / 15, profile: .legendre(degree: 3))
      } + [
        Zonal(axis: SIMD3(0, 0, 1), height: 0.1, profile: .legendre(degree: 2)),
        Zonal(
          axis: axes([SIMD3(0.6, 0.3, 0.742)])[0], height: -0.38, profile: .spot(sharpness: 7)),
      ]
    return .star(StarShape(name: "lobed", radius: radius, reliefs: reliefs))
  }

  private static let h = 0.75.squareRoot()

  private static func axes(_ vectors: [SIMD3<Double>]) -> [SIMD3<Double>] {
    vectors.map { $0 / length($0) }
  }
}
