internal import Volumes

/// The mean of the neighbours of every vertex, plain or weighted: what iterated smoothing is made of.
///
/// Vertices are worked on in fixed pieces, so that a large mesh in one part keeps all processors busy.
///
/// Points have a fourth coordinate that says nothing: vectors of four floats are what processors have.
struct NeighbourMeans: Sendable {
  private static let pieceSize = 1 << 14
  private let starts: [Int32]
  private let neighbours: [UInt32]
  /// Of each neighbour, adding up to 1 around a vertex; empty when all neighbours count the same.
  private let weights: [Float]

  /// - Parameters:
  ///   - isFree: The others have no neighbours: their mean is where they are.
  ///   - weights: Of the corners of the fans, for the edge to `first`; none for equal ones.
  init(_ fans: VertexFans, _ isFree: [Bool], weights: [Double] = []) {
    var starts = [Int32](repeating: 0, count: fans.vertexCount + 1)
    for vertex in 0..<fans.vertexCount {
      starts[vertex + 1] =
        starts[vertex] + (isFree[vertex] ? fans.starts[vertex + 1] - fans.starts[vertex] : 0)
    }
    self.starts = starts
    neighbours = Self.gathered(fans, starts) { _, corner in fans.corners[corner].first }
    guard !weights.isEmpty else {
      self.weights = []
      return
    }
    self.weights = Self.gathered(fans, starts) { corners, corner in
      let total = weights[corners].reduce(0, +)
      return Float(total > 0 ? weights[corner] / total : 1 / Double(corners.count))
    }
  }

  /// A value for every neighbour, from the corners of its fan and the one that leads to it.
  private static func gathered<Value: BitwiseCopyable>(
    _ fans: VertexFans, _ starts: [Int32],
    _ value: @Sendable (_ corners: Range<Int>, _ corner: Int) -> Value
  ) -> [Value] {
    let total = Int(starts[fans.vertexCount])
    return unsafe Array(unsafeUninitializedCapacity: total) { buffer, count in
      count = total
      guard total > 0 else { return }
      let target = unsafe DisjointWrites(buffer)
      Parallel.forEach(Parallel.pieces(of: fans.vertexCount, size: pieceSize)) { piece in
        for vertex in piece where starts[vertex] < starts[vertex + 1] {
          let corners = Int(fans.starts[vertex])..<Int(fans.starts[vertex + 1])
          let shift = Int(starts[vertex]) - corners.lowerBound
          for corner in corners {
            // SAFETY: every vertex has places of its own and belongs to one piece.
            unsafe target.base[corner + shift] = value(corners, corner)
          }
        }
      }
    }
  }

  /// What becomes of a vertex in a pass: a share of where it is, of the step to the mean of its
  /// neighbours, and of what the result held before.
  private struct Combination {
    var here: Float
    var step: Float
    var before: Float = 0
  }

  /// Sets every vertex to a combination, and adds a multiple of what is given for it.
  private func pass(
    _ values: [SIMD4<Float>], onto result: inout [SIMD4<Float>], _ combination: Combination,
    adding given: [SIMD4<Float>] = [], times factor: Float = 0
  ) {
    let pieces = Parallel.pieces(of: values.count, size: Self.pieceSize)
    unsafe result.withUnsafeMutableBufferPointer { buffer in
      guard !buffer.isEmpty else { return }
      let target = unsafe DisjointWrites(buffer)
      Parallel.forEach(pieces) { piece in
        for vertex in piece {
          let here = values[vertex]
          let step = mean(of: values, around: vertex) - here
          // SAFETY: every vertex belongs to one piece.
          let before = unsafe target.base[vertex]
          var sum = here * combination.here + step * combination.step + before * combination.before
          if !given.isEmpty { sum += given[vertex] * factor }
          unsafe target.base[vertex] = sum
        }
      }
    }
  }

  @inline(__always)
  private func mean(of values: [SIMD4<Float>], around vertex: Int) -> SIMD4<Float> {
    let (start, end) = (Int(starts[vertex]), Int(starts[vertex + 1]))
    if start == end { return values[vertex] }
    var mean = SIMD4<Float>.zero
    if weights.isEmpty {
      for index in start..<end { mean += values[Int(neighbours[index])] }
      return mean * (1 / Float(end - start))
    }
    for index in start..<end { mean += values[Int(neighbours[index])] * weights[index] }
    return mean
  }

  /// Moves every vertex towards the mean of its neighbours, by each of the fractions of the way in turn.
  func stepping(_ positions: [SIMD4<Float>], _ factors: [Float]) -> [SIMD4<Float>] {
    var (current, moved) = (positions, positions)
    for factor in factors {
      pass(current, onto: &moved, Combination(here: 1, step: factor))
      swap(&current, &moved)
    }
    return current
  }

  /// Steps against the Laplacian of the Laplacian by a quarter, the largest that is stable.
  func bilaplacian(_ positions: [SIMD4<Float>], _ count: Int) -> [SIMD4<Float>] {
    var (current, laplacian) = (positions, positions)
    for _ in 0..<count {
      pass(current, onto: &laplacian, Combination(here: 0, step: 1))
      pass(laplacian, onto: &current, Combination(here: 0, step: -0.25, before: 1))
    }
    return current
  }

  /// Laplacian steps to the full mean, and half of the way back by the mean of what the vertex and its
  /// neighbours have moved.
  func humphrey(_ positions: [SIMD4<Float>], _ count: Int) -> [SIMD4<Float>] {
    var (current, step) = (positions, positions)
    for _ in 0..<count {
      pass(current, onto: &step, Combination(here: 0, step: 1))
      for vertex in current.indices { current[vertex] += step[vertex] }
      // Half of (here + mean) of the steps.
      pass(step, onto: &current, Combination(here: -1, step: -0.5, before: 1))
    }
    return current
  }

  /// The polynomial filter of Taubin, Zhang & Golub: the ideal low-pass filter in Chebyshev polynomials
  /// of the mean, damped by a Hamming window and scaled so that what is constant stays.
  ///
  /// Summed from the highest degree down, which takes one pass a degree (Clenshaw 1955,
  /// doi:10.1090/S0025-5718-1955-0071856-0).
  func windowedSinc(_ positions: [SIMD4<Float>], _ count: Int) -> [SIMD4<Float>] {
    let coefficients = WindowedSinc(degree: count).coefficients.map { Float($0) }
    var older = [SIMD4<Float>](repeating: .zero, count: positions.count)
    var current = older
    for coefficient in coefficients.dropFirst().reversed() {
      let twice = Combination(here: 2, step: 2, before: -1)
      pass(current, onto: &older, twice, adding: positions, times: coefficient)
      swap(&older, &current)
    }
    let once = Combination(here: 1, step: 1, before: -1)
    pass(current, onto: &older, once, adding: positions, times: coefficients[0])
    return older
  }
}
