internal import Volumes

/// How far to simplify a mesh.
public enum SimplificationGoal: Sendable, Hashable {
  /// Down to this fraction of the triangles, from 0 to 1.
  case fraction(Double)
  /// Down to this number of triangles.
  case triangleCount(Int)
  /// As far as no vertex of the mesh comes to lie farther than this from the new surface, nor a new vertex
  /// from the old one, in the unit of the mesh. Between vertices the two can be farther apart; by a
  /// quarter more has been seen.
  case maximumError(Double)
  /// As far as the area of no connected part changes by more than this fraction of it, 0.01 for one
  /// per cent. The volume does not change whatever the goal.
  case maximumAreaChange(Double)
}

extension TriangleMesh {
  /// Reduces the number of triangles by collapsing edges, the one that changes the surface least
  /// first.
  ///
  /// The error of a collapse is the area-weighted sum of squared distances to the planes of all
  /// triangles merged so far (quadric error metrics; Garland & Heckbert 1997,
  /// doi:10.1145/258734.258849). Every new vertex is then moved along the local normal so that the
  /// collapse leaves the enclosed volume as it is (Lindstrom & Turk 1998,
  /// doi:10.1109/VISUAL.1998.745314). What that costs is the area: a polyhedron of few triangles
  /// with the volume of a round object has more area than the object.
  ///
  /// A manifold, closed or with borders, stays one and keeps its Euler number, and no triangle turns
  /// over: collapses that would break this are left out, so the goal may not be reached. Vertices on
  /// a non-manifold edge stay where they are.
  ///
  /// An open border counts as well as the surface: its vertices remember the lines of their edges, and a vertex on
  /// it leaves the border for no inner one. What is straight stays straight, what is plane stays in its plane, and the area
  /// inside of a plane border what it was (Lindstrom & Turk's boundary preservation). An open surface encloses no
  /// volume; what lies between the surface before and after, zero elsewhere, is small at the border but not zero. Lock
  /// ``borderVertices()`` to leave borders untouched.
  ///
  /// A closed surface has a number of triangles that is even. An open one may end with one more than the goal.
  ///
  /// Costs that differ by less than a hundredth count as the same. Every connected part is simplified on
  /// its own, to its share of the triangles, and the parts come out one after the other. A part of more than
  /// 65,536 triangles is cut by a cubic grid into blocks, several times with other seams; what a block
  /// gives up follows its share of the cheap edges, so that triangles end up where the surface needs them.
  ///
  /// - Parameters:
  ///   - minimumTriangles: What every connected part keeps at least, so that a small object does not
  ///     end as a tetrahedron.
  ///   - locked: Vertices that are to stay where they are, by index.
  ///   - creaseAngle: Edges at which the surface turns by more than this many degrees are held as open borders are, by their
  ///     lines; `nil` for none. On edges with noise that keeps them straight where few triangles are left. Noise that turns the surface
  ///     by more is taken for edges.
  public mutating func simplify(
    to goal: SimplificationGoal, keepingAtLeast minimumTriangles: Int = 20,
    locking locked: [Int] = [], creaseAngle: Double? = nil
  ) {
    self =
      simplifiedByParts(
        to: goal, keepingAtLeast: minimumTriangles, locking: locked, creaseAngle: creaseAngle
      ).mesh
  }

  /// The mesh simplified.
  public func simplified(
    to goal: SimplificationGoal, keepingAtLeast minimumTriangles: Int = 20,
    locking locked: [Int] = [], creaseAngle: Double? = nil
  ) -> TriangleMesh {
    var mesh = self
    mesh.simplify(
      to: goal, keepingAtLeast: minimumTriangles, locking: locked, creaseAngle: creaseAngle)
    return mesh
  }
}

