internal import CAssimp

/// A linear map and a shift, as a node of a scene has it.
struct AffineMap {
  static let identity = AffineMap(
    columns: (SIMD3(1, 0, 0), SIMD3(0, 1, 0), SIMD3(0, 0, 1)), shift: .zero)

  private let columns: (SIMD3<Double>, SIMD3<Double>, SIMD3<Double>)
  private let shift: SIMD3<Double>

  private init(
    columns: (SIMD3<Double>, SIMD3<Double>, SIMD3<Double>), shift: SIMD3<Double>
  ) {
    self.columns = columns
    self.shift = shift
  }

  init(_ matrix: aiMatrix4x4) {
    self.init(
      columns: (
        SIMD3(Double(matrix.a1), Double(matrix.b1), Double(matrix.c1)),
        SIMD3(Double(matrix.a2), Double(matrix.b2), Double(matrix.c2)),
        SIMD3(Double(matrix.a3), Double(matrix.b3), Double(matrix.c3))
      ), shift: SIMD3(Double(matrix.a4), Double(matrix.b4), Double(matrix.c4)))
  }

  func image(of place: SIMD3<Double>) -> SIMD3<Double> {
    linear(place) + shift
  }

  /// The map that does `inner` first, then this one.
  func followed(by inner: AffineMap) -> AffineMap {
    AffineMap(
      columns: (linear(inner.columns.0), linear(inner.columns.1), linear(inner.columns.2)),
      shift: image(of: inner.shift))
  }

  /// Negative for a map that mirrors.
  var determinant: Double {
    let (a, b, c) = columns
    let cross = SIMD3(
      b.y * c.z - b.z * c.y, b.z * c.x - b.x * c.z, b.x * c.y - b.y * c.x)
    return (a * cross).sum()
  }

  private func linear(_ vector: SIMD3<Double>) -> SIMD3<Double> {
    let (x, y, z) = (columns.0 * vector.x, columns.1 * vector.y, columns.2 * vector.z)
    return x + y + z
  }
}
