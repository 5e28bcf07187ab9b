internal import Volumes

/// The simplification of a mesh by collapsing its edges, cheapest first.
///
/// The costs that wait in the queue are those of the time when they were put there. As planes are only
/// ever added to a quadric, they bound the present ones from below: an edge is looked at again when it comes
/// out, and goes back if it has become dearer. That is the exact order, at a fraction of the costs to be found.
struct EdgeCollapse {
  private var mesh: CollapsibleMesh
  private var quadrics: [Quadric]
  private let isLocked: [Bool]
  private var limits: CollapseLimits
  /// How many edges have been collapsed, and how many had been when a vertex was last changed.
  private var collapses: UInt32 = 0
  private var changed: [UInt32]
  /// For a vertex with edges that were turned away, and may be free once it has changed, the other end of the last
  /// of them; itself when that one is to be tried again. `.max` where there are none.
  private var rejected: [UInt32] = []
  /// Scratch for the collapse at hand.
  private var star: EdgeStar

  /// Vertices where the surface is no manifold are locked in any case.
  init(_ surface: SurfaceInProgress, limits: CollapseLimits) {
    mesh = CollapsibleMesh(positions: surface.positions, triangles: surface.triangles)
    self.limits = limits.applied(to: surface)
    quadrics = surface.quadrics.isEmpty ? surface.ownQuadrics() : surface.quadrics
    isLocked = zip(surface.isLocked, mesh.isManifold).map { $0 || !$1 }
    changed = Array(repeating: 0, count: mesh.positions.count)
    star = EdgeStar(vertexCount: mesh.positions.count)
  }

  /// Collapses edges, cheapest first, until no more than one triangle above a goal is left or no collapse is
  /// permitted.
  mutating func run(downTo goal: Int) {
    // A collapse takes two, or one at a border.
    let count = goal + 1
    var before: Int
    repeat {
      before = mesh.liveTriangles
      // From half on, a queue of what is left is shorter than what has become of the first one, in which the two
      // edges that a collapse makes one wait both. Where limits turn most away, to ask them again costs more.
      runOnce(downTo: limits.isBound ? count : max(count, before / 2))
      // An edge that could not be collapsed may be free once its surroundings have changed; but not many are.
    } while mesh.liveTriangles > count
      && before - mesh.liveTriangles > (limits.isBound ? before / 100 : 0)
  }

  private mutating func runOnce(downTo count: Int) {
    rejected = Array(repeating: .max, count: mesh.positions.count)
    var queue = allEdges()
    while mesh.liveTriangles > count, let next = queue.first() {
      let (u, v) = (mesh.survivor(of: next.u), mesh.survivor(of: next.v))
      if u == v || rejected[u] == v || rejected[v] == u {
        queue.removeFirst()
      } else if max(changed[u], changed[v]) > next.stamp {
        queue.replaceFirst(by: edge(u, v), cost: leastCost(u, v))
      } else {
        tryCollapse(u, v, &queue)
      }
    }
  }

  /// Collapses the first edge of the queue, puts it back if it costs more than that, or turns it away.
  private mutating func tryCollapse(_ u: Int, _ v: Int, _ queue: inout CollapseQueue) {
    // Of an inner vertex and one on a border the latter is left.
    let (u, v) = mesh.borders.contains(u) ? (v, u) : (u, v)
    let quadric = quadrics[u] + quadrics[v]
    guard star.gather(u, v, in: mesh), let target = placement(u, v, quadric) else {
      return reject(u, v, &queue)
    }
    // The queue has the cost of the best place; to keep the volume costs more, perhaps too much.
    let cost = quadric.cost(
      ofEdge: mesh.positions[v] - mesh.positions[u], error: quadric.error(at: target))
    guard queue.firstStays(at: cost) else {
      return queue.replaceFirst(by: edge(u, v), cost: cost)
    }
    guard isWithinStar(u, v, target), turnsNoTriangle(to: target),
      limits.permit(star, to: target, in: mesh)
    else {
      return reject(u, v, &queue)
    }
    queue.removeFirst()
    mesh.collapse(u, into: v, at: target, star)
    quadrics[v] = quadric
    collapses += 1
    changed[v] = collapses
    if min(rejected[u], rejected[v]) < .max { enqueueEdges(of: v, into: &queue) }
  }

