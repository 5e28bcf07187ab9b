extension TriangleMesh {
  /// Every triangle cut into four at the middles of its edges.
  ///
  /// The vertices of the mesh come first, in their order; the middles follow. A closed mesh stays
  /// closed, and so does every flat facet flat: area and volume are unchanged.
  public func subdivided() -> TriangleMesh { MidpointSubdivision(self).mesh }
}

/// A mesh whose triangles are cut into four, and the two old vertices that each new one lies between.
package struct MidpointSubdivision: Sendable {
  package let mesh: TriangleMesh
  /// For every new vertex, in their order, the ends of the edge that it is the middle of.
  package let ends: [SIMD2<UInt32>]

  package init(_ mesh: TriangleMesh) {
    let fans = VertexFans(mesh)
    var ends: [SIMD2<UInt32>] = []
    ends.reserveCapacity(mesh.triangles.count * 3 / 2)
    let old = UInt32(mesh.positions.count)
    // For every corner the middle of the edge from its vertex to the first of the two others.
    var middles = [UInt32](repeating: 0, count: fans.corners.count)
    for vertex in 0..<old {
      let fan = fans.fan(Int(vertex))
      let start = Int(fans.starts[Int(vertex)])
      for i in fan.indices {
        let other = fan[i].first
        if let known = Self.known(other, vertex, before: i, in: fan, fans) {
          middles[start + i] = middles[known]
        } else {
          middles[start + i] = old + UInt32(ends.count)
          ends.append(SIMD2(vertex, other))
        }
      }
    }
    self.mesh = Self.cut(mesh, fans, middles, ends)
    self.ends = ends
  }

  /// The corner that the middle of an edge was made for already: an earlier one at this vertex, or the
  /// one that runs the other way at a vertex that came before.
  private static func known(
    _ other: UInt32, _ vertex: UInt32, before corner: Int, in fan: Span<VertexFans.Corner>,
    _ fans: VertexFans
  ) -> Int? {
    if let same = fan.index(first: other), same < corner {
      return Int(fans.starts[Int(vertex)]) + same
    }
    guard other < vertex, let back = fans.fan(Int(other)).index(first: vertex) else { return nil }
    return Int(fans.starts[Int(other)]) + back
  }

  private static func cut(
    _ mesh: TriangleMesh, _ fans: VertexFans, _ middles: [UInt32], _ ends: [SIMD2<UInt32>]
  ) -> TriangleMesh {
    var positions = mesh.positions
    positions.reserveCapacity(positions.count + ends.count)
    for edge in ends { positions.append((positions[Int(edge.x)] + positions[Int(edge.y)]) / 2) }
    // Each corner cuts off its own small triangle; what remains in the middle is the fourth one.
    var inner = [SIMD3<UInt32>](repeating: .zero, count: mesh.triangles.count)
    for vertex in 0..<UInt32(mesh.positions.count) {
      for corner in Int(fans.starts[Int(vertex)])..<Int(fans.starts[Int(vertex) + 1]) {
        let index = Int(fans.corners[corner].triangle)
        let triangle = mesh.triangles[index]
        let side = vertex == triangle.a ? 0 : vertex == triangle.b ? 1 : 2
        inner[index][side] = middles[corner]
      }
    }
    var triangles: [Triangle] = []
    triangles.reserveCapacity(4 * mesh.triangles.count)
    for (triangle, middle) in zip(mesh.triangles, inner) {
      triangles.append(Triangle(triangle.a, middle.x, middle.z))
      triangles.append(Triangle(middle.x, triangle.b, middle.y))
      triangles.append(Triangle(middle.z, middle.y, triangle.c))
      triangles.append(Triangle(middle.x, middle.y, middle.z))
    }
    return TriangleMesh(positions: positions, triangles: triangles)
  }
}
