/// A mesh while its edges are collapsed one by one.
///
/// Each vertex holds the list of its corners; a corner is one of the three of a triangle, numbered
/// 3 * triangle + 0, 1, 2. Collapsing (u, v) deletes the triangles at the edge and hands the corners
/// of u over to v.
struct EdgeCollapse {
  private var positions: [SIMD3<Double>]
  /// The vertex at every corner.
  private var vertexAt: [UInt32]
  private var isDeleted: [Bool]
  private var liveTriangles: Int
  /// The first corner of every vertex and, for every corner, the next one of the same vertex.
  private var firstCorner: [Int32]
  private var nextCorner: [Int32]
  private var quadrics: [Quadric]
  /// How often a vertex has changed.
  private var age: [UInt32]
  private var isLocked: [Bool]
  /// How far the surface around every vertex may have moved so far, at most.
  private var deviations: [Double]
  /// The origin of the positions: sums of large coordinates would lose digits.
  private let origin: SIMD3<Double>
  // Scratch for the collapse at hand.
  private var cornersOfU: [Int32] = []
  private var cornersOfV: [Int32] = []
  private var ring: [UInt32] = []
  /// For every vertex the last collapse that met it in the ring of u or v.
  private var mark: [UInt32]
  private var stamp: UInt32 = 0

  init(_ mesh: TriangleMesh) {
    let origin = mesh.positions.first.map { SIMD3<Double>($0) } ?? .zero
    self.origin = origin
    positions = mesh.positions.map { SIMD3<Double>($0) - origin }
    vertexAt = mesh.triangles.flatMap { [$0.a, $0.b, $0.c] }
    isDeleted = Array(repeating: false, count: mesh.triangles.count)
    liveTriangles = mesh.triangles.count
    firstCorner = Array(repeating: -1, count: mesh.positions.count)
    nextCorner = Array(repeating: -1, count: vertexAt.count)
    quadrics = Array(repeating: Quadric(), count: mesh.positions.count)
    age = Array(repeating: 0, count: mesh.positions.count)
    isLocked = Array(repeating: false, count: mesh.positions.count)
    deviations = Array(repeating: 0, count: mesh.positions.count)
    mark = Array(repeating: 0, count: mesh.positions.count)
    linkCorners()
    addQuadrics()
    lockOpenAndNonManifoldVertices(of: mesh)
  }

  /// Collapses edges, cheapest first, until a goal is reached or no collapse is permitted.
  mutating func run(downTo count: Int, maximumError: Double) {
    // An edge that could not be collapsed may be free once its surroundings have changed.
    var before: Int
    repeat {
      before = liveTriangles
      runOnce(downTo: count, maximumError: maximumError)
    } while liveTriangles > count && liveTriangles < before
  }

  private mutating func runOnce(downTo count: Int, maximumError: Double) {
    var queue = CollapseQueue(allEdges().compactMap { entry($0, $1) })
    while liveTriangles > count, let next = queue.pop() {
      let (u, v) = (Int(next.u), Int(next.v))
      guard age[u] &+ age[v] == next.age, firstCorner[u] >= 0, firstCorner[v] >= 0 else { continue }
      let quadric = quadrics[u] + quadrics[v]
      var target = quadric.minimum(near: (positions[u] + positions[v]) / 2).point
      gatherCorners(u, v)
      guard keepsTopology(u, v) else { continue }
      keepVolume(u, v, at: &target)
      guard turnsNoTriangle(u, v, to: target) else { continue }
      if maximumError < .infinity {
        let deviation = max(deviations[u], deviations[v]) + distanceMoved(u, v, to: target)
        guard deviation <= maximumError else { continue }
        noteDeviation(deviation, around: u, v)
      }
      collapse(u, into: v, at: target, quadric)
      enqueueEdges(of: v, into: &queue)
    }
  }

  /// The mesh as it stands, without the deleted triangles and the vertices that nothing uses.
  func mesh() -> TriangleMesh {
    var newIndex = [UInt32](repeating: .max, count: positions.count)
    var kept: [SIMD3<Float>] = []
    var triangles: [Triangle] = []
    triangles.reserveCapacity(liveTriangles)
    for vertex in positions.indices where firstCorner[vertex] >= 0 {
      newIndex[vertex] = UInt32(kept.count)
      kept.append(SIMD3<Float>(positions[vertex] + origin))
    }
    for triangle in isDeleted.indices where !isDeleted[triangle] {
      triangles.append(
        Triangle(
          newIndex[Int(vertexAt[3 * triangle])], newIndex[Int(vertexAt[3 * triangle + 1])],
          newIndex[Int(vertexAt[3 * triangle + 2])]))
    }
    return TriangleMesh(positions: kept, triangles: triangles)
  }

  // MARK: Preparing

