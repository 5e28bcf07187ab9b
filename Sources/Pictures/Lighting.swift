/// The light of a scene, fixed to the viewer: a key light from the upper left, a soft fill from the
/// lower right, and ambient light that weakens where a surface turns away.
///
/// Directions point to the light in view axes: right, down, away from the viewer.
enum Lighting {
  private static let key = unit(SIMD3<Float>(-0.50, -0.62, -0.78))
  private static let fill = unit(SIMD3<Float>(0.80, 0.25, -0.55))
  /// Half-way between key light and viewer: where a mirror would show the light.
  private static let halfway = unit(key + SIMD3(0, 0, -1))

  /// Lights a point of a surface.
  ///
  /// - Parameters:
  ///   - normal: Any vector along the normal on the side that is seen.
  ///   - albedo: How much of the light the surface scatters, per channel.
  /// - Returns: The light that reaches the viewer; more than 1 is possible.
  @inline(__always)
  static func light(normal: SIMD3<Float>, albedo: SIMD3<Float>) -> SIMD3<Float> {
    let n = unit(normal)
    let facing = max(0, -n.z)
    let keyLight = max(0, dot(n, key))
    // Wrapped around the object, as light from a large source is.
    let fillLight = max(0, 0.5 + 0.5 * dot(n, fill))
    let ambient = 0.08 + 0.11 * facing
    var gloss = max(0, dot(n, halfway))
    for _ in 0..<5 { gloss *= gloss }
    return albedo * (ambient + 0.78 * keyLight + 0.14 * fillLight) + 0.08 * gloss
  }

  @inline(__always)
  private static func dot(_ a: SIMD3<Float>, _ b: SIMD3<Float>) -> Float {
    a.x * b.x + a.y * b.y + a.z * b.z
  }

  @inline(__always)
  private static func unit(_ a: SIMD3<Float>) -> SIMD3<Float> {
    let square = dot(a, a)
    return square > 0 ? a / square.squareRoot() : SIMD3(0, 0, -1)
  }
}
