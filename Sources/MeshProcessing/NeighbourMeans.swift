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
    var starts: [Int32] = [0]
    var neighbours: [UInt32] = []
    var shares: [Float] = []
    starts.reserveCapacity(fans.starts.count)
    neighbours.reserveCapacity(fans.corners.count)
    for vertex in 0..<fans.vertexCount {
      if isFree[vertex] {
        let corners = Int(fans.starts[vertex])..<Int(fans.starts[vertex + 1])
        neighbours += fans.corners[corners].lazy.map(\.first)
        if !weights.isEmpty {
          let total = weights[corners].reduce(0, +)
          shares += weights[corners].lazy.map {
            Float(total > 0 ? $0 / total : 1 / Double(corners.count))
          }
        }
      }
      starts.append(Int32(neighbours.count))
    }
    self.starts = starts
    self.neighbours = neighbours
    self.weights = shares
  }

  /// Sets every vertex to a combination of its value and the mean of its neighbours' values.
  @inline(__always)
  private func combine(
    _ values: [SIMD4<Float>], into result: inout [SIMD4<Float>],
    _ combination:
      @Sendable (
        _ here: SIMD4<Float>, _ mean: SIMD4<Float>, _ vertex: Int
      ) -> SIMD4<Float>
  ) {
    combine(values, onto: &result) { here, mean, _, vertex in combination(here, mean, vertex) }
  }

  /// The same with what the result held before.
  @inline(__always)
  private func combine(
    _ values: [SIMD4<Float>], onto result: inout [SIMD4<Float>],
    _ combination:
      @Sendable (
        _ here: SIMD4<Float>, _ mean: SIMD4<Float>, _ before: SIMD4<Float>, _ vertex: Int
      ) -> SIMD4<Float>
  ) {
    let pieces = Parallel.pieces(of: values.count, size: Self.pieceSize)
    unsafe result.withUnsafeMutableBufferPointer { buffer in
      guard !buffer.isEmpty else { return }
      let target = unsafe DisjointWrites(buffer)
      Parallel.forEach(pieces) { piece in
        let values = values.span
        let (starts, neighbours, weights) = (starts.span, neighbours.span, weights.span)
        var end = Int(starts[piece.lowerBound])
        for vertex in piece {
          let start = end
          end = Int(starts[vertex + 1])
          let here = values[vertex]
          var mean = SIMD4<Float>.zero
          if start == end {
            mean = here
          } else if weights.isEmpty {
            for index in start..<end { mean += values[Int(neighbours[index])] }
            mean *= 1 / Float(end - start)
          } else {
            for index in start..<end { mean += values[Int(neighbours[index])] * weights[index] }
          }
          // SAFETY: every vertex belongs to one piece.
          unsafe target.base[vertex] = combination(here, mean, unsafe target.base[vertex], vertex)
        }
      }
    }
  }

  /// Moves every vertex towards the mean of its neighbours, by each of the fractions of the way in turn.
  func stepping(_ positions: [SIMD4<Float>], _ factors: [Float]) -> [SIMD4<Float>] {
    var (current, moved) = (positions, positions)
    for factor in factors {
      combine(current, into: &moved) { here, mean, _ in here + (mean - here) * factor }
      swap(&current, &moved)
    }
    return current
  }

  /// Steps against the Laplacian of the Laplacian by a quarter, the largest that is stable.
  func bilaplacian(_ positions: [SIMD4<Float>], _ count: Int) -> [SIMD4<Float>] {
    var (current, first, second) = (positions, positions, positions)
    for _ in 0..<count {
      combine(current, into: &first) { here, mean, _ in mean - here }
      combine(first, into: &second) { here, mean, _ in mean - here }
      for vertex in current.indices { current[vertex] -= second[vertex] * 0.25 }
    }
    return current
  }

  /// Laplacian steps to the full mean, and half of the way back by the mean of what the vertex and its
  /// neighbours have moved.
  func humphrey(_ positions: [SIMD4<Float>], _ count: Int) -> [SIMD4<Float>] {
    var (current, step, mean) = (positions, positions, positions)
    for _ in 0..<count {
      combine(current, into: &mean) { _, mean, _ in mean }
      for vertex in step.indices { step[vertex] = mean[vertex] - current[vertex] }
      let full = mean
      combine(step, into: &current) { here, around, vertex in
        full[vertex] - (here + around) * 0.5
      }
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
      combine(current, onto: &older) { _, mean, before, vertex in
        positions[vertex] * coefficient + mean * 2 - before
      }
      swap(&older, &current)
    }
    combine(current, onto: &older) { _, mean, before, vertex in
      positions[vertex] * coefficients[0] + mean - before
    }
    return older
  }
}
