/// The cell of a cubic grid that a point lies in, for cells of a given size from the origin on.
///
/// Points that are farther away than a million million cells share the outermost one; a coordinate that is
/// no number counts as 0.
func gridCell<Scalar: BinaryFloatingPoint>(
  of point: SIMD3<Scalar>, size: Scalar
) -> SIMD3<Int64> {
  let place = (point / size).rounded(.down)
  let numbers = place.replacing(with: 0, where: place .!= place)
  let limit = Scalar(1e12)
  return SIMD3<Int64>(
    numbers.clamped(
      lowerBound: SIMD3(repeating: -limit), upperBound: SIMD3(repeating: limit)))
}
