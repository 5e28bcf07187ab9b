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
    let (a, b, c) = mesh.corners(triangle)
    let (ab, bc, ca) = (b - a, c - b, a - c)
    let double = cross(ab, -ca)
    let twice = length(double)
    let normal = twice > 0 ? double / twice : .zero
    let (na, nb, nc) = (
      SIMD3<Double>(normals[Int(triangle.a)]), SIMD3<Double>(normals[Int(triangle.b)]),
      SIMD3<Double>(normals[Int(triangle.c)])
    )
    // Where normals turn by more than 45° within a facet, no quadratic describes it.
    let isSmooth = min(dot(na, normal), dot(nb, normal), dot(nc, normal)) > 0.7
    let rise =
      isSmooth ? SIMD3(dot(ab, nb - na), dot(bc, nc - nb), dot(ca, na - nc)) / 2 : .zero
    let outward = SIMD3(
      dot(na + nb, cross(ab, normal)), dot(nb + nc, cross(bc, normal)),
      dot(nc + na, cross(ca, normal)))
    let gain = Self.excess(rise, ab, bc, ca, twice) + (rise * outward).sum() / 12
    return Facet(
      normal: normal, area: twice / 2 + gain,
      bulge: rise.sum() * twice / 24,
      hasNormals: na != .zero && nb != .zero && nc != .zero)
  }

  /// Half the integral of the squared slope of r.x λa λb + r.y λb λc + r.z λc λa.
  @inline(__always)
  private static func excess(
    _ rise: SIMD3<Double>, _ ab: SIMD3<Double>, _ bc: SIMD3<Double>, _ ca: SIMD3<Double>,
    _ twice: Double
  ) -> Double {
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
}