  private mutating func linkCorners() {
    for corner in vertexAt.indices.reversed() {
      let vertex = Int(vertexAt[corner])
      nextCorner[corner] = firstCorner[vertex]
      firstCorner[vertex] = Int32(corner)
    }
  }

  private mutating func addQuadrics() {
    for triangle in isDeleted.indices {
      let (a, b, c) = (
        Int(vertexAt[3 * triangle]), Int(vertexAt[3 * triangle + 1]),
        Int(vertexAt[3 * triangle + 2])
      )
      let normal = cross(positions[b] - positions[a], positions[c] - positions[a])
      let doubleArea = length(normal)
      guard doubleArea > 0 else { continue }
      let quadric = Quadric(
        point: positions[a], unitNormal: normal / doubleArea, weight: doubleArea / 2)
      quadrics[a] += quadric
      quadrics[b] += quadric
      quadrics[c] += quadric
    }
  }

  private mutating func lockOpenAndNonManifoldVertices(of mesh: TriangleMesh) {
    let fans = VertexFans(mesh)
    for vertex in positions.indices { isLocked[vertex] = !fans.isDisc(around: vertex) }
  }

  private func allEdges() -> [(Int, Int)] {
    vertexAt.indices.compactMap { corner in
      guard !isDeleted[corner / 3] else { return nil }
      let u = Int(vertexAt[corner])
      let v = Int(vertexAt[corner % 3 == 2 ? corner - 2 : corner + 1])
      return u < v ? (u, v) : nil
    }
  }

  /// The entry of an edge in the queue; `nil` when it must not be collapsed.
  private func entry(_ u: Int, _ v: Int) -> CollapseQueue.Entry? {
    guard !isLocked[u] && !isLocked[v] else { return nil }
    let quadric = quadrics[u] + quadrics[v]
    let edge = positions[v] - positions[u]
    let least = quadric.minimum(near: (positions[u] + positions[v]) / 2)
    // A trace of the edge's length makes short edges go first where the surface is flat.
    let cost = least.error + 1e-6 * quadric.weight * dot(edge, edge)
    return CollapseQueue.Entry(
      cost: Float(cost), u: UInt32(min(u, v)), v: UInt32(max(u, v)), age: age[u] &+ age[v])
  }

  // MARK: Collapsing

  private mutating func gatherCorners(_ u: Int, _ v: Int) {
    func gather(_ vertex: Int, _ corners: inout [Int32]) {
      corners.removeAll(keepingCapacity: true)
      var corner = firstCorner[vertex]
      while corner >= 0 {
        corners.append(corner)
        corner = nextCorner[Int(corner)]
      }
    }
    gather(u, &cornersOfU)
    gather(v, &cornersOfV)
  }

  /// The two other vertices of a corner's triangle, in its winding.
  @inline(__always)
  private func others(_ corner: Int32) -> (Int, Int) {
    let corner = Int(corner)
    let base = corner - corner % 3
    let place = corner - base
    return (
      Int(vertexAt[base + (place == 2 ? 0 : place + 1)]),
      Int(vertexAt[base + (place == 0 ? 2 : place - 1)])
    )
  }

  /// The link condition (Dey, Edelsbrunner, Guha & Nekhayev 1999): the edge has two triangles, the
  /// rings of its ends meet in just their two tips, and each tip keeps at least three triangles.
  private mutating func keepsTopology(_ u: Int, _ v: Int) -> Bool {
    stamp &+= 1
    var tips = 0
    for corner in cornersOfU {
      let (p, q) = others(corner)
      mark[p] = stamp
      if p == v || q == v {
        tips += 1
        if valenceIsThree(p == v ? q : p) { return false }
      }
    }
    guard tips == 2 else { return false }
    var common = 0
    for corner in cornersOfV where mark[others(corner).0] == stamp { common += 1 }
    return common == 2
  }

  private func valenceIsThree(_ vertex: Int) -> Bool {
    var count = 0
    var corner = firstCorner[vertex]
    while corner >= 0 && count < 4 {
      count += 1
      corner = nextCorner[Int(corner)]
    }
    return count <= 3
  }

  /// Moves the target along the mean normal of the ring, so that the volume below the triangles
  /// around u and v is the same after the collapse as before.
  private func keepVolume(_ u: Int, _ v: Int, at target: inout SIMD3<Double>) {
    let apex = positions[v]
    var direction = SIMD3<Double>.zero
    var totalNorm = 0.0
    var volume = 0.0
    for corner in cornersOfU {
      let (p, q) = others(corner)
      let normal = cross(positions[p] - apex, positions[q] - apex)
      volume += dot(positions[u] - apex, normal)
      if p != v && q != v {
        direction += normal
        totalNorm += length(normal)
      }
    }
    // The triangles of v have no volume seen from v itself.
    for corner in cornersOfV {
      let (p, q) = others(corner)
      guard p != u && q != u else { continue }
      let normal = cross(positions[p] - apex, positions[q] - apex)
      direction += normal
      totalNorm += length(normal)
    }
    let norm = dot(direction, direction)
    // On a spike the normals cancel, and no direction is the right one.
    guard norm > 0.01 * totalNorm * totalNorm else { return }
    target += direction * ((volume - dot(target - apex, direction)) / norm)
  }

