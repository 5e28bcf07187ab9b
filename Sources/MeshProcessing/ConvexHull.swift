extension TriangleMesh {
  /// The convex hull of the vertices that triangles use: a closed, outward wound mesh of some of
  /// them; `nil` where they all lie in one plane.
  ///
  /// Which vertices are corners of the hull is decided with them moved to a lattice of 2^20 steps
  /// along the longest side of their box, where integers decide without error: coplanar and equal
  /// vertices, of which meshes from voxels are full, need no tolerance. The hull has the vertices
  /// where they were; a corner that stands out by less than a millionth of that side may be
  /// missing. Vertices inside of flat faces may be part of the hull.
  ///
  /// Quickhull, n log n for points as they come. Barber, Dobkin & Huhdanpaa 1996,
  /// doi:10.1145/235815.235821.
  public func convexHull() -> TriangleMesh? {
    var isUsed = [Bool](repeating: false, count: positions.count)
    for triangle in triangles {
      isUsed[Int(triangle.a)] = true
      isUsed[Int(triangle.b)] = true
      isUsed[Int(triangle.c)] = true
    }
    let vertices = positions.indices.filter { isUsed[$0] }.map { positions[$0] }
    guard let faces = QuickHull.faces(of: Self.lattice(vertices)) else { return nil }
    return TriangleMesh(positions: vertices, triangles: faces).withoutUnusedVertices()
  }

  private static func lattice(_ points: [SIMD3<Float>]) -> [SIMD3<Int>] {
    guard var low = points.first.map({ SIMD3<Double>($0) }) else { return [] }
    var high = low
    for point in points {
      low = pointwiseMin(low, SIMD3<Double>(point))
      high = pointwiseMax(high, SIMD3<Double>(point))
    }
    let side = (high - low).max()
    guard side > 0, side.isFinite else { return points.map { _ in .zero } }
    let scale = Double(QuickHull.latticeSide) / side
    return points.map { SIMD3<Int>(((SIMD3<Double>($0) - low) * scale).rounded(.toNearestOrEven)) }
  }

  private func withoutUnusedVertices() -> TriangleMesh {
    var places = [UInt32](repeating: .max, count: positions.count)
    var kept: [SIMD3<Float>] = []
    func place(_ vertex: UInt32) -> UInt32 {
      if places[Int(vertex)] == .max {
        places[Int(vertex)] = UInt32(kept.count)
        kept.append(positions[Int(vertex)])
      }
      return places[Int(vertex)]
    }
    let faces = triangles.map { Triangle(place($0.a), place($0.b), place($0.c)) }
    return TriangleMesh(positions: kept, triangles: faces)
  }
}
