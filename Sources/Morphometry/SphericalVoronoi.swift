internal import LibC
internal import MeshProcessing

/// The Voronoi cells of directions on the unit sphere: how much of the sphere lies closest to each.
enum SphericalVoronoi {
  /// The fraction of the sphere that belongs to each of a set of directions and its opposite
  /// together. The fractions add up to 1.
  ///
  /// - Parameter directions: Vectors of any length, none parallel to another, spanning space.
  static func fractions(of directions: [SIMD3<Double>]) -> [Double] {
    let units = directions.map { $0 / length($0) }
    let all = units + units.map { -$0 }
    return units.map { 2 * area(ofCellAround: $0, among: all) / (4 * .pi) }
  }

  /// The area of the cell of one direction: the cone of points closer to it than to all others,
  /// found as a polygon in the plane that touches the sphere there.
  private static func area(ofCellAround center: SIMD3<Double>, among all: [SIMD3<Double>]) -> Double
  {
    let (u, v) = tangents(to: center)
    // Larger than any cell that voxels of a shape in use can have.
    let far = 1e6
    var polygon = [
      center + far * (u + v), center + far * (v - u), center - far * (u + v),
      center + far * (u - v),
    ]
    for other in all where dot(other, center) < 1 - 1e-12 {
      polygon = clip(polygon, keeping: center - other)
    }
    return sphericalArea(polygon.map { $0 / length($0) })
  }

  private static func tangents(to normal: SIMD3<Double>) -> (SIMD3<Double>, SIMD3<Double>) {
    let helper = normal.x * normal.x < 0.5 ? SIMD3<Double>(1, 0, 0) : SIMD3<Double>(0, 1, 0)
    let u = cross(normal, helper)
    let unit = u / length(u)
    return (unit, cross(normal, unit))
  }

  /// The part of a polygon on the side of a plane through the origin that its normal points to.
  private static func clip(
    _ polygon: [SIMD3<Double>], keeping normal: SIMD3<Double>
  ) -> [SIMD3<Double>] {
    var kept: [SIMD3<Double>] = []
    for (index, point) in polygon.enumerated() {
      let next = polygon[(index + 1) % polygon.count]
      let (here, there) = (dot(point, normal), dot(next, normal))
      if here >= 0 { kept.append(point) }
      if (here > 0 && there < 0) || (here < 0 && there > 0) {
        kept.append(point + (here / (here - there)) * (next - point))
      }
    }
    return kept
  }

  /// The area of a convex polygon on the unit sphere, as a fan of triangles.
  ///
  /// Each by the formula of Van Oosterom & Strackee 1983, doi:10.1109/TBME.1983.325207.
  private static func sphericalArea(_ polygon: [SIMD3<Double>]) -> Double {
    guard polygon.count > 2 else { return 0 }
    return (1..<polygon.count - 1).reduce(0) { sum, index in
      let (a, b, c) = (polygon[0], polygon[index], polygon[index + 1])
      let volume = dot(a, cross(b, c))
      let spread = 1 + dot(a, b) + dot(b, c) + dot(c, a)
      return sum + 2 * atan2(abs(volume), spread)
    }
  }
}
