/// A way to smooth a mesh by moving its vertices.
public enum Smoothing: Sendable, Hashable {
  /// Every vertex moves half of the way to the mean of its neighbours, again and again.
  ///
  /// Shrinks the surface; see `preservingVolume`. Field 1988, doi:10.1002/cnm.1630040603.
  case laplacian(iterations: Int)
  /// Every iteration is a step inwards with factor 0.5 and a step outwards with factor -0.53, which
  /// together leave everything longer than about ten edges almost as it is.
  ///
  /// Taubin 1995, doi:10.1145/218380.218473.
  case taubin(iterations: Int)

  /// The factors of the steps, in order.
  fileprivate var factors: [Double] {
    switch self {
    case .laplacian(let iterations): Array(repeating: 0.5, count: iterations)
    case .taubin(let iterations): Array(repeating: [0.5, -0.53], count: iterations).flatMap { $0 }
    }
  }
}

extension TriangleMesh {
  /// Smooths the mesh in place. Triangles stay as they are; vertices on an open border do not move.
  ///
  /// - Parameter preservingVolume: Afterwards moves every vertex by the same distance along its
  ///   normal, so that a closed mesh encloses the volume that it had.
  public mutating func smooth(by method: Smoothing, preservingVolume: Bool = true) {
    guard !method.factors.isEmpty, !isEmpty else { return }
    let neighbours = VertexNeighbours(self)
    let volume = signedVolume
    var current = positions
    var moved = positions
    for factor in method.factors {
      neighbours.step(from: current, to: &moved, factor: Float(factor))
      swap(&current, &moved)
    }
    positions = current
    if preservingVolume && neighbours.isClosed { inflate(toVolume: volume) }
  }

  /// The mesh smoothed.
  public func smoothed(by method: Smoothing, preservingVolume: Bool = true) -> TriangleMesh {
    var mesh = self
    mesh.smooth(by: method, preservingVolume: preservingVolume)
    return mesh
  }

  /// Moves all vertices along their normals by one distance, so that the volume becomes as given.
  ///
  /// The volume is a cubic polynomial of the distance, whose coefficients are summed in one pass.
  private mutating func inflate(toVolume target: Double) {
    let normals = vertexNormals()
    let apex = positions.first.map { SIMD3<Double>($0) } ?? .zero
    var coefficients = SIMD4<Double>.zero
    for triangle in triangles {
      let (a, b, c) = corners(triangle)
      let (p, q, r) = (a - apex, b - apex, c - apex)
      let (u, v, w) = (
        normals[Int(triangle.a)], normals[Int(triangle.b)], normals[Int(triangle.c)]
      )
      let (flat, tilted) = (cross(q, r), cross(q, w) + cross(v, r))
      let bent = cross(v, w)
      coefficients += SIMD4(
        dot(p, flat), dot(u, flat) + dot(p, tilted), dot(u, tilted) + dot(p, bent), dot(u, bent))
    }
    coefficients /= 6
    var distance = 0.0
    for _ in 0..<8 {
      let powers = SIMD4(1, distance, distance * distance, distance * distance * distance)
      let slopes = SIMD4(0, 1, 2 * distance, 3 * distance * distance)
      let slope = (coefficients * slopes).sum()
      guard slope > 0 else { return }
      distance += (target - (coefficients * powers).sum()) / slope
    }
    guard distance.isFinite else { return }
    for vertex in positions.indices {
      positions[vertex] += SIMD3<Float>(distance * normals[vertex])
    }
  }
}

/// For every vertex the vertices that it shares an edge with, in one flat list.
struct VertexNeighbours {
  private let starts: [Int32]
  private let neighbours: [UInt32]
  /// No vertex lies on an open border.
  let isClosed: Bool

  /// Vertices on an open border get no neighbours: they are to stay where they are.
  init(_ mesh: TriangleMesh) {
    let fans = VertexFans(mesh)
    var starts: [Int32] = [0]
    var neighbours: [UInt32] = []
    starts.reserveCapacity(fans.starts.count)
    neighbours.reserveCapacity(fans.corners.count)
    var isClosed = true
    for vertex in 0..<fans.vertexCount {
      let fan = fans.fan(vertex)
      if fan.isClosed {
        for i in fan.indices { neighbours.append(fan[i].first) }
      } else {
        isClosed = false
      }
      starts.append(Int32(neighbours.count))
    }
    self.starts = starts
    self.neighbours = neighbours
    self.isClosed = isClosed
  }

  /// Moves every vertex towards the mean of its neighbours by a fraction of the way.
  func step(from current: [SIMD3<Float>], to moved: inout [SIMD3<Float>], factor: Float) {
    let current = current.span
    let starts = starts.span
    let neighbours = neighbours.span
    var moved = moved.mutableSpan
    var end = Int(starts[0])
    for vertex in current.indices {
      let start = end
      end = Int(starts[vertex + 1])
      let here = current[vertex]
      guard start < end else {
        moved[vertex] = here
        continue
      }
      var sum = SIMD3<Float>.zero
      for index in start..<end { sum += current[Int(neighbours[index])] }
      moved[vertex] = here + (sum * (1 / Float(end - start)) - here) * factor
    }
  }
}
