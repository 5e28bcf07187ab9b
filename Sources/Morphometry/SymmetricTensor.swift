internal import MeshProcessing

/// A symmetric 3 x 3 tensor.
public struct SymmetricTensor: Sendable, Hashable {
  /// xx, yy and zz.
  public var diagonal: SIMD3<Double>
  /// yz, xz and xy: the component without x, without y, without z.
  public var mixed: SIMD3<Double>

  public static let zero = SymmetricTensor(diagonal: .zero, mixed: .zero)

  public init(diagonal: SIMD3<Double>, mixed: SIMD3<Double> = .zero) {
    self.diagonal = diagonal
    self.mixed = mixed
  }

  /// v ⊗ v.
  @inline(__always)
  static func square(_ v: SIMD3<Double>) -> SymmetricTensor {
    SymmetricTensor(diagonal: v * v, mixed: SIMD3(v.y * v.z, v.x * v.z, v.x * v.y))
  }

  @inline(__always)
  static func + (a: SymmetricTensor, b: SymmetricTensor) -> SymmetricTensor {
    SymmetricTensor(diagonal: a.diagonal + b.diagonal, mixed: a.mixed + b.mixed)
  }

  @inline(__always)
  static func += (a: inout SymmetricTensor, b: SymmetricTensor) { a = a + b }

  @inline(__always)
  static func * (factor: Double, a: SymmetricTensor) -> SymmetricTensor {
    SymmetricTensor(diagonal: factor * a.diagonal, mixed: factor * a.mixed)
  }

  @inline(__always)
  static func * (a: SymmetricTensor, v: SIMD3<Double>) -> SIMD3<Double> {
    a.diagonal * v
      + SIMD3(
        a.mixed.z * v.y + a.mixed.y * v.z, a.mixed.z * v.x + a.mixed.x * v.z,
        a.mixed.y * v.x + a.mixed.x * v.y)
  }

  /// The projection onto the plane with a unit normal: 1 - n ⊗ n.
  static func plane(_ normal: SIMD3<Double>) -> SymmetricTensor {
    SymmetricTensor(diagonal: .one) + -1 * square(normal)
  }

  public var trace: Double { diagonal.sum() }

  /// The eigenvalues in descending order with their directions, of length 1.
  public struct Eigensystem: Sendable, Hashable {
    public let values: SIMD3<Double>
    /// In the order of the values. The largest component of the first two is positive, and the
    /// third makes a right-handed frame with them. Where values are equal, their directions are
    /// arbitrary.
    public let directions: [SIMD3<Double>]
  }

  /// Eigenvalues and directions, by Jacobi's rotations: accurate to rounding of the largest.
  public func eigensystem() -> Eigensystem {
    var a = [
      [diagonal.x, mixed.z, mixed.y], [mixed.z, diagonal.y, mixed.x],
      [mixed.y, mixed.x, diagonal.z],
    ]
    var v = [[1.0, 0, 0], [0, 1, 0], [0, 0, 1]]
    for _ in 0..<50 {
      let off = abs(a[0][1]) + abs(a[0][2]) + abs(a[1][2])
      guard off > 1e-300, off > 1e-18 * (abs(a[0][0]) + abs(a[1][1]) + abs(a[2][2])) else { break }
      for (p, q) in [(0, 1), (0, 2), (1, 2)] { Self.rotate(&a, &v, p, q) }
    }
    let values = [a[0][0], a[1][1], a[2][2]]
    let order = [0, 1, 2].sorted { (values[$1], $0) < (values[$0], $1) }
    let columns = order.map { Self.signed(SIMD3(v[0][$0], v[1][$0], v[2][$0])) }
    return Eigensystem(
      values: SIMD3(values[order[0]], values[order[1]], values[order[2]]),
      directions: [columns[0], columns[1], cross(columns[0], columns[1])])
  }

  /// Turns in the plane of axes p and q until their mixed component is gone.
  private static func rotate(_ a: inout [[Double]], _ v: inout [[Double]], _ p: Int, _ q: Int) {
    guard a[p][q] != 0 else { return }
    let theta = (a[q][q] - a[p][p]) / (2 * a[p][q])
    let t = (theta < 0 ? -1 : 1) / (abs(theta) + (theta * theta + 1).squareRoot())
    let c = 1 / (t * t + 1).squareRoot()
    let s = t * c
    for k in 0..<3 {
      (a[k][p], a[k][q]) = (c * a[k][p] - s * a[k][q], s * a[k][p] + c * a[k][q])
    }
    for k in 0..<3 {
      (a[p][k], a[q][k]) = (c * a[p][k] - s * a[q][k], s * a[p][k] + c * a[q][k])
      (v[k][p], v[k][q]) = (c * v[k][p] - s * v[k][q], s * v[k][p] + c * v[k][q])
    }
  }

  private static func signed(_ v: SIMD3<Double>) -> SIMD3<Double> {
    let sizes = SIMD3(abs(v.x), abs(v.y), abs(v.z))
    // Of two equally large components the first one decides, in spite of rounding.
    let largest = (0..<3).first { sizes[$0] >= sizes.max() * (1 - 1e-9) } ?? 0
    return v[largest] < 0 ? -v : v
  }
}
