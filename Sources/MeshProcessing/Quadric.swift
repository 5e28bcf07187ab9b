/// The sum of the squared distances from a point to a set of planes, weighted by area.
///
/// `x' A x + 2 b' x + c`. Garland & Heckbert 1997, doi:10.1145/258734.258849.
struct Quadric {
  // The upper triangle of A: xx xy xz yy yz zz, in two vectors that add in one instruction each.
  private var diagonal = SIMD3<Double>.zero
  private var mixed = SIMD3<Double>.zero
  private var b = SIMD3<Double>.zero
  private var c = 0.0

  init() {}

  /// The plane of a triangle with the given weight.
  init(point: SIMD3<Double>, unitNormal n: SIMD3<Double>, weight: Double) {
    let distance = -dot(n, point)
    diagonal = weight * n * n
    mixed = weight * SIMD3(n.x * n.y, n.x * n.z, n.y * n.z)
    b = weight * distance * n
    c = weight * distance * distance
  }

  @inline(__always)
  static func += (sum: inout Quadric, other: Quadric) {
    sum.diagonal += other.diagonal
    sum.mixed += other.mixed
    sum.b += other.b
    sum.c += other.c
  }

  @inline(__always)
  static func + (one: Quadric, other: Quadric) -> Quadric {
    var sum = one
    sum += other
    return sum
  }

  /// The total weight of the planes: the trace of A, since normals have length 1.
  var weight: Double { diagonal.sum() }

  /// The sum of the weighted squared distances from a point.
  func error(at x: SIMD3<Double>) -> Double { max(0, dot(x, gradient(at: x) + b) + c) }

  /// A x + b: half the gradient.
  private func gradient(at x: SIMD3<Double>) -> SIMD3<Double> {
    SIMD3(
      diagonal.x * x.x + mixed.x * x.y + mixed.y * x.z,
      mixed.x * x.x + diagonal.y * x.y + mixed.z * x.z,
      mixed.y * x.x + mixed.z * x.y + diagonal.z * x.z) + b
  }

  /// The point of least error, drawn slightly towards a given one, and the sum of the weighted squared
  /// distances from there.
  ///
  /// The pull, a thousandth of the mean stiffness, decides where the planes do not (on flat and
  /// cylindrical parts) and keeps the system well conditioned everywhere.
  @inline(__always)
  func minimum(near start: SIMD3<Double>) -> (point: SIMD3<Double>, error: Double) {
    let pull = weight * 1e-6
    guard pull > 0 else { return (start, 0) }
    let (xx, yy, zz) = (diagonal.x + pull, diagonal.y + pull, diagonal.z + pull)
    let (xy, xz, yz) = (mixed.x, mixed.y, mixed.z)
    // Inverse of a symmetric positive definite matrix by its cofactors.
    let (c00, c01, c02) = (yy * zz - yz * yz, xz * yz - xy * zz, xy * yz - xz * yy)
    let (c11, c12, c22) = (xx * zz - xz * xz, xy * xz - xx * yz, xx * yy - xy * xy)
    let scale = 1 / (xx * c00 + xy * c01 + xz * c02)
    func solve(_ right: SIMD3<Double>) -> SIMD3<Double> {
      scale
        * SIMD3(
          c00 * right.x + c01 * right.y + c02 * right.z,
          c01 * right.x + c11 * right.y + c12 * right.z,
          c02 * right.x + c12 * right.y + c22 * right.z)
    }
    // The second step takes back what the pull did where the planes do decide. After each step
    // nothing is left of the gradient but the pull times the step.
    let first = solve(-gradient(at: start))
    let second = solve(pull * first)
    let point = start + first + second
    return (point, max(0, dot(point, b - pull * second) + c))
  }
}
