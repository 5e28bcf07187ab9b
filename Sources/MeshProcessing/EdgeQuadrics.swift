internal import LibC

extension SurfaceInProgress {
  /// How much a square deviation of an edge counts along it, if one of the surface counts 1 on a square as wide as the
  /// edge is long.
  private static let edgeWeight = 10.0

  /// The planes of all triangles and the lines of all edges on open borders and creases, by their vertices; empty where there
  /// are no such edges.
  ///
  /// Garland & Heckbert 1997, doi:10.1145/258734.258849, section 6, hold a border by planes that stand upright on the
  /// triangles there. Together with a plane in the triangle that is the distance from the line. Where the surface
  /// turns away at its border, as at the rim of a hemisphere, the border stays half as far off with both. At a crease of a
  /// right angle the upright planes of both triangles are the distance from the line.
  /// - Parameter creaseAngle: See ``creases(above:)``; `nil` for none.
  func quadricsWithEdges(creaseAngle: Double?) -> [Quadric] {
    let edges = borderEdges() + (creaseAngle.map { creases(above: $0) } ?? [])
    guard !edges.isEmpty else { return [] }
    var quadrics = ownQuadrics()
    for (from, to) in edges {
      let edge = positions[to] - positions[from]
      let square = dot(edge, edge)
      guard square > 0 else { continue }
      let quadric = Quadric(
        point: positions[from], unitDirection: edge / square.squareRoot(),
        weight: Self.edgeWeight * square)
      quadrics[from] += quadric
      quadrics[to] += quadric
    }
    return quadrics
  }

  /// The edges of two triangles whose normals differ by more than an angle in degrees.
  private func creases(above angle: Double) -> [(from: Int, to: Int)] {
    let normals = triangles.map { triangle in
      let corner = positions[Int(triangle.a)]
      return cross(positions[Int(triangle.b)] - corner, positions[Int(triangle.c)] - corner)
    }
    let leastCosine = cos(angle * .pi / 180)
    let edges = EdgeTriangles(triangles)
    return triangles.flatMap(\.directedEdges).filter { from, to in
      let sides = edges.at(from, to)
      // Each edge once, by the triangle along which it runs upwards.
      guard from < to, sides.count == 2 else { return false }
      let (one, other) = (normals[sides[0].triangle], normals[sides[1].triangle])
      return dot(one, other) < leastCosine * length(one) * length(other)
    }.map { (Int($0.from), Int($0.to)) }
  }

  /// The edges with one triangle, in its winding.
  private func borderEdges() -> [(from: Int, to: Int)] {
    let isOpen = openVertices()
    guard isOpen.contains(true) else { return [] }
    func isNear(_ edge: (from: UInt32, to: UInt32)) -> Bool {
      isOpen[Int(edge.from)] && isOpen[Int(edge.to)]
    }
    let near = triangles.filter { $0.directedEdges.contains(where: isNear) }
    let sides = EdgeTriangles(near)
    return near.flatMap(\.directedEdges)
      .filter { isNear($0) && sides.at($0.from, $0.to).count == 1 }
      .map { (Int($0.from), Int($0.to)) }
  }

  /// The vertices around which the triangles do not close to a ring.
  ///
  /// In a ring every neighbour comes once as the first after the vertex and once as the second, so that their numbers
  /// cancel; from an open fan those of its two ends are left.
  private func openVertices() -> [Bool] {
    var ends = [UInt32](repeating: 0, count: positions.count)
    for triangle in triangles {
      ends[Int(triangle.a)] &+= triangle.b &- triangle.c
      ends[Int(triangle.b)] &+= triangle.c &- triangle.a
      ends[Int(triangle.c)] &+= triangle.a &- triangle.b
    }
    return ends.map { $0 != 0 }
  }
}
