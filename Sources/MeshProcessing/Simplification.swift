/// How far to simplify a mesh.
public enum SimplificationGoal: Sendable, Hashable {
  /// Down to this fraction of the triangles, from 0 to 1.
  case fraction(Double)
  /// Down to this number of triangles.
  case triangleCount(Int)
  /// As far as no part of the surface moves by more than this distance, in the unit of the mesh. The
  /// bound is kept on the safe side: the distance that is reached is commonly half of it.
  case maximumError(Double)
}

extension TriangleMesh {
  /// Reduces the number of triangles by collapsing edges, the one that changes the surface least
  /// first.
  ///
  /// The error of a collapse is the area-weighted sum of squared distances to the planes of all
  /// triangles merged so far (quadric error metrics; Garland & Heckbert 1997,
  /// doi:10.1145/258734.258849). Every new vertex is then moved along the local normal so that the
  /// collapse leaves the enclosed volume as it is (Lindstrom & Turk 1998,
  /// doi:10.1109/VISUAL.1998.745314).
  ///
  /// A closed manifold stays closed and manifold and keeps its Euler number, and no triangle turns
  /// over: collapses that would break this are left out, so the goal may not be reached. Vertices on
  /// an open border or a non-manifold edge stay where they are.
  /// Complexity: O(n log n).
  public mutating func simplify(to goal: SimplificationGoal) {
    guard !isEmpty else { return }
    var collapse = EdgeCollapse(self)
    let (count, error): (Int, Double) =
      switch goal {
      case .fraction(let fraction): (Int((Double(triangles.count) * fraction).rounded()), .infinity)
      case .triangleCount(let count): (count, .infinity)
      case .maximumError(let error): (0, error)
      }
    guard count < triangles.count else { return }
    collapse.run(downTo: max(count, 4), maximumError: error)
    self = collapse.mesh()
  }

  /// The mesh simplified.
  public func simplified(to goal: SimplificationGoal) -> TriangleMesh {
    var mesh = self
    mesh.simplify(to: goal)
    return mesh
  }
}
