/// The vertices that a surface once had, each with the triangle that it is near to by now.
///
/// The distance of each to that triangle is an upper bound of its distance to the surface. It shows how
/// far simplification has gone, with nothing added up: moves back count as such.
struct TrackedPoints: Sendable {
  struct Point: Sendable {
    let position: SIMD3<Double>
    fileprivate(set) var triangle: UInt32

    /// The same point, when its triangle has another number.
    func on(_ triangle: UInt32) -> Point {
      Point(position: position, triangle: triangle)
    }
  }

  private(set) var points: [Point]
  /// The first point of every triangle, -1 for none, and for every point the next one.
  private var firstPoint: [Int32]
  private var nextPoint: [Int32]
  // Scratch for the collapse at hand.
  private var near: [Int32] = []
  private var nearest: [UInt32] = []

  init(_ points: [Point], triangleCount: Int) {
    self.points = points
    firstPoint = Array(repeating: -1, count: triangleCount)
    nextPoint = Array(repeating: -1, count: points.count)
    for index in points.indices { attach(Int32(index), to: points[index].triangle) }
  }

  private mutating func attach(_ point: Int32, to triangle: UInt32) {
    points[Int(point)].triangle = triangle
    nextPoint[Int(point)] = firstPoint[Int(triangle)]
    firstPoint[Int(triangle)] = point
  }

  /// Whether all points around an edge stay within a distance of the surface when both ends move to
  /// `target`.
  mutating func stay(
    within distance: Double, of star: EdgeStar, movingTo target: SIMD3<Double>,
    in mesh: CollapsibleMesh
  ) -> Bool {
    gather(star)
    return findNearest(star, target, mesh, within: distance * distance)
  }

  /// Hands the points around an edge, of which ``stay(within:of:movingTo:in:)`` has just been found true, over to
  /// the new triangles.
  mutating func follow(_ star: EdgeStar) {
    for (corner, _) in star.removed { firstPoint[Int(corner) / 3] = -1 }
    for fin in star.fins { firstPoint[Int(fin.corner) / 3] = -1 }
    for (point, triangle) in zip(near, nearest) { attach(point, to: triangle) }
  }

  private mutating func gather(_ star: EdgeStar) {
    near.removeAll(keepingCapacity: true)
    func gather(_ triangle: Int) {
      var point = firstPoint[triangle]
      while point >= 0 {
        near.append(point)
        point = nextPoint[Int(point)]
      }
    }
    for (corner, _) in star.removed { gather(Int(corner) / 3) }
    for fin in star.fins { gather(Int(fin.corner) / 3) }
  }

  private mutating func findNearest(
    _ star: EdgeStar, _ target: SIMD3<Double>, _ mesh: CollapsibleMesh, within bound: Double
  ) -> Bool {
    nearest.removeAll(keepingCapacity: true)
    for point in near {
      let position = points[Int(point)].position
      var best = (triangle: UInt32(0), square: Double.infinity)
      for fin in star.fins {
        let difference =
          position
          - nearestPoint(
            to: position, target, mesh.positions[Int(fin.first)], mesh.positions[Int(fin.second)])
        let square = dot(difference, difference)
        if square < best.square { best = (UInt32(fin.corner / 3), square) }
      }
      guard best.square <= bound else { return false }
      nearest.append(best.triangle)
    }
    return true
  }
}
