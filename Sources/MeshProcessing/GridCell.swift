/// The cell of a cubic grid that a point lies in, for cells of a given size from the origin on.
///
/// Points that are farther away than a million million cells share the outermost one; a coordinate that is
/// no number counts as 0.
@inline(__always)
func gridCell(of point: SIMD3<Double>, size: Double) -> SIMD3<Int64> {
  func number(_ coordinate: Double) -> Int64 {
    let place = (coordinate / size).rounded(.down)
    return place.isNaN ? 0 : Int64(max(-1e12, min(1e12, place)))
  }
  return SIMD3(number(point.x), number(point.y), number(point.z))
}