  /// Whether every triangle that stays keeps its side and a sound shape when u and v move.
  private func turnsNoTriangle(_ u: Int, _ v: Int, to target: SIMD3<Double>) -> Bool {
    func isSound(_ corner: Int32, from old: SIMD3<Double>) -> Bool {
      let (p, q) = others(corner)
      if p == u || p == v || q == u || q == v { return true }
      let edge = positions[q] - positions[p]
      let before = cross(positions[p] - old, edge)
      let side = positions[p] - target
      let after = cross(side, edge)
      let area = dot(after, after)
      let turn = dot(before, after)
      let longest = max(dot(edge, edge), dot(side, side))
      return turn > 0 && turn * turn > 0.04 * dot(before, before) * area
        && area > 1e-4 * longest * longest
    }
    return cornersOfU.allSatisfy { isSound($0, from: positions[u]) }
      && cornersOfV.allSatisfy { isSound($0, from: positions[v]) }
  }

  /// How far a collapse moves the surface, at most: the target from the planes of the triangles that
  /// were there, and the old ends from the planes of those that come.
  private func distanceMoved(_ u: Int, _ v: Int, to target: SIMD3<Double>) -> Double {
    var distance = 0.0
    func measure(_ corner: Int32, around old: SIMD3<Double>) {
      let (p, q) = others(corner)
      let edge = positions[q] - positions[p]
      let before = cross(positions[p] - old, edge)
      let height = dot(before, target - old)
      distance = max(distance, abs(height) / max(length(before), .leastNormalMagnitude))
      guard p != u && p != v && q != u && q != v else { return }
      let after = cross(positions[p] - target, edge)
      let norm = max(length(after), .leastNormalMagnitude)
      for end in [positions[u], positions[v]] {
        distance = max(distance, abs(dot(after, end - target)) / norm)
      }
    }
    for corner in cornersOfU { measure(corner, around: positions[u]) }
    for corner in cornersOfV { measure(corner, around: positions[v]) }
    return distance
  }

  /// Whatever part of a triangle moves, all three of its vertices answer for it.
  private mutating func noteDeviation(_ deviation: Double, around u: Int, _ v: Int) {
    deviations[v] = deviation
    for corner in cornersOfU + cornersOfV {
      let (p, q) = others(corner)
      deviations[p] = max(deviations[p], deviation)
      deviations[q] = max(deviations[q], deviation)
    }
  }

  private mutating func collapse(
    _ u: Int, into v: Int, at target: SIMD3<Double>, _ quadric: Quadric
  ) {
    positions[v] = target
    quadrics[v] = quadric
    for corner in cornersOfU {
      let (p, q) = others(corner)
      if p == v || q == v {
        isDeleted[Int(corner) / 3] = true
        liveTriangles -= 1
        unlink(corner, p == v ? q : p)
      }
    }
    // The list of v: its own live corners, then those of u.
    firstCorner[u] = -1
    firstCorner[v] = -1
    for corner in cornersOfV.reversed() where !isDeleted[Int(corner) / 3] {
      nextCorner[Int(corner)] = firstCorner[v]
      firstCorner[v] = corner
    }
    for corner in cornersOfU.reversed() where !isDeleted[Int(corner) / 3] {
      vertexAt[Int(corner)] = UInt32(v)
      nextCorner[Int(corner)] = firstCorner[v]
      firstCorner[v] = corner
    }
    age[v] &+= 1
  }

  /// Takes the corner that a deleted triangle has at its tip out of the tip's list.
  private mutating func unlink(_ corner: Int32, _ tip: Int) {
    let triangle = corner / 3
    var previous: Int32 = -1
    var current = firstCorner[tip]
    while current >= 0 && current / 3 != triangle {
      previous = current
      current = nextCorner[Int(current)]
    }
    guard current >= 0 else { return }
    if previous < 0 {
      firstCorner[tip] = nextCorner[Int(current)]
    } else {
      nextCorner[Int(previous)] = nextCorner[Int(current)]
    }
  }

  private mutating func enqueueEdges(of v: Int, into queue: inout CollapseQueue) {
    var corner = firstCorner[v]
    while corner >= 0 {
      // Around an inner vertex every neighbour is the first of exactly one corner.
      let neighbour = others(corner).0
      if let entry = entry(v, neighbour) { queue.push(entry) }
      corner = nextCorner[Int(corner)]
    }
  }
}