  private mutating func reject(_ u: Int, _ v: Int, _ queue: inout CollapseQueue) {
    (rejected[u], rejected[v]) = (UInt32(v), UInt32(u))
    queue.removeFirst()
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

  private func allEdges() -> CollapseQueue {
    var queue = CollapseQueue(capacity: mesh.vertexAt.count / 2)
    for corner in mesh.vertexAt.indices where !mesh.isDeleted[corner / 3] {
      let u = Int(mesh.vertexAt[corner])
      let v = Int(mesh.vertexAt[corner % 3 == 2 ? corner - 2 : corner + 1])
      if u < v || mesh.borders.after(u) == v { enqueue(u, v, into: &queue) }
    }
    return queue
  }

  private mutating func enqueueEdges(of v: Int, into queue: inout CollapseQueue) {
    rejected[v] = .max
    func enqueueEdge(to neighbour: Int) {
      if rejected[neighbour] == v { rejected[neighbour] = UInt32(neighbour) }
      enqueue(v, neighbour, into: &queue)
    }
    var corner = mesh.firstCorner[v]
    while corner >= 0 {
      // Every neighbour is the first of one corner, but for the one before the vertex on a border.
      enqueueEdge(to: mesh.others(corner).0)
      corner = mesh.nextCorner[Int(corner)]
    }
    if mesh.borders.contains(v) { enqueueEdge(to: mesh.borders.before(v)) }
  }

  /// Adds an edge to the queue, unless it must not be collapsed.
  private func enqueue(_ u: Int, _ v: Int, into queue: inout CollapseQueue) {
    guard !isLocked[u] && !isLocked[v] else { return }
    queue.push(edge(u, v), cost: leastCost(u, v))
  }

  private func edge(_ u: Int, _ v: Int) -> CollapseQueue.Edge {
    CollapseQueue.Edge(u: UInt32(u), v: UInt32(v), stamp: collapses)
  }

  private func leastCost(_ u: Int, _ v: Int) -> Float {
    (quadrics[u] + quadrics[v]).leastCost(mesh.positions[u], mesh.positions[v])
  }

  // MARK: Placing

  /// Where the edge at hand should go: the point of least error, moved along the normal of the star
  /// until the enclosed volume is what it was; on a border, a point that leaves its place.
  private func placement(_ u: Int, _ v: Int, _ quadric: Quadric) -> SIMD3<Double>? {
    if mesh.borders.contains(v) {
      return mesh.borders.contains(u)
        ? mesh.borderStretch(u, v).placement(quadric) : mesh.positions[v]
    }
    let start = mesh.positions[v]
    let best = quadric.minimum(near: (mesh.positions[u] + start) / 2).point
    let direction = star.vectorArea
    let norm = dot(direction, direction)
    guard norm > 0 else { return nil }
    return best + direction * ((star.moment - dot(best - start, direction)) / norm)
  }

  /// Whether a point is no farther from the middle of the edge at hand than half of the way to the ring around it. Where a
  /// star is nearly folded, the volume is kept far outside only, as a spike.
  private func isWithinStar(_ u: Int, _ v: Int, _ target: SIMD3<Double>) -> Bool {
    let middle = (mesh.positions[u] + mesh.positions[v]) / 2
    let way = dot(target - middle, target - middle)
    return star.fins.contains { fin in
      let toRing = mesh.positions[Int(fin.first)] - middle
      return 4 * way <= dot(toRing, toRing)
    }
  }

  /// Whether every triangle that stays keeps its side when u and v move: its normal turns by less than 78 degrees,
  /// and does not turn farther than that away from the star as a whole, as many small turns would in the end.
  private func turnsNoTriangle(to target: SIMD3<Double>) -> Bool {
    star.fins.allSatisfy { fin in
      let p = mesh.positions[Int(fin.first)]
      let after = cross(p - target, mesh.positions[Int(fin.second)] - p)
      return isWithin78Degrees(fin.normal, after)
        && (isWithin78Degrees(star.vectorArea, after)
          || dot(star.vectorArea, after) / length(after)
            >= dot(star.vectorArea, fin.normal) / length(fin.normal))
    }
  }
}

@inline(__always)
private func isWithin78Degrees(_ a: SIMD3<Double>, _ b: SIMD3<Double>) -> Bool {
  let product = dot(a, b)
  return product > 0 && product * product > 0.04 * dot(a, a) * dot(b, b)
}
