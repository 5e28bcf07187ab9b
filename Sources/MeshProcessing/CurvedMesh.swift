/// A mesh that knows the normals of the smooth surface through its vertices, so that its facets can be
/// taken for curved ones.
///
/// A flat facet cuts off what bulges over it: a sphere of flat facets is too small in area and volume, to
/// the second order in the length of an edge. Over each edge e the surface rises by c t (1 - t), with
/// c = e·(n2 - n1) / 2; over the facet that is the quadratic sum of c λi λj, whose volume and slopes follow.
/// At an edge it rises along the normal of the surface there and not along that of the facet, so that the
/// area gains c / 6 times the length of the edge times the angle between the two. The error that remains is
/// of the fourth order.
public struct CurvedMesh: Sendable {
  public let mesh: TriangleMesh
  /// Outward unit normals at the vertices; zero where the surface has none (at a cut), and the facets
  /// around are flat.
  public let normals: [SIMD3<Float>]

  public init(mesh: TriangleMesh, normals: [SIMD3<Float>]) {
    precondition(
      mesh.positions.count == normals.count,
      "\(normals.count) normals for \(mesh.positions.count) vertices")
    self.mesh = mesh
    self.normals = normals
  }

  /// One facet of the surface.
  public struct Facet: Sendable {
    /// The unit normal of the flat triangle, outward; zero for one without area.
    public let normal: SIMD3<Double>
    /// The area of the curved facet, in square units.
    public let area: Double
    /// The volume between the flat triangle and the curved facet, positive outside, in cubic units.
    public let bulge: Double
    /// Whether all three corners have a normal.
    public let hasNormals: Bool
  }

  /// The facet over a triangle of the mesh.
  @inline(__always)
  public func facet(over triangle: Triangle) -> Facet {
    let corners = mesh.corners(triangle)
    let normals = normals(at: triangle)
    let (twice, normal) = Self.flat(corners)
    let rise = Self.rise(corners, normals, isSmooth: Self.isSmooth(normals, over: normal))
    return Facet(
      normal: normal, area: Self.area(corners, normals, rise),
      bulge: rise.sum() * twice / 24,
      hasNormals: normals.a != .zero && normals.b != .zero && normals.c != .zero)
  }

  /// The integral of H over the facet above a triangle, in units: half of what its area gains when it moves
  /// along the normals by one unit. As good as the area is: to the fourth order.
  public func meanCurvature(over triangle: Triangle) -> Double {
    let (corners, normals) = (mesh.corners(triangle), normals(at: triangle))
    let (twice, normal) = Self.flat(corners)
    guard twice > 0 else { return 0 }
    let outward = Self.outward(corners, normals, normal)
    let ofTriangle = outward.sum() / 4
    guard Self.isSmooth(normals, over: normal) else { return ofTriangle }
    let rise = Self.rise(corners, normals, isSmooth: true)
    // Its edges change by what the normals at their ends differ by.
    let riseGain = Self.rise(normals, normals, isSmooth: true)
    let outwardGain = Self.outward(normals, normals, normal)
    let atEdges = (riseGain * outward + rise * outwardGain).sum() / 24
    // The slopes between stay the same. One that is all but a line may seem to rise by more than its width.
    let excess = min(2 * Self.excess(rise, corners, twice) / twice, Self.mostExcess)
    return ofTriangle * (1 + excess) + atEdges
  }

  private static let mostExcess = 0.1

  /// The sum of the normals at the ends of the edges ab, bc, ca in the direction out of the triangle, times their length.
  @inline(__always)
  private static func outward(
    _ corners: Three, _ normals: Three, _ normal: SIMD3<Double>
  ) -> SIMD3<Double> {
    SIMD3(
      dot(normals.a + normals.b, cross(corners.b - corners.a, normal)),
      dot(normals.b + normals.c, cross(corners.c - corners.b, normal)),
      dot(normals.c + normals.a, cross(corners.a - corners.c, normal)))
  }

  private typealias Three = (a: SIMD3<Double>, b: SIMD3<Double>, c: SIMD3<Double>)

  private func normals(at triangle: Triangle) -> Three {
    (
      SIMD3<Double>(normals[Int(triangle.a)]), SIMD3<Double>(normals[Int(triangle.b)]),
      SIMD3<Double>(normals[Int(triangle.c)])
    )
  }

  /// Twice the area and the unit normal of a flat triangle.
  @inline(__always)
  private static func flat(_ corners: Three) -> (twice: Double, normal: SIMD3<Double>) {
    let double = cross(corners.b - corners.a, corners.c - corners.a)
    let twice = length(double)
    return (twice, twice > 0 ? double / twice : .zero)
  }

  /// Where normals turn by more than 45° within a facet, no quadratic describes it.
  @inline(__always)
  private static func isSmooth(_ normals: Three, over normal: SIMD3<Double>) -> Bool {
    min(dot(normals.a, normal), dot(normals.b, normal), dot(normals.c, normal)) > 0.7
  }

  /// The coefficients c of the edges ab, bc, ca.
  @inline(__always)
  private static func rise(
    _ corners: Three, _ normals: Three, isSmooth: Bool
  ) -> SIMD3<Double> {
    guard isSmooth else { return .zero }
    return SIMD3(
      dot(corners.b - corners.a, normals.b - normals.a),
      dot(corners.c - corners.b, normals.c - normals.b),
      dot(corners.a - corners.c, normals.a - normals.c)) / 2
  }

  @inline(__always)
  private static func area(
    _ corners: Three, _ normals: Three, _ rise: SIMD3<Double>
  ) -> Double {
    let (twice, normal) = flat(corners)
    let outward = outward(corners, normals, normal)
    return twice / 2 + excess(rise, corners, twice) + (rise * outward).sum() / 12
  }

  /// Half the integral of the squared slope of r.x λa λb + r.y λb λc + r.z λc λa.
  @inline(__always)
  private static func excess(
    _ rise: SIMD3<Double>, _ corners: Three, _ twice: Double
  ) -> Double {
    let (ab, bc, ca) = (
      corners.b - corners.a, corners.c - corners.b, corners.a - corners.c
    )
    // The slope is the sum of the gradients of λa, λb and λc (which are perpendicular to bc, ca and
    // ab), each times a linear function of the other two coordinates.
    let (r, s, t) = (rise.x, rise.y, rise.z)
    let squares = SIMD3(
      dot(bc, bc) * (r * r + t * t + r * t), dot(ca, ca) * (r * r + s * s + r * s),
      dot(ab, ab) * (s * s + t * t + s * t))
    let products = SIMD3(
      dot(bc, ca) * (r * r + r * s + r * t + 2 * s * t),
      dot(ca, ab) * (s * s + r * s + s * t + 2 * r * t),
      dot(ab, bc) * (t * t + r * t + s * t + 2 * r * s))
    return twice > 0 ? (squares.sum() + products.sum()) / (24 * twice) : 0
  }

  /// The volume that the curved facets enclose, in cubic units; see ``TriangleMesh/signedVolume``.
  public var signedVolume: Double {
    mesh.triangles.reduce(mesh.signedVolume) { $0 + facet(over: $1).bulge }
  }

  /// The area of the curved facets, in square units.
  public var surfaceArea: Double { mesh.triangles.reduce(0) { $0 + facet(over: $1).area } }

  /// The integral of H over the curved facets, in units; see ``meanCurvature(over:)``.
  public var meanCurvatureIntegral: Double {
    mesh.triangles.reduce(0) { $0 + meanCurvature(over: $1) }
  }
}
