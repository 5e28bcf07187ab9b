/// The point of a triangle that is nearest to a given one: inside, on an edge, or at a corner.
///
/// Ericson, Real-Time Collision Detection, 2005, section 5.1.5.
func nearestPoint(
  to p: SIMD3<Double>, _ a: SIMD3<Double>, _ b: SIMD3<Double>, _ c: SIMD3<Double>
) -> SIMD3<Double> {
  let (ab, ac, ap) = (b - a, c - a, p - a)
  let (d1, d2) = (dot(ab, ap), dot(ac, ap))
  if d1 <= 0 && d2 <= 0 { return a }
  let (d3, d4) = (dot(ab, p - b), dot(ac, p - b))
  if d3 >= 0 && d4 <= d3 { return b }
  let (d5, d6) = (dot(ab, p - c), dot(ac, p - c))
  if d6 >= 0 && d5 <= d6 { return c }
  // Areas that the point cuts the triangle into, up to one factor.
  let (besideAB, besideAC, besideBC) = (d1 * d4 - d3 * d2, d5 * d2 - d1 * d6, d3 * d6 - d5 * d4)
  if besideAB <= 0 && d1 >= 0 && d3 <= 0 { return a + ab * (d1 / (d1 - d3)) }
  if besideAC <= 0 && d2 >= 0 && d6 <= 0 { return a + ac * (d2 / (d2 - d6)) }
  let (alongBC, fromC) = (d4 - d3, d5 - d6)
  if besideBC <= 0 && alongBC >= 0 && fromC >= 0 {
    return b + (c - b) * (alongBC / (alongBC + fromC))
  }
  let total = besideAB + besideAC + besideBC
  return a + ab * (besideAC / total) + ac * (besideAB / total)
}
