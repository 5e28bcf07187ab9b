/// The convex hull of points with integer coordinates, by quickhull.
///
/// A tetrahedron grows: the point that is farthest from a face replaces all faces that it sees by a
/// cone over their outline, the horizon, until no point is outside.
package struct QuickHull {
  /// Coordinates run from 0 to this, so that the distance from a plane, at most 3 · 2^61, fits an
  /// integer.
  static let latticeSide = 1 << 20

  private struct Face {
    /// Counter-clockwise seen from outside.
    var corners: SIMD3<Int32>
    /// Across the edges from corner 0 to 1, from 1 to 2 and from 2 to 0.
    var neighbors: SIMD3<Int32>
    /// Pointing outside, as long as twice the area.
    var normal: SIMD3<Int>
    /// Points that see this face, each in the list of one face only.
    var outside: [Int32] = []
    var isAlive = true
  }

  /// An edge of the outline of the faces that a point sees, and the face beyond it.
  private struct HorizonEdge {
    let from: Int32
    let to: Int32
    let beyond: Int32
    let side: Int
  }

  private let points: [SIMD3<Int>]
  private var faces: [Face] = []
  /// The new faces whose horizon edge begins and ends at a point.
  private var beginning: [Int32]
  private var ending: [Int32]

  /// The triangles of the hull; `nil` where all points lie in one plane.
  package static func faces(of points: [SIMD3<Int>]) -> [Triangle]? {
    var hull = QuickHull(points)
    guard hull.startWithTetrahedron() else { return nil }
    hull.grow()
    return hull.faces.filter(\.isAlive).map {
      Triangle(UInt32($0.corners.x), UInt32($0.corners.y), UInt32($0.corners.z))
    }
  }

  private init(_ points: [SIMD3<Int>]) {
    self.points = points
    beginning = Array(repeating: -1, count: points.count)
    ending = beginning
  }

  // MARK: The first faces

  private mutating func startWithTetrahedron() -> Bool {
    guard let a = points.indices.min(by: { precedes($0, $1) }),
      let b = points.indices.max(by: { precedes($0, $1) }),
      let c = farthest(from: { SIMD3<Double>(cross($0 &- points[a], points[b] &- points[a])) }),
      cross(points[c] &- points[a], points[b] &- points[a]) != .zero
    else { return false }
    let normal = cross(points[b] &- points[a], points[c] &- points[a])
    guard
      let d = farthest(from: { SIMD3(Double(dot(normal, $0 &- points[a])), 0, 0) }),
      dot(normal, points[d] &- points[a]) != 0
    else { return false }
    // The last corner is to lie behind the first face.
    let isBehind = dot(normal, points[d] &- points[a]) < 0
    let (p, q, r, s) = isBehind ? (a, b, c, d) : (a, c, b, d)
    // Faces 0...3 and which of them lies across each edge.
    add(p, q, r, SIMD3(1, 2, 3))
    add(q, p, s, SIMD3(0, 3, 2))
    add(r, q, s, SIMD3(0, 1, 3))
    add(p, r, s, SIMD3(0, 2, 1))
    distribute(points.indices.map { Int32($0) }, over: 0..<4)
    return true
  }

  private func precedes(_ i: Int, _ j: Int) -> Bool {
    let (a, b) = (points[i], points[j])
    return (a.x, a.y, a.z) < (b.x, b.y, b.z)
  }

  /// The point for which a vector is longest.
  private func farthest(from vector: (SIMD3<Int>) -> SIMD3<Double>) -> Int? {
    var best = (index: -1, square: -1.0)
    for index in points.indices {
      let v = vector(points[index])
      let square = (v * v).sum()
      if square > best.square { best = (index, square) }
    }
    return best.index < 0 ? nil : best.index
  }

  private mutating func add(_ a: Int, _ b: Int, _ c: Int, _ neighbors: SIMD3<Int32>) {
    faces.append(
      Face(
        corners: SIMD3(Int32(a), Int32(b), Int32(c)), neighbors: neighbors,
        normal: cross(points[b] &- points[a], points[c] &- points[a])))
  }

  // MARK: Growth

  private mutating func grow() {
    var open = Array(0..<faces.count)
    while let face = open.popLast() {
      guard faces[face].isAlive, let apex = farthestOutside(of: face) else { continue }
      let (seen, horizon) = horizon(of: apex, from: face)
      let first = faces.count
      cap(horizon, apex)
      let orphans = seen.flatMap { faces[$0].outside }
      for index in seen {
        faces[index].isAlive = false
        faces[index].outside = []
      }
      distribute(orphans, over: first..<faces.count)
      open.append(contentsOf: first..<faces.count)
    }
  }

  private func farthestOutside(of face: Int) -> Int? {
    var best = (index: -1, distance: 0)
    for point in faces[face].outside {
      let distance = distance(of: Int(point), from: face)
      if distance > best.distance { best = (Int(point), distance) }
    }
    return best.index < 0 ? nil : best.index
  }

  /// The faces that a point sees, and their outline.
  private mutating func horizon(of apex: Int, from start: Int) -> ([Int], [HorizonEdge]) {
    var seen = [start]
    var edges: [HorizonEdge] = []
    // A face that has been seen is not alive any more, which also marks it as visited.
    faces[start].isAlive = false
    var next = 0
    while next < seen.count {
      let face = faces[seen[next]]
      for side in 0..<3 {
        let beyond = Int(face.neighbors[side])
        guard faces[beyond].isAlive else { continue }
        if distance(of: apex, from: beyond) > 0 {
          faces[beyond].isAlive = false
          seen.append(beyond)
        } else {
          let (from, to) = (face.corners[side], face.corners[(side + 1) % 3])
          let back = (0..<3).first { faces[beyond].corners[$0] == to } ?? 0
          edges.append(HorizonEdge(from: from, to: to, beyond: Int32(beyond), side: back))
        }
      }
      next += 1
    }
    return (seen, edges)
  }

  /// A cone of new faces from the horizon to a point.
  private mutating func cap(_ horizon: [HorizonEdge], _ apex: Int) {
    let first = Int32(faces.count)
    for (offset, edge) in horizon.enumerated() {
      beginning[Int(edge.from)] = first + Int32(offset)
      ending[Int(edge.to)] = first + Int32(offset)
    }
    for (offset, edge) in horizon.enumerated() {
      faces[Int(edge.beyond)].neighbors[edge.side] = first + Int32(offset)
      add(
        Int(edge.from), Int(edge.to), apex,
        SIMD3(edge.beyond, beginning[Int(edge.to)], ending[Int(edge.from)]))
    }
  }

  /// Gives every point to the first of some faces that it sees; a point that sees none is inside.
  private mutating func distribute(_ candidates: [Int32], over range: Range<Int>) {
    for point in candidates {
      for face in range where distance(of: Int(point), from: face) > 0 {
        faces[face].outside.append(point)
        break
      }
    }
  }

  /// Above the plane of a face, times twice its area: exact.
  @inline(__always)
  private func distance(of point: Int, from face: Int) -> Int {
    dot(faces[face].normal, points[point] &- points[Int(faces[face].corners.x)])
  }
}

@inline(__always)
private func dot(_ a: SIMD3<Int>, _ b: SIMD3<Int>) -> Int { (a &* b).wrappedSum() }

@inline(__always)
private func cross(_ a: SIMD3<Int>, _ b: SIMD3<Int>) -> SIMD3<Int> {
  SIMD3(
    a.y &* b.z &- a.z &* b.y, a.z &* b.x &- a.x &* b.z, a.x &* b.y &- a.y &* b.x)
}
