extension TriangleMesh {
  /// The positions after one implicit step of the flow along mean curvature.
  ///
  /// Solves (M + t W) x = M x0, with M the areas of the vertices, W the cotangent weights and
  /// t = scale² / 2, by conjugate gradients, all three coordinates at once. Vertices that are not free
  /// stay where they are.
  func flowed(scale: Double, _ fans: VertexFans, _ isFree: [Bool]) -> [SIMD3<Float>] {
    let system = ImplicitFlow(
      areas: vertexAreas(), weights: cotangentWeights(fans), fans: fans, isFree: isFree,
      time: scale * scale / 2)
    return system.solution(from: positions.map { SIMD3<Double>($0) }).map { SIMD3<Float>($0) }
  }

  /// A third of the area of the triangles around every vertex.
  private func vertexAreas() -> [Double] {
    var areas = [Double](repeating: 0, count: positions.count)
    for triangle in triangles {
      let share = length(normalVector(of: triangle)) / 6
      areas[Int(triangle.a)] += share
      areas[Int(triangle.b)] += share
      areas[Int(triangle.c)] += share
    }
    return areas
  }
}

/// The symmetric positive definite system of an implicit step.
private struct ImplicitFlow {
  let areas: [Double]
  let weights: [Double]
  let fans: VertexFans
  let isFree: [Bool]
  let time: Double

  /// Solves by conjugate gradients with the diagonal as preconditioner; Hestenes & Stiefel 1952,
  /// doi:10.6028/jres.049.044.
  ///
  /// It ends when the residual is a billionth of the first one.
  func solution(from start: [SIMD3<Double>]) -> [SIMD3<Double>] {
    var x = start
    // The right side is M start, and so the residual of the start is -t W start.
    var residual = zip(applied(to: start), start.indices).map { image, vertex in
      isFree[vertex] ? areas[vertex] * start[vertex] - image : .zero
    }
    let scaling = inverseDiagonal()
    var z = zip(residual, scaling).map { $0 * $1 }
    var direction = z
    var norm = product(residual, z)
    let goal = norm * 1e-18
    for _ in 0..<1000 {
      guard any(norm .> goal) else { break }
      let image = applied(to: direction)
      let step = quotient(norm, product(direction, image))
      for vertex in x.indices {
        x[vertex] += step * direction[vertex]
        residual[vertex] -= step * (isFree[vertex] ? image[vertex] : .zero)
        z[vertex] = residual[vertex] * scaling[vertex]
      }
      let newNorm = product(residual, z)
      let share = quotient(newNorm, norm)
      for vertex in direction.indices { direction[vertex] = z[vertex] + share * direction[vertex] }
      norm = newNorm
    }
    return x
  }

  /// (M + t W) x, where W x is the weighted sum of the differences to the neighbours.
  private func applied(to x: [SIMD3<Double>]) -> [SIMD3<Double>] {
    x.indices.map { vertex in
      guard isFree[vertex] else { return .zero }
      let fan = fans.fan(vertex)
      let start = Int(fans.starts[vertex])
      var difference = SIMD3<Double>.zero
      for i in fan.indices {
        difference += weights[start + i] * (x[vertex] - x[Int(fan[i].first)])
      }
      return areas[vertex] * x[vertex] + time * difference
    }
  }

  private func inverseDiagonal() -> [Double] {
    areas.indices.map { vertex in
      let corners = Int(fans.starts[vertex])..<Int(fans.starts[vertex + 1])
      let diagonal = areas[vertex] + time * weights[corners].reduce(0, +)
      return diagonal > 0 ? 1 / diagonal : 0
    }
  }

  private func product(_ a: [SIMD3<Double>], _ b: [SIMD3<Double>]) -> SIMD3<Double> {
    var sum = SIMD3<Double>.zero
    for vertex in a.indices { sum += a[vertex] * b[vertex] }
    return sum
  }

  /// 0 for a coordinate that is solved already.
  private func quotient(_ a: SIMD3<Double>, _ b: SIMD3<Double>) -> SIMD3<Double> {
    (a / b).replacing(with: 0, where: b .== 0)
  }
}
