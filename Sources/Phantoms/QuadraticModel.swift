/// A function in a box to second order, in coordinates that run from -0.5 to 0.5 along its sides.
struct QuadraticModel {
  private let value: Double
  private let gradient: SIMD3<Double>
  private let hessian: SymmetricMatrix

  /// - Parameters:
  ///   - jet: The function at the middle of the box.
  ///   - a: One side of the box as a vector, as are the other two.
  init(_ jet: Jet, _ a: SIMD3<Double>, _ b: SIMD3<Double>, _ c: SIMD3<Double>) {
    let (ha, hb, hc) = (jet.hessian * a, jet.hessian * b, jet.hessian * c)
    value = jet.value
    gradient = SIMD3(dot(jet.gradient, a), dot(jet.gradient, b), dot(jet.gradient, c))
    hessian = SymmetricMatrix(
      x: SIMD3(dot(ha, a), dot(ha, b), dot(ha, c)), y: SIMD3(dot(hb, a), dot(hb, b), dot(hb, c)),
      z: SIMD3(dot(hc, a), dot(hc, b), dot(hc, c)))
  }

  /// The largest change of the function along one side of the box.
  var steepest: Double { magnitude(gradient).max() }

  func value(at p: SIMD3<Double>) -> Double {
    value + dot(gradient, p) + dot(p, hessian * p) / 2
  }

  /// The part of the box where the function is negative: the mean over lines along the side on
  /// which it changes most, each cut where the function is zero.
  func insideFraction(lines: Int) -> Double {
    let magnitudes = magnitude(gradient)
    let bends = magnitude(hessian.x) + magnitude(hessian.y) + magnitude(hessian.z)
    // No point of the box changes the function by more than this.
    if abs(value) > magnitudes.sum() / 2 + bends.sum() / 8 { return value < 0 ? 1 : 0 }
    let along =
      magnitudes.x >= magnitudes.y
      ? (magnitudes.x >= magnitudes.z ? 0 : 2) : (magnitudes.y >= magnitudes.z ? 1 : 2)
    let (u, v) = ((along + 1) % 3, (along + 2) % 3)
    let columns = [hessian.x, hessian.y, hessian.z]
    var inside = 0.0
    for line in 0..<lines * lines {
      var start = SIMD3<Double>.zero
      start[u] = (Double(line % lines) + 0.5) / Double(lines) - 0.5
      start[v] = (Double(line / lines) + 0.5) / Double(lines) - 0.5
      inside += Self.negativePart(
        columns[along][along] / 2, gradient[along] + dot(columns[along], start), value(at: start))
    }
    return inside / Double(lines * lines)
  }

  /// How much of the interval from -0.5 to 0.5 has a t² + b t + c below 0.
  private static func negativePart(_ a: Double, _ b: Double, _ c: Double) -> Double {
    let discriminant = b * b - 4 * a * c
    guard discriminant > 0 else { return c < 0 ? 1 : 0 }
    if a == 0 { return min(max(b > 0 ? 0.5 - c / b : 0.5 + c / b, 0), 1) }
    // The root of which no digits cancel, and from it the other one.
    let q = -(b + (b < 0 ? -1 : 1) * discriminant.squareRoot()) / 2
    let (low, high) = (min(q / a, c / q), max(q / a, c / q))
    let between = max(0, min(high, 0.5) - max(low, -0.5))
    return a > 0 ? between : 1 - between
  }
}

@inline(__always)
private func magnitude(_ v: SIMD3<Double>) -> SIMD3<Double> { v.replacing(with: -v, where: v .< 0) }
