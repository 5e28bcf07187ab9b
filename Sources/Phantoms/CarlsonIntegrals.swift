/// Carlson's symmetric elliptic integral of the second kind: the mean of sqrt(x l² + y m² + z n²) over
/// all directions (l, m, n). The arguments must be positive.
///
/// Carlson 1995, doi:10.1007/BF02198293.
func carlsonRG(_ x: Double, _ y: Double, _ z: Double) -> Double {
  // With z between the other two, no term cancels another.
  let sorted = [x, y, z].sorted()
  let (low, middle, high) = (sorted[0], sorted[1], sorted[2])
  let (first, second) = carlsonRFAndRD(low, high, middle)
  return
    (middle * first + (middle - low) * (high - middle) * second / 3
    + (low * high / middle).squareRoot()) / 2
}

/// The integrals R_F and R_D, by the duplication theorem: each step brings the arguments four times
/// closer together, until they are equal to rounding.
private func carlsonRFAndRD(_ x: Double, _ y: Double, _ z: Double) -> (Double, Double) {
  var (x, y, z) = (x, y, z)
  var sum = 0.0
  var factor = 1.0
  for _ in 0..<40 {
    let (rootX, rootY, rootZ) = (x.squareRoot(), y.squareRoot(), z.squareRoot())
    let lambda = rootX * rootY + rootY * rootZ + rootZ * rootX
    sum += factor / (rootZ * (z + lambda))
    factor /= 4
    (x, y, z) = ((x + lambda) / 4, (y + lambda) / 4, (z + lambda) / 4)
  }
  return (1 / z.squareRoot(), 3 * sum + factor / (z * z.squareRoot()))
}
