extension TriangleMesh {
  /// Removes the triangles without area: those that use a vertex twice, and those whose corners lie on
  /// one line.
  ///
  /// Where a neighbour shares the long side of such a triangle, a slit stays that is closed to the eye
  /// but open to the count of edges.
  /// - Returns: How many have gone.
  @discardableResult
  public mutating func removeDegenerateTriangles() -> Int {
    removeTriangles { mesh, triangle in
      triangle.a == triangle.b || triangle.b == triangle.c || triangle.c == triangle.a
        || mesh.normalVector(of: triangle) == .zero
    }
  }

  /// Removes every triangle whose three vertices an earlier one has, whichever way round.
  /// - Returns: How many have gone.
  @discardableResult
  public mutating func removeDuplicateTriangles() -> Int {
    var known: Set<[UInt32]> = []
    return removeTriangles { _, triangle in
      !known.insert([triangle.a, triangle.b, triangle.c].sorted()).inserted
    }
  }

  private mutating func removeTriangles(
    where isToGo: (TriangleMesh, Triangle) -> Bool
  ) -> Int {
    let before = triangles.count
    let kept = triangles.filter { !isToGo(self, $0) }
    guard kept.count < before else { return 0 }
    replace(positions: positions, triangles: kept)
    removeUnusedVertices()
    return before - kept.count
  }
}
