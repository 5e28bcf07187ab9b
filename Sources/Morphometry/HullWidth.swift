internal import MeshProcessing

/// The smallest distance of two parallel planes with a convex solid between them: the smallest
/// opening of a caliper that it passes.
///
/// Two kinds of positions of the planes can be smallest: one plane on a face and the other at a
/// vertex, or both along edges. For every face the vertex opposite is found by walking over the
/// hull, and for every edge the edges that lie opposite while the planes roll around it from one of
/// its faces to the other. Houle & Toussaint 1988, Computing the width of a set, IEEE PAMI 10:761.
struct HullWidth {
  private let hull: TriangleMesh
  private let positions: [SIMD3<Double>]
  private let fans: VertexFans
  /// Of unit length; zero for a face without area.
  private let normals: [SIMD3<Double>]

  /// - Parameter hull: A convex mesh that is closed, such as ``TriangleMesh/convexHull()`` gives.
  static func smallest(of hull: TriangleMesh) -> Double { HullWidth(hull).smallest() }

  private init(_ hull: TriangleMesh) {
    self.hull = hull
    positions = hull.positions.map { SIMD3<Double>($0) }
    fans = VertexFans(hull)
    normals = hull.triangles.map {
      let normal = hull.normalVector(of: $0)
      let norm = length(normal)
      return norm > 0 ? normal / norm : .zero
    }
  }

  private func smallest() -> Double {
    var best = Double.infinity
    // Where the walk to the vertex opposite ended, for each face.
    var opposite = [Int](repeating: 0, count: normals.count)
    var last = 0
    for face in normals.indices where normals[face] != .zero {
      last = farthest(along: -normals[face], from: last)
      opposite[face] = last
      consider(normals[face], between: Int(hull.triangles[face].a), last, &best)
    }
    for vertex in positions.indices {
      let fan = fans.fan(vertex)
      for i in fan.indices where fan[i].first > vertex {
        guard let right = fan.index(second: fan[i].first) else { continue }
        let (from, to) = (Int(fan[i].triangle), Int(fan[right].triangle))
        rollAround(vertex, Int(fan[i].first), from, to, opposite: opposite[from], &best)
      }
    }
    return best
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
  private func rollAround(
    _ a: Int, _ b: Int, _ left: Int, _ right: Int, opposite: Int, _ best: inout Double
  ) {
    let (first, last) = (-normals[left], -normals[right])
    // Faces in one plane have an edge around which nothing turns.
    guard first != .zero, last != .zero, length(cross(first, last)) > 1e-9 else { return }
    let edge = positions[b] - positions[a]
    var (here, turned) = (opposite, 0.0)
    while let next = successor(of: here, turned, from: first, to: last) {
      let direction = cross(edge, positions[next.vertex] - positions[here])
      let norm = length(direction)
      if norm > 0 { consider(direction / norm, between: a, here, &best) }
      (here, turned) = next
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

  /// Takes a smaller distance of two planes into account. It is measured to all vertices where it
  /// looks as if it were smaller, lest rounding should find one that is too small.
  private func consider(
    _ direction: SIMD3<Double>, between a: Int, _ b: Int, _ best: inout Double
  ) {
    guard abs(dot(positions[a] - positions[b], direction)) < best else { return }
    var (low, high) = (Double.infinity, -Double.infinity)
    for position in positions {
      let height = dot(position, direction)
      low = min(low, height)
      high = max(high, height)
    }
    best = min(best, high - low)
  }
}
