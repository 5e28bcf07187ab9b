internal import Volumes

/// The simplification of a mesh by collapsing its edges, cheapest first.
struct EdgeCollapse {
  private var mesh: CollapsibleMesh
  private var quadrics: [Quadric]
  /// How often a vertex has changed.
  private var age: [UInt32]
  private let isLocked: [Bool]
  private var limits: CollapseLimits
  /// Scratch for the collapse at hand.
  private var star: EdgeStar

  /// Vertices on an open border, or where the surface is no manifold, are locked in any case.
  init(_ surface: SurfaceInProgress, limits: CollapseLimits) {
    let mesh = CollapsibleMesh(
      positions: surface.positions, vertexAt: surface.triangles.flatMap { [$0.a, $0.b, $0.c] })
    self.mesh = mesh
    self.limits = limits.applied(to: surface)
    quadrics = surface.quadrics
    isLocked = mesh.positions.indices.map { surface.isLocked[$0] || !mesh.isDisc(around: $0) }
    age = Array(repeating: 0, count: mesh.positions.count)
    star = EdgeStar(vertexCount: mesh.positions.count)
  }

  /// Collapses edges, cheapest first, until a goal is reached or no collapse is permitted.
  mutating func run(downTo count: Int) {
    // An edge that could not be collapsed may be free once its surroundings have changed. Where a limit
    // is what ends it, a last per cent is not worth to try them all again.
    var before: Int
    var worthwhile: Int
    repeat {
      before = mesh.liveTriangles
      worthwhile = limits.isBound ? before / 100 : 0
      runOnce(downTo: count)
    } while mesh.liveTriangles > count && before - mesh.liveTriangles > worthwhile
  }

  private mutating func runOnce(downTo count: Int) {
    var queue = CollapseQueue(allEdges())
    while mesh.liveTriangles > count, let next = queue.pop() {
      let (u, v) = (Int(next.u), Int(next.v))
      guard isTrue(next), star.gather(u, v, in: mesh) else { continue }
      let quadric = quadrics[u] + quadrics[v]
      guard let target = placement(u, v, quadric) else { continue }
      // The queue has the cost of the best place; to keep the volume costs more, perhaps too much.
      let cost = Float(cost(quadric.error(at: target), quadric, u, v))
      if cost > next.cost, let other = queue.first, other.cost < cost {
        queue.push(next.costing(cost))
        continue
      }
      guard turnsNoTriangle(to: target), limits.permit(star, to: target, in: mesh) else {
        continue
      }
      mesh.collapse(u, into: v, at: target, star)
      quadrics[v] = quadric
      age[v] &+= 1
      enqueueEdges(of: v, into: &queue)
      // There are three edges for two triangles: what is more has gone stale, and would have to be sunk.
      if queue.count > 2 * mesh.liveTriangles { queue.keep { isTrue($0) } }
    }
  }

  /// Whether nothing has changed at an edge since it was put into the queue.
  @inline(__always)
  private func isTrue(_ entry: CollapseQueue.Entry) -> Bool {
    let (u, v) = (Int(entry.u), Int(entry.v))
    return age[u] &+ age[v] == entry.age && mesh.isUsed(u) && mesh.isUsed(v)
  }

  /// What is left of the surface, and which of the vertices it has kept.
  func surface() -> (surface: SurfaceInProgress, kept: [UInt32]) {
    var newIndex = [UInt32](repeating: .max, count: mesh.positions.count)
    var kept: [UInt32] = []
    for vertex in mesh.positions.indices where mesh.isUsed(vertex) {
      newIndex[vertex] = UInt32(kept.count)
      kept.append(UInt32(vertex))
    }
    var triangles: [Triangle] = []
    triangles.reserveCapacity(mesh.liveTriangles)
    var newTriangle = [UInt32](repeating: .max, count: mesh.isDeleted.count)
    for triangle in mesh.isDeleted.indices where !mesh.isDeleted[triangle] {
      func vertex(_ place: Int) -> UInt32 { newIndex[Int(mesh.vertexAt[3 * triangle + place])] }
      newTriangle[triangle] = UInt32(triangles.count)
      triangles.append(Triangle(vertex(0), vertex(1), vertex(2)))
    }
    let surface = SurfaceInProgress(
      positions: kept.map { mesh.positions[Int($0)] }, triangles: triangles,
      quadrics: kept.map { quadrics[Int($0)] }, isLocked: kept.map { isLocked[Int($0)] },
      points: limits.points.points.map { $0.on(newTriangle[Int($0.triangle)]) },
      areaChange: limits.areaChange)
    return (surface, kept)
  }

  // MARK: Costs

  private func allEdges() -> [CollapseQueue.Entry] {
    Parallel.map(Parallel.pieces(of: mesh.vertexAt.count, size: 1 << 17)) { corners in
      corners.compactMap { corner in
        guard !mesh.isDeleted[corner / 3] else { return nil }
        let u = Int(mesh.vertexAt[corner])
        let v = Int(mesh.vertexAt[corner % 3 == 2 ? corner - 2 : corner + 1])
        return u < v ? entry(u, v) : nil
      }
    }.flatMap { $0 }
  }

  private func enqueueEdges(of v: Int, into queue: inout CollapseQueue) {
    var corner = mesh.firstCorner[v]
    while corner >= 0 {
      // Around an inner vertex every neighbour is the first of exactly one corner.
      if let entry = entry(v, mesh.others(corner).0) { queue.push(entry) }
      corner = mesh.nextCorner[Int(corner)]
    }
  }

  /// The entry of an edge in the queue, with the least cost that it can have; `nil` when it must not
  /// be collapsed.
  private func entry(_ u: Int, _ v: Int) -> CollapseQueue.Entry? {
    guard !isLocked[u] && !isLocked[v] else { return nil }
    let quadric = quadrics[u] + quadrics[v]
    let least = quadric.minimum(near: (mesh.positions[u] + mesh.positions[v]) / 2)
    return CollapseQueue.Entry(
      cost: Float(cost(least.error, quadric, u, v)), u: UInt32(min(u, v)), v: UInt32(max(u, v)),
      age: age[u] &+ age[v])
  }

  /// A trace of the edge's length makes short edges go first where the surface is flat.
  private func cost(_ error: Double, _ quadric: Quadric, _ u: Int, _ v: Int) -> Double {
    let edge = mesh.positions[v] - mesh.positions[u]
    return error + 1e-6 * quadric.weight * dot(edge, edge)
  }

  // MARK: Placing

  /// Where the edge at hand should go: the point of least error, moved along the normal of the star
  /// until the enclosed volume is what it was.
  private func placement(_ u: Int, _ v: Int, _ quadric: Quadric) -> SIMD3<Double>? {
    let start = mesh.positions[v]
    let best = quadric.minimum(near: (mesh.positions[u] + start) / 2).point
    let direction = star.vectorArea
    let norm = dot(direction, direction)
    guard norm > 0 else { return nil }
    return best + direction * ((star.moment - dot(best - start, direction)) / norm)
  }

  /// Whether every triangle that stays keeps its side when u and v move: its normal turns by less than
  /// 78 degrees.
  private func turnsNoTriangle(to target: SIMD3<Double>) -> Bool {
    star.fins.allSatisfy { fin in
      let p = mesh.positions[Int(fin.first)]
      let after = cross(p - target, mesh.positions[Int(fin.second)] - p)
      let turn = dot(fin.normal, after)
      return turn > 0 && turn * turn > 0.04 * dot(fin.normal, fin.normal) * dot(after, after)
    }
  }
}
