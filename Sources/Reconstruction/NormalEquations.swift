/// Linear least squares with at most eight unknowns, one observation after another.
struct NormalEquations {
  private let unknowns: Int
  private var matrix: [SIMD8<Double>]
  private var right = SIMD8<Double>.zero
  private var squares = 0.0
  private(set) var count = 0

  init(unknowns: Int) {
    precondition((1...8).contains(unknowns), "1 to 8 unknowns, got \(unknowns)")
    self.unknowns = unknowns
    matrix = Array(repeating: .zero, count: unknowns)
  }

  /// Equations whose sums over the observations are known already.
  init(matrix: [SIMD8<Double>], right: SIMD8<Double>) {
    self.init(unknowns: matrix.count)
    self.matrix = matrix
    self.right = right
  }

  /// - Parameter model: What each unknown is multiplied by; 0 beyond the last one.
  @inline(__always)
  mutating func add(_ model: SIMD8<Double>, value: Double) {
    for i in 0..<unknowns { matrix[i] += model[i] * model }
    right += value * model
    squares += value * value
    count += 1
  }

  struct Solution {
    let values: SIMD8<Double>
    /// The inverse of the matrix: times the variance of an observation it is the covariance of the values.
    let inverse: [SIMD8<Double>]
    /// The root mean square of what the solution leaves of the observations.
    let residual: Double
  }

  /// `nil` where the observations do not tell the unknowns apart. One that no observation depends on is 0.
  func solved() -> Solution? {
    var (left, inverse) = (matrix, [SIMD8<Double>](repeating: .zero, count: unknowns))
    for i in 0..<unknowns {
      inverse[i][i] = 1
      if matrix[i][i] <= 1e-6 * matrix[0][0] {
        for j in 0..<unknowns { (left[i][j], left[j][i]) = (0, 0) }
        left[i][i] = 1
      }
    }
    // Gauss and Jordan; the matrix is positive definite, so that no pivot has to be sought.
    for i in 0..<unknowns {
      let pivot = left[i][i]
      guard pivot > 1e-12 * matrix[i][i], pivot > 0 else { return nil }
      left[i] /= pivot
      inverse[i] /= pivot
      for j in 0..<unknowns where j != i {
        let factor = left[j][i]
        left[j] -= factor * left[i]
        inverse[j] -= factor * inverse[i]
      }
    }
    var values = SIMD8<Double>.zero
    for i in 0..<unknowns { values[i] = (inverse[i] * right).sum() }
    guard (0..<unknowns).allSatisfy({ values[$0].isFinite }) else { return nil }
    let rest = max(squares - (values * right).sum(), 0)
    return Solution(
      values: values, inverse: inverse, residual: (rest / Double(max(1, count))).squareRoot())
  }
}
