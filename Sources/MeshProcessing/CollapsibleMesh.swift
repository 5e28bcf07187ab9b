/// A mesh whose edges can be collapsed one by one.
///
/// Each vertex holds the list of its corners; a corner is one of the three of a triangle, numbered
/// 3 * triangle + 0, 1, 2. Collapsing (u, v) deletes the triangles at the edge and hands the corners
/// of u over to v.
struct CollapsibleMesh {
  private(set) var positions: [SIMD3<Double>]
  /// The vertex at every corner.
  private(set) var vertexAt: [UInt32]
  private(set) var isDeleted: [Bool]
  private(set) var liveTriangles: Int
  /// The first corner of every vertex, -1 for none, and for every corner the next one of its vertex.
  private(set) var firstCorner: [Int32]
  private(set) var nextCorner: [Int32]
  /// The vertex that a vertex has been collapsed into; itself as long as it has not.
  private var heir: [UInt32]
  private(set) var borders: OpenBorders
  /// Whether the triangles around a vertex form one fan, closed or, on a border, open.
  private(set) var isManifold: [Bool]

  init(positions: [SIMD3<Double>], triangles: [Triangle]) {
    self.positions = positions
    vertexAt = []
    vertexAt.reserveCapacity(3 * triangles.count)
    for triangle in triangles {
      vertexAt.append(triangle.a)
      vertexAt.append(triangle.b)
      vertexAt.append(triangle.c)
    }
    isDeleted = Array(repeating: false, count: vertexAt.count / 3)
    liveTriangles = vertexAt.count / 3
    firstCorner = Array(repeating: -1, count: positions.count)
    nextCorner = Array(repeating: -1, count: vertexAt.count)
    heir = (0..<UInt32(positions.count)).map { $0 }
    borders = OpenBorders(vertexCount: positions.count)
    isManifold = Array(repeating: false, count: positions.count)
    for corner in vertexAt.indices.reversed() {
      let vertex = Int(vertexAt[corner])
      nextCorner[corner] = firstCorner[vertex]
      firstCorner[vertex] = Int32(corner)
    }
    findFans()
  }

  private mutating func findFans() {
    var search = FanSearch(vertexCount: positions.count)
    for vertex in positions.indices {
      guard let (first, last) = search.ends(of: vertex, in: self) else { continue }
      isManifold[vertex] = true
      if first != last { borders.insert(vertex, between: last, and: first) }
    }
  }

  /// Whether any triangle still has the vertex.
  @inline(__always)
  func isUsed(_ vertex: Int) -> Bool { firstCorner[vertex] >= 0 }

  /// The vertex that a vertex has become by all collapses so far.
  @inline(__always)
  mutating func survivor(of vertex: UInt32) -> Int {
    var vertex = Int(vertex)
    while heir[vertex] != vertex {
      // The way gets shorter for whoever comes next.
      heir[vertex] = heir[Int(heir[vertex])]
      vertex = Int(heir[vertex])
    }
    return vertex
  }

  /// The two other vertices of a corner's triangle, in its winding.
  @inline(__always)
  func others(_ corner: Int32) -> (Int, Int) {
    let corner = Int(corner)
    let base = corner - corner % 3
    let place = corner - base
    return (
      Int(vertexAt[base + (place == 2 ? 0 : place + 1)]),
      Int(vertexAt[base + (place == 0 ? 2 : place - 1)])
    )
  }

  func hasMoreTriangles(than least: Int, _ vertex: Int) -> Bool {
    var count = 0
    var corner = firstCorner[vertex]
    while corner >= 0 && count <= least {
      count += 1
      corner = nextCorner[Int(corner)]
    }
    return count > least
  }

  /// Moves v to a point, and u with it.
  mutating func collapse(_ u: Int, into v: Int, at target: SIMD3<Double>, _ star: EdgeStar) {
    positions[v] = target
    for (corner, tip) in star.removed {
      isDeleted[Int(corner) / 3] = true
      liveTriangles -= 1
      unlink(triangle: corner / 3, from: Int(tip))
    }
    if borders.contains(u) { borders.remove(u, into: v) }
    heir[u] = UInt32(v)
    firstCorner[u] = -1
    firstCorner[v] = -1
    for fin in star.fins.reversed() {
      let corner = Int(fin.corner)
      vertexAt[corner] = UInt32(v)
      nextCorner[corner] = firstCorner[v]
      firstCorner[v] = fin.corner
    }
  }

  /// Takes the corner of a deleted triangle out of the list of a vertex.
  private mutating func unlink(triangle: Int32, from vertex: Int) {
    var previous: Int32 = -1
    var current = firstCorner[vertex]
    while current >= 0 && current / 3 != triangle {
      previous = current
      current = nextCorner[Int(current)]
    }
    guard current >= 0 else { return }
    if previous < 0 {
      firstCorner[vertex] = nextCorner[Int(current)]
    } else {
      nextCorner[Int(previous)] = nextCorner[Int(current)]
    }
  }
}
