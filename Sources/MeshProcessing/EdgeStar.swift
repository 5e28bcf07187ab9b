/// The triangles around the two ends of an edge (u, v) that is to be collapsed.
///
/// ```
///       p---q
///      / \ / \         the edge has two triangles, whose other corners are its tips;
///     +---u---+  tip   every other triangle stays, and its corner at u or v moves
///      \ / \ / \
///   tip +---v---+
/// ```
struct EdgeStar {
  /// A triangle (apex, first, second) whose apex is u or v.
  struct Fin {
    let corner: Int32
    let first: UInt32
    let second: UInt32
    let apex: SIMD3<Double>
    /// Its normal, twice as long as its area is large.
    let normal: SIMD3<Double>
  }

  /// The triangles that stay.
  private(set) var fins: [Fin] = []
  /// The corners at u and at the tip of each of the triangles at the edge, which go.
  private(set) var removed: [(corner: Int32, tip: UInt32)] = []
  /// Twice the area of those.
  private(set) var removedDoubleArea = 0.0
  /// The sum of all normals, which depends on the outline of the star alone.
  private(set) var vectorArea = SIMD3<Double>.zero
  /// What the scalar product of ``vectorArea`` and the new vertex, seen from v, has to be so that the
  /// volume below the star stays as it is.
  private(set) var moment = 0.0
  /// For every vertex the last star in whose ring around u it was.
  private var mark: [UInt32]
  private var stamp: UInt32 = 0

  init(vertexCount: Int) { mark = Array(repeating: 0, count: vertexCount) }

  /// Gathers the star of an edge.
  ///
  /// - Returns: Whether a collapse keeps the topology. The link condition (Dey, Edelsbrunner, Guha &
  ///   Nekhayev 1999): the edge has two triangles, or one where it is on a border; the rings of its ends
  ///   meet in just the tips of those; and each tip keeps at least three triangles, or one if it is on a border.
  mutating func gather(_ u: Int, _ v: Int, in mesh: borrowing CollapsibleMesh) -> Bool {
    fins.removeAll(keepingCapacity: true)
    removed.removeAll(keepingCapacity: true)
    (vectorArea, moment, removedDoubleArea) = (.zero, 0, 0)
    stamp &+= 1
    // Inside of the surface, the edge from one vertex of a border to another one holds it together.
    let triangles = mesh.borders.contains(u) && mesh.borders.contains(v) ? 1 : 2
    guard gatherFan(of: u, towards: v, in: mesh), removed.count == triangles else { return false }
    guard
      removed.allSatisfy({ (_, tip) in
        mesh.hasMoreTriangles(than: mesh.borders.contains(Int(tip)) ? 1 : 3, Int(tip))
      })
    else { return false }
    return commonNeighbours(of: v, apartFrom: u, in: mesh) == triangles
  }

  /// - Returns: Whether the fan has no more than two triangles at the edge.
  private mutating func gatherFan(
    of u: Int, towards v: Int, in mesh: borrowing CollapsibleMesh
  ) -> Bool {
    let apex = mesh.positions[u]
    let side = apex - mesh.positions[v]
    var corner = mesh.firstCorner[u]
    while corner >= 0 {
      let (p, q) = mesh.others(corner)
      mark[p] = stamp
      let normal = cross(mesh.positions[p] - apex, mesh.positions[q] - apex)
      vectorArea += normal
      if p == v || q == v {
        removed.append((corner, UInt32(p == v ? q : p)))
        removedDoubleArea += length(normal)
      } else {
        moment += dot(normal, side)
        fins.append(
          Fin(corner: corner, first: UInt32(p), second: UInt32(q), apex: apex, normal: normal))
      }
      corner = mesh.nextCorner[Int(corner)]
    }
    if mesh.borders.contains(u) { mark[mesh.borders.before(u)] = stamp }
    return removed.count <= 2
  }

  /// Adds the fan of v, and counts the vertices that both rings have.
  private mutating func commonNeighbours(
    of v: Int, apartFrom u: Int, in mesh: borrowing CollapsibleMesh
  ) -> Int {
    let apex = mesh.positions[v]
    let isOnBorder = mesh.borders.contains(v)
    var common = isOnBorder && mark[mesh.borders.before(v)] == stamp ? 1 : 0
    var corner = mesh.firstCorner[v]
    while corner >= 0 {
      let (p, q) = mesh.others(corner)
      if mark[p] == stamp { common += 1 }
      if p != u && q != u {
        let normal = cross(mesh.positions[p] - apex, mesh.positions[q] - apex)
        vectorArea += normal
        fins.append(
          Fin(corner: corner, first: UInt32(p), second: UInt32(q), apex: apex, normal: normal))
      }
      corner = mesh.nextCorner[Int(corner)]
    }
    return common
  }
}
