/// One implicit step of the diffusion of what the vertices of a mesh hold, along the mesh.
///
/// Solves (M + t W) x = M x0, with M the areas of the vertices, W the cotangent weights and t = scale² / 2, by
/// conjugate gradients with the diagonal as preconditioner; Hestenes & Stiefel 1952, doi:10.6028/jres.049.044.
package struct ImplicitDiffusion: Sendable {
  private let areas: [Double]
  /// t times the weight of every edge; those of a vertex lie together.
  private let links: [Link]
  /// Where the edges of each vertex begin, and one more entry for their end. Those that are not free have none.
  private let starts: [Int]
  /// Of the matrix; 0 for a vertex that is not free.
  private let inverseDiagonal: [Double]

  private struct Link {
    let vertex: Int
    let weight: Double
  }

  /// - Parameters:
  ///   - scale: The standard deviation of what a point spreads to, along one direction of the surface, in units.
  ///   - isFree: Vertices that are not keep what they hold.
  ///   - largestWeight: What greater cotangents are taken for. Ends of edges that face no angle but tiny ones all but
  ///     hold the same, and it takes the search long to find how much the same.
  package init(
    on mesh: TriangleMesh, _ fans: VertexFans, scale: Double, isFree: [Bool],
    largestWeight: Double = .infinity
  ) {
    let areas = mesh.vertexAreas()
    let time = scale * scale / 2
    let weights = mesh.cotangentWeights(fans).map { time * min($0, largestWeight) }
    var (links, starts) = ([Link](), [0])
    links.reserveCapacity(fans.corners.count)
    var inverseDiagonal: [Double] = []
    for vertex in areas.indices {
      let fan = fans.fan(vertex)
      let start = Int(fans.starts[vertex])
      var diagonal = isFree[vertex] ? areas[vertex] : 0
      for i in fan.indices where isFree[vertex] && weights[start + i] > 0 {
        links.append(Link(vertex: Int(fan[i].first), weight: weights[start + i]))
        diagonal += weights[start + i]
      }
      starts.append(links.count)
      inverseDiagonal.append(diagonal > 0 ? 1 / diagonal : 0)
    }
    (self.areas, self.links, self.starts) = (areas, links, starts)
    self.inverseDiagonal = inverseDiagonal
  }

  /// What the vertices hold after the step.
  /// - Parameter tolerance: The search ends when the residual is this part of the first one.
  package func applied(to start: [SIMD3<Double>], tolerance: Double = 1e-9) -> [SIMD3<Double>] {
    solution(from: start, tolerance)
  }

  /// The same for two numbers a vertex.
  package func applied(to start: [SIMD2<Double>], tolerance: Double) -> [SIMD2<Double>] {
    solution(from: start, tolerance)
  }

  @inline(__always)
  private func solution<Vector: SIMD<Double>>(
    from start: [Vector], _ tolerance: Double
  ) -> [Vector] {
    var x = start
    var image = Array(repeating: Vector.zero, count: x.count)
    _ = multiply(x, into: &image)
    // The right side is M start, and so the residual of the start is -t W start.
    var residual = x.indices.map {
      inverseDiagonal[$0] > 0 ? areas[$0] * start[$0] - image[$0] : .zero
    }
    var direction = x.indices.map { inverseDiagonal[$0] * residual[$0] }
    var norm = product(residual, direction)
    let goal = norm * (tolerance * tolerance)
    for _ in 0..<1000 {
      guard any(norm .> goal) else { break }
      let step = quotient(norm, multiply(direction, into: &image))
      let newNorm = descend(&x, &residual, along: direction, image, step)
      turn(&direction, to: residual, keeping: quotient(newNorm, norm))
      norm = newNorm
    }
    return x
  }

  /// Goes a step; returns the product of the residual with itself, by the preconditioner.
  @inline(__always)
  private func descend<Vector: SIMD<Double>>(
    _ x: inout [Vector], _ residual: inout [Vector], along direction: [Vector],
    _ image: [Vector], _ step: Vector
  ) -> Vector {
    var x = x.mutableSpan
    var residual = residual.mutableSpan
    var norm = Vector.zero
    for vertex in x.indices {
      x[vertex] += step * direction[vertex]
      let left = residual[vertex] - step * image[vertex]
      residual[vertex] = left
      norm += left * left * inverseDiagonal[vertex]
    }
    return norm
  }

  @inline(__always)
  private func turn<Vector: SIMD<Double>>(
    _ direction: inout [Vector], to residual: [Vector], keeping share: Vector
  ) {
    var direction = direction.mutableSpan
    for vertex in direction.indices {
      direction[vertex] = inverseDiagonal[vertex] * residual[vertex] + share * direction[vertex]
    }
  }

  /// The matrix times x, where W x is the weighted sum of the differences to the neighbours; returns its product with x.
  @inline(__always)
  private func multiply<Vector: SIMD<Double>>(
    _ x: [Vector], into image: inout [Vector]
  ) -> Vector {
    var sum = Vector.zero
    unsafe x.withUnsafeBufferPointer { x in
      unsafe links.withUnsafeBufferPointer { links in
        var image = image.mutableSpan
        // SAFETY: links lead to vertices of the mesh, and their places are those that they were given in `init`.
        for vertex in image.indices where inverseDiagonal[vertex] > 0 {
          let here = unsafe x[vertex]
          var row = areas[vertex] * here
          for i in starts[vertex]..<starts[vertex + 1] {
            unsafe row += links[i].weight * (here - x[links[i].vertex])
          }
          image[vertex] = row
          sum += here * row
        }
      }
    }
    return sum
  }

  @inline(__always)
  private func product<Vector: SIMD<Double>>(_ a: [Vector], _ b: [Vector]) -> Vector {
    var sum = Vector.zero
    for vertex in a.indices { sum += a[vertex] * b[vertex] }
    return sum
  }

  /// 0 for a coordinate that is solved already.
  @inline(__always)
  private func quotient<Vector: SIMD<Double>>(_ a: Vector, _ b: Vector) -> Vector {
    (a / b).replacing(with: 0, where: b .== 0)
  }
}

extension TriangleMesh {
  /// A third of the area of the triangles around each vertex, in square units.
  package func vertexAreas() -> [Double] {
    var areas = [Double](repeating: 0, count: positions.count)
    for triangle in triangles {
      let share = length(normalVector(of: triangle)) / 6
      for corner in [triangle.a, triangle.b, triangle.c] { areas[Int(corner)] += share }
    }
    return areas
  }
}
