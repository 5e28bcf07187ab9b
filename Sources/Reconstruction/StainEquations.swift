internal import Volumes

/// The equations for what an image tells of the stain of an object.
///
/// The stain and its mean are described by numbers that have the variance 1 and know nothing of each other before
/// anything is seen (``StainField``). With what the voxels along a normal show of the stain, less what a displacement of
/// the surface would look like there,
///
///      (1 + shownᵀ · shown) · numbers  =  shownᵀ · left
///
/// and the inverse of the matrix is the covariance that remains (Bayesian linear regression; Rasmussen & Williams 2006,
/// chapter 2). The displacement of each voxel of the surface is free: what it can explain tells nothing of the stain.
struct StainEquations {
  let stain: StainField
  /// The standard deviation of the mean of the stain.
  private let meanDeviation: Float
  private let evidence: [StainEvidence]
  /// Where the sums over what shows the displacement of a voxel of the surface are kept.
  private let column: [Int]
  /// 1 over the sum of squares of what shows it.
  private let shares: [Float]
  private let inverseDiagonal: [Float]

  init(_ evidence: [StainEvidence], of stain: StainField, meanDeviation: Double) {
    (self.evidence, self.stain) = (evidence, stain)
    self.meanDeviation = Float(meanDeviation)
    var columns: [Int: Int] = [:]
    column = evidence.map { seen in
      let column = columns[seen.foot] ?? columns.count
      columns[seen.foot] = column
      return column
    }
    var shown = [Float](repeating: 0, count: stain.cells.voxelCount)
    var squares = [Float](repeating: 0, count: columns.count)
    for (seen, column) in zip(evidence, column) {
      shown[seen.place] += seen.stain * seen.stain
      squares[column] += seen.displacement * seen.displacement
    }
    shares = squares.map { $0 > 0 ? 1 / $0 : 0 }
    let ofMean = self.meanDeviation * self.meanDeviation * shown.reduce(0, +)
    inverseDiagonal = (stain.diagonal(shown) + [ofMean]).map { 1 / (1 + $0) }
  }

  /// What the numbers make of every cell.
  func stain(of numbers: [Float]) -> [Float] {
    let mean = meanDeviation * numbers[stain.nodeCount]
    return stain.spread(Array(numbers.dropLast())).map { $0 + mean }
  }

  /// What a weighted sum over the cells is a product of the numbers with.
  func numbers(weighing cells: [Float]) -> [Float] {
    stain.gathered(cells) + [meanDeviation * cells.reduce(0, +)]
  }

  /// The expected numbers.
  var expected: [Float] { solution(for: summed { $0.left }) }

  /// The variance of a weighted sum over the cells that remains.
  func remainingVariance(weighing cells: [Float]) -> Double {
    let numbers = numbers(weighing: cells)
    return max(dot(numbers, solution(for: numbers)), 0)
  }

  /// The matrix times numbers.
  private func product(_ numbers: [Float]) -> [Float] {
    let stain = stain(of: numbers)
    var product = summed { $0.stain * stain[$0.place] }
    for i in product.indices { product[i] += numbers[i] }
    return product
  }

  /// shownᵀ · values.
  @inline(__always)
  private func summed(_ value: (StainEvidence) -> Float) -> [Float] {
    var displacements = [Float](repeating: 0, count: shares.count)
    for (seen, column) in zip(evidence, column) {
      displacements[column] += seen.displacement * value(seen)
    }
    for column in shares.indices { displacements[column] *= shares[column] }
    var cells = [Float](repeating: 0, count: stain.cells.voxelCount)
    for (seen, column) in zip(evidence, column) {
      cells[seen.place] +=
        seen.stain * (value(seen) - seen.displacement * displacements[column])
    }
    return numbers(weighing: cells)
  }

  /// The search ends when the residual is this part of the right side.
  private static let tolerance = 1e-3
  private static let rounds = 200

  /// By conjugate gradients with the diagonal as preconditioner; Hestenes & Stiefel 1952, doi:10.6028/jres.049.044.
  private func solution(for right: [Float]) -> [Float] {
    var solution = [Float](repeating: 0, count: right.count)
    var residual = right
    var direction = zip(right, inverseDiagonal).map { $0 * $1 }
    var norm = dot(residual, direction)
    let goal = norm * Self.tolerance * Self.tolerance
    for _ in 0..<Self.rounds where norm > goal {
      let image = product(direction)
      let step = Float(norm / dot(direction, image))
      for i in solution.indices {
        solution[i] += step * direction[i]
        residual[i] -= step * image[i]
      }
      let conditioned = zip(residual, inverseDiagonal).map { $0 * $1 }
      let next = dot(residual, conditioned)
      let part = Float(next / norm)
      for i in direction.indices { direction[i] = conditioned[i] + part * direction[i] }
      norm = next
    }
    return solution
  }
}

private func dot(_ a: [Float], _ b: [Float]) -> Double {
  a.indices.reduce(0) { $0 + Double(a[$1]) * Double(b[$1]) }
}