extension TriangleMesh {
  /// As ``simplify(to:keepingAtLeast:locking:creaseAngle:)``, and which vertices of the result have stayed where they are because they were
  /// locked or no manifold.
  package func simplifiedByParts(
    to goal: SimplificationGoal, keepingAtLeast minimumTriangles: Int = 20, locking locked: [Int],
    creaseAngle: Double? = nil
  ) -> (mesh: TriangleMesh, isLocked: [Bool]) {
    var isLocked = [Bool](repeating: false, count: positions.count)
    for vertex in locked { isLocked[vertex] = true }
    let budget = CollapseBudget(goal, triangleCount: triangles.count)
    guard budget.collapses > 0 else { return (self, isLocked) }
    let parts = MeshParts(connected: self)
    let goals = budget.goals(for: parts, minimumTriangles: max(minimumTriangles, 4))
    let locks = isLocked
    @Sendable func simplified(_ part: Int) -> (mesh: TriangleMesh, isLocked: [Bool]) {
      parts.simplified(part, of: self, downTo: goals[part], locks, creaseAngle, budget)
    }
    // A large part takes all threads by itself.
    let small = Parallel.map(parts.count) { parts.isLarge($0) ? nil : simplified($0) }
    let all = small.enumerated().map { $1 ?? simplified($0) }
    return (TriangleMesh(joining: all.map(\.mesh)), all.flatMap(\.isLocked))
  }
}

extension MeshParts {
  fileprivate func isLarge(_ part: Int) -> Bool {
    triangleCount(of: part) > SurfaceInProgress.largestBlock
  }

  /// One part of a mesh simplified.
  fileprivate func simplified(
    _ part: Int, of mesh: TriangleMesh, downTo count: Int, _ isLocked: [Bool],
    _ creaseAngle: Double?, _ budget: CollapseBudget
  ) -> (mesh: TriangleMesh, isLocked: [Bool]) {
    let mesh = self.part(part, of: mesh)
    let isLocked = vertices(of: part).map { isLocked[Int($0)] }
    guard count < mesh.triangles.count else { return (mesh, isLocked) }
    let limits = budget.limits(for: mesh)
    let surface = SurfaceInProgress(
      mesh, isLocked: isLocked, creaseAngle: creaseAngle, remembersVertices: limits.boundsDistance
    ).simplified(downTo: count, limits: limits)
    return (surface.mesh(from: mesh), surface.isLocked)
  }
}

/// What a goal means for the parts of a mesh.
private struct CollapseBudget {
  /// How many edges are to go, each with two triangles.
  let collapses: Int
  private let triangleCount: Int
  private let maximumError: Double
  private let maximumAreaChange: Double

  init(_ goal: SimplificationGoal, triangleCount: Int) {
    let (count, error, area): (Int, Double, Double) =
      switch goal {
      case .fraction(let fraction):
        (Int((Double(triangleCount) * fraction).rounded()), .infinity, .infinity)
      case .triangleCount(let count): (count, .infinity, .infinity)
      case .maximumError(let error): (0, error, .infinity)
      case .maximumAreaChange(let change): (0, .infinity, change)
      }
    collapses = max(0, triangleCount - count + 1) / 2
    self.triangleCount = triangleCount
    (maximumError, maximumAreaChange) = (error, area)
  }

  /// The triangles that each part is to keep: its share, which adds up to the goal for the whole.
  func goals(for parts: MeshParts, minimumTriangles: Int) -> [Int] {
    var before = 0
    return (0..<parts.count).map { part in
      let after = before + parts.triangleCount(of: part)
      let share = collapses * after / triangleCount - collapses * before / triangleCount
      let count = after - before
      defer { before = after }
      // Triangles go by twos: of an odd number an even one cannot be left.
      return max(count - 2 * share, minimumTriangles + abs(count - minimumTriangles) % 2)
    }
  }

  func limits(for mesh: TriangleMesh) -> CollapseLimits {
    CollapseLimits(
      maximumDistance: maximumError,
      maximumAreaChange: maximumAreaChange < .infinity
        ? maximumAreaChange * mesh.surfaceArea : .infinity,
      original: mesh)
  }
}
