internal import MeshProcessing

/// The largest and the smallest opening of a caliper that holds a convex solid: two parallel planes
/// with the solid between them.
///
/// The two planes roll around every edge from one of its faces to the other, and the vertex opposite
/// rolls along. All pairs of vertices that two parallel planes can touch are met in this way, and
/// the two that are farthest apart are among them. Smallest is the distance of the planes either with
/// one on a face and the other at a vertex, or with both along edges. About linear in the number of
/// vertices. Houle & Toussaint 1988, Computing the width of a set, IEEE PAMI 10:761.
struct Calipers {
  /// The largest distance of two vertices.
  private(set) var largestDiameter = 0.0
  /// The smallest distance of two parallel planes with the solid between them.
  private(set) var smallestWidth = Double.infinity

  private let positions: [SIMD3<Double>]
  private let fans: VertexFans
  /// Of unit length; zero for a face without area.
  private let normals: [SIMD3<Double>]

  /// - Parameter hull: A convex mesh that is closed, such as ``TriangleMesh/convexHull()`` gives.
  init(hull: TriangleMesh) {
    positions = hull.positions.map { SIMD3<Double>($0) }
    fans = VertexFans(hull)
    normals = hull.triangles.map {
      let normal = hull.normalVector(of: $0)
      let norm = length(normal)
      return norm > 0 ? normal / norm : .zero
    }
    let opposites = restOnFaces(of: hull)
    for vertex in positions.indices {
      for i in fans.fan(vertex).indices {
        let corner = fans.fan(vertex)[i]
        guard corner.first > vertex, let right = fans.fan(vertex).index(second: corner.first)
        else { continue }
        rollAround(
          vertex, Int(corner.first), from: Int(corner.triangle),
          to: Int(fans.fan(vertex)[right].triangle), opposite: opposites[Int(corner.triangle)])
      }
    }
  }

  /// Lays one plane on every face, and says at which vertex the other one is.
  private mutating func restOnFaces(of hull: TriangleMesh) -> [Int] {
    var opposites = [Int](repeating: 0, count: normals.count)
    // From one face to the next the vertex opposite does not go far.
    var last = 0
    for face in normals.indices where normals[face] != .zero {
      last = farthest(along: -normals[face], from: last)
      opposites[face] = last
      considerWidth(normals[face], between: Int(hull.triangles[face].a), last)
    }
    return opposites
  }

  /// The vertex farthest along a direction: on a convex solid, where no neighbour is farther.
  private func farthest(along direction: SIMD3<Double>, from start: Int) -> Int {
    var here = start
    var height = dot(positions[here], direction)
    while true {
      let fan = fans.fan(here)
      var next = here
      for i in fan.indices {
        let other = dot(positions[Int(fan[i].first)], direction)
        if other > height { (next, height) = (Int(fan[i].first), other) }
      }
      if next == here { return here }
      here = next
    }
  }

  /// Rolls two planes around an edge from one of its faces to the other, and looks at every edge
  /// that comes to lie in the plane opposite.
  private mutating func rollAround(
    _ a: Int, _ b: Int, from left: Int, to right: Int, opposite: Int
  ) {
    let (first, last) = (-normals[left], -normals[right])
    // Faces in one plane have an edge around which nothing turns.
    guard first != .zero, last != .zero, length(cross(first, last)) > 1e-9 else { return }
    let edge = positions[b] - positions[a]
    var (here, turned) = (opposite, 0.0)
    considerDiameter(from: a, b, to: here)
    while let next = successor(of: here, turned, from: first, to: last) {
      let direction = cross(edge, positions[next.vertex] - positions[here])
      let norm = length(direction)
      if norm > 0 { considerWidth(direction / norm, between: a, here) }
      (here, turned) = next
      considerDiameter(from: a, b, to: here)
    }
  }

  /// The neighbour that takes over as the farthest vertex when the direction turns on from one to
  /// another, and the part of the way at which it does; `nil` if none does.
  private func successor(
    of here: Int, _ turned: Double, from first: SIMD3<Double>, to last: SIMD3<Double>
  ) -> (vertex: Int, turned: Double)? {
    var next: (vertex: Int, turned: Double)?
    let fan = fans.fan(here)
    for i in fan.indices {
      let step = positions[Int(fan[i].first)] - positions[here]
      let (before, after) = (dot(step, first), dot(step, last))
      guard after > before, after > 0 else { continue }
      let crossing = max(turned, -before / (after - before))
      if crossing < next?.turned ?? .infinity { next = (Int(fan[i].first), crossing) }
    }
    return next
  }

  private mutating func considerDiameter(from a: Int, _ b: Int, to opposite: Int) {
    largestDiameter = max(
      largestDiameter, length(positions[a] - positions[opposite]),
      length(positions[b] - positions[opposite]))
  }

  /// Takes a distance of two planes into account. It is measured to all vertices where it looks as
  /// if it were the smallest, lest rounding should find one that is too small.
  private mutating func considerWidth(
    _ direction: SIMD3<Double>, between a: Int, _ b: Int
  ) {
    guard abs(dot(positions[a] - positions[b], direction)) < smallestWidth else { return }
    var (low, high) = (Double.infinity, -Double.infinity)
    for position in positions {
      let height = dot(position, direction)
      low = min(low, height)
      high = max(high, height)
    }
    smallestWidth = min(smallestWidth, high - low)
  }
}
