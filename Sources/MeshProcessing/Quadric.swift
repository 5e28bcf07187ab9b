/// The sum of the squared distances from a point to a set of planes and lines, weighted by area.
///
/// `x' A x + 2 b' x + c`. Garland & Heckbert 1997, doi:10.1145/258734.258849.
struct Quadric {
  // The upper triangle of A, b and c: in vectors that add in one instruction each, and without a gap.
  private var xxyy = SIMD2<Double>.zero
  private var zzxy = SIMD2<Double>.zero
  private var xzyz = SIMD2<Double>.zero
  private var bxby = SIMD2<Double>.zero
  private var bzc = SIMD2<Double>.zero

  init() {}

  /// The plane of a triangle with the given weight.
  init(point: SIMD3<Double>, unitNormal n: SIMD3<Double>, weight: Double) {
    let distance = -dot(n, point)
    xxyy = weight * SIMD2(n.x * n.x, n.y * n.y)
    zzxy = weight * SIMD2(n.z * n.z, n.x * n.y)
    xzyz = weight * SIMD2(n.x * n.z, n.y * n.z)
    bxby = weight * distance * SIMD2(n.x, n.y)
    bzc = weight * distance * SIMD2(n.z, distance)
  }

  /// The line through a point, as two planes at a right angle, each with the given weight.
  init(point: SIMD3<Double>, unitDirection d: SIMD3<Double>, weight: Double) {
    xxyy = weight * SIMD2(1 - d.x * d.x, 1 - d.y * d.y)
    zzxy = weight * SIMD2(1 - d.z * d.z, -d.x * d.y)
    xzyz = weight * SIMD2(-d.x * d.z, -d.y * d.z)
    let offset = dot(point, d) * d - point
    bxby = weight * SIMD2(offset.x, offset.y)
    bzc = weight * SIMD2(offset.z, dot(offset, offset))
  }

  private var b: SIMD3<Double> { SIMD3(bxby.x, bxby.y, bzc.x) }

  @inline(__always)
  static func += (sum: inout Quadric, other: Quadric) {
    sum.xxyy += other.xxyy
    sum.zzxy += other.zzxy
    sum.xzyz += other.xzyz
    sum.bxby += other.bxby
    sum.bzc += other.bzc
  }

  @inline(__always)
  static func + (one: Quadric, other: Quadric) -> Quadric {
    var sum = one
    sum += other
    return sum
  }

  /// The total weight of the planes: the trace of A, since normals have length 1.
  var weight: Double { xxyy.x + xxyy.y + zzxy.x }

  /// The sum of the weighted squared distances from a point.
  func error(at x: SIMD3<Double>) -> Double { max(0, dot(x, gradient(at: x) + b) + bzc.y) }

  /// A x + b: half the gradient.
  private func gradient(at x: SIMD3<Double>) -> SIMD3<Double> {
    SIMD3(
      xxyy.x * x.x + zzxy.y * x.y + xzyz.x * x.z,
      zzxy.y * x.x + xxyy.y * x.y + xzyz.y * x.z,
      xzyz.x * x.x + xzyz.y * x.y + zzxy.x * x.z) + b
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
    let (xx, yy, zz) = (xxyy.x + pull, xxyy.y + pull, zzxy.x + pull)
    let (xy, xz, yz) = (zzxy.y, xzyz.x, xzyz.y)
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
    return (point, max(0, dot(point, b - pull * second) + bzc.y))
  }

  /// The point of least error on a line through a given one, or that one where the planes do not decide.
  func minimum(along direction: SIMD3<Double>, near start: SIMD3<Double>) -> SIMD3<Double> {
    let slope = dot(direction, gradient(at: start))
    let stiffness = dot(direction, gradient(at: start + direction)) - slope
    guard stiffness > 1e-6 * weight * dot(direction, direction) else { return start }
    return start - direction * (slope / stiffness)
  }

  // MARK: Edges

  /// The least that collapsing an edge can cost, when this is the sum of the planes of its ends.
  @inline(__always)
  func leastCost(_ u: SIMD3<Double>, _ v: SIMD3<Double>) -> Float {
    cost(ofEdge: v - u, error: minimum(near: (u + v) / 2).error)
  }

  /// A trace of the edge's length makes short edges go first where the surface is flat.
  @inline(__always)
  func cost(ofEdge edge: SIMD3<Double>, error: Double) -> Float {
    Float(error + 1e-6 * weight * dot(edge, edge))
  }
}
