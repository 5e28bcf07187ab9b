/// The corners of a triangle.
package typealias Corners = (SIMD3<Double>, SIMD3<Double>, SIMD3<Double>)

/// The squared distance of two triangles that do not cross: the least of that from the corners of either to the other one
/// and that of any two sides.
///
/// Ericson, Real-Time Collision Detection, 2005, section 5.1.10.
func squaredDistance(of first: Corners, from second: Corners) -> Double {
  func fromCorner(_ p: SIMD3<Double>, _ triangle: Corners) -> Double {
    let way = p - nearestPoint(to: p, triangle.0, triangle.1, triangle.2)
    return dot(way, way)
  }
  var least = min(
    fromCorner(first.0, second), fromCorner(first.1, second), fromCorner(first.2, second),
    fromCorner(second.0, first), fromCorner(second.1, first), fromCorner(second.2, first))
  func consider(_ a: SIMD3<Double>, _ b: SIMD3<Double>) {
    least = min(
      least, squaredDistance(ofSegment: a, b, from: second.0, second.1),
      squaredDistance(ofSegment: a, b, from: second.1, second.2),
      squaredDistance(ofSegment: a, b, from: second.2, second.0))
  }
  consider(first.0, first.1)
  consider(first.1, first.2)
  consider(first.2, first.0)
  return least
}

/// The squared distance of two segments where both nearest points lie inside of them; infinite where one is an end,
/// which a corner and a triangle tell as well.
private func squaredDistance(
  ofSegment a: SIMD3<Double>, _ b: SIMD3<Double>, from c: SIMD3<Double>, _ d: SIMD3<Double>
) -> Double {
  let (u, v, w) = (b - a, d - c, a - c)
  let (uu, uv, vv, uw, vw) = (dot(u, u), dot(u, v), dot(v, v), dot(u, w), dot(v, w))
  let denominator = uu * vv - uv * uv
  let (s, t) = (uv * vw - vv * uw, uu * vw - uv * uw)
  guard s > 0, t > 0, s < denominator, t < denominator else { return .infinity }
  let way = w + (s / denominator) * u - (t / denominator) * v
  return dot(way, way)
}

/// Whether a side of either of two triangles goes through the inside of the other one and beyond.
func doCross(_ first: Corners, _ second: Corners) -> Bool {
  func pierces(_ triangle: Corners, _ other: Corners) -> Bool {
    doesCross(triangle.0, triangle.1, other) || doesCross(triangle.1, triangle.2, other)
      || doesCross(triangle.2, triangle.0, other)
  }
  return pierces(first, second) || pierces(second, first)
}

/// Whether a segment goes through the inside of a triangle and beyond, by more than rounding.
func doesCross(_ p: SIMD3<Double>, _ q: SIMD3<Double>, _ triangle: Corners) -> Bool {
  let (a, b, c) = triangle
  let (above, below) = (side(of: p, a, b, c), side(of: q, a, b, c))
  guard above * below < 0 else { return false }
  let first = side(of: p, q, a, b)
  guard first != 0, side(of: p, q, b, c) == first else { return false }
  return side(of: p, q, c, a) == first
}

/// On which side of the plane through three points a point lies: 1, -1, or 0 where rounding may have decided.
///
/// Filter of Shewchuk 1997, Adaptive precision floating-point arithmetic and fast robust geometric predicates,
/// doi:10.1007/PL00009321.
private func side(
  of p: SIMD3<Double>, _ a: SIMD3<Double>, _ b: SIMD3<Double>, _ c: SIMD3<Double>
) -> Double {
  let (u, v, w) = (a - p, b - p, c - p)
  let (x, y, z) = (
    u.x * (v.y * w.z - v.z * w.y), u.y * (v.z * w.x - v.x * w.z), u.z * (v.x * w.y - v.y * w.x)
  )
  let determinant = x + y + z
  let permanent =
    abs(u.x) * (abs(v.y * w.z) + abs(v.z * w.y)) + abs(u.y) * (abs(v.z * w.x) + abs(v.x * w.z))
    + abs(u.z) * (abs(v.x * w.y) + abs(v.y * w.x))
  if abs(determinant) <= 8e-16 * permanent { return 0 }
  return determinant > 0 ? 1 : -1
}
