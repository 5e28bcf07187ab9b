/// One implicit step of the diffusion of what the vertices of a mesh hold, along the mesh.
///
/// Solves (M + t W) x = M x0, with M the areas of the vertices, W the cotangent weights and t = scale² / 2, by
/// conjugate gradients with the diagonal as preconditioner; Hestenes & Stiefel 1952, doi:10.6028/jres.049.044.
package struct ImplicitDiffusion: Sendable {
  private let areas: [Double]
  private let weights: [Double]
  private let fans: VertexFans
  private let isFree: [Bool]
  private let time: Double

  /// - Parameters:
  ///   - scale: The standard deviation of what a point spreads to, along one direction of the surface, in units.
  ///   - isFree: Vertices that are not keep what they hold.
  package init(on mesh: TriangleMesh, _ fans: VertexFans, scale: Double, isFree: [Bool]) {
    areas = mesh.vertexAreas()
    weights = mesh.cotangentWeights(fans)
    self.fans = fans
    self.isFree = isFree
    time = scale * scale / 2
  }

  /// What the vertices hold after the step.
  /// - Parameter tolerance: The search ends when the residual is this part of the first one.
  package func applied(to start: [SIMD3<Double>], tolerance: Double = 1e-9) -> [SIMD3<Double>] {
    var x = start
    // The right side is M start, and so the residual of the start is -t W start.
    var residual = zip(image(of: start), start.indices).map { image, vertex in
      isFree[vertex] ? areas[vertex] * start[vertex] - image : .zero
    }
    let scaling = inverseDiagonal()
    var z = zip(residual, scaling).map { $0 * $1 }
    var direction = z
    var norm = product(residual, z)
    let goal = norm * (tolerance * tolerance)
    for _ in 0..<1000 {
      guard any(norm .> goal) else { break }
      let image = image(of: direction)
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
  private func image(of x: [SIMD3<Double>]) -> [SIMD3<Double>] {
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

extension TriangleMesh {
  /// A third of the area of the triangles around every vertex.
  fileprivate func vertexAreas() -> [Double] {
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
