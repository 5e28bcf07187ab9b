/// For every vertex the triangles around it, each turned so that the vertex comes first.
///
/// A flat list with the two other corners of each triangle, in the winding of the mesh: the
/// triangle (v, first, second). `first` is then where the directed edge out of v leads to.
package struct VertexFans: Sendable {
  package struct Corner: Sendable {
    package let first: UInt32
    package let second: UInt32
    package let triangle: UInt32
  }

  /// Where the fan of each vertex begins in ``corners``, and one more entry for their end.
  package let starts: [Int32]
  package let corners: [Corner]

  package init(_ mesh: TriangleMesh) {
    var starts = [Int32](repeating: 0, count: mesh.positions.count + 1)
    for triangle in mesh.triangles {
      starts[Int(triangle.a) + 1] += 1
      starts[Int(triangle.b) + 1] += 1
      starts[Int(triangle.c) + 1] += 1
    }
    for vertex in 0..<mesh.positions.count { starts[vertex + 1] += starts[vertex] }
    var next = starts
    let empty = Corner(first: 0, second: 0, triangle: 0)
    var corners = [Corner](repeating: empty, count: 3 * mesh.triangles.count)
    for (index, triangle) in mesh.triangles.enumerated() {
      func place(_ vertex: UInt32, _ first: UInt32, _ second: UInt32) {
        corners[Int(next[Int(vertex)])] = Corner(
          first: first, second: second, triangle: UInt32(index))
        next[Int(vertex)] += 1
      }
      place(triangle.a, triangle.b, triangle.c)
      place(triangle.b, triangle.c, triangle.a)
      place(triangle.c, triangle.a, triangle.b)
    }
    self.starts = starts
    self.corners = corners
  }

  @inlinable package var vertexCount: Int { starts.count - 1 }

  /// The triangles around a vertex.
  @inline(__always) @_lifetime(borrow self)
  package func fan(_ vertex: Int) -> Span<Corner> {
    corners.span.extracting(Int(starts[vertex])..<Int(starts[vertex + 1]))
  }

  /// Whether the triangles around a vertex form one closed fan, as everywhere on a closed manifold: each
  /// follows another one edge by edge until all have been met and the first is reached again.
  package func isDisc(around vertex: Int) -> Bool {
    let fan = fan(vertex)
    guard !fan.isEmpty else { return false }
    var current = 0
    for step in 1...fan.count {
      guard let next = fan.index(first: fan[current].second) else { return false }
      if next == 0 { return step == fan.count }
      current = next
    }
    return false
  }
}

extension Span<VertexFans.Corner> {
  /// The first triangle of a fan that leaves along the edge to a vertex.
  @inline(__always)
  package func index(first vertex: UInt32) -> Int? {
    for i in indices where self[i].first == vertex { return i }
    return nil
  }

  /// The first triangle of a fan that comes in along the edge to a vertex.
  @inline(__always)
  package func index(second vertex: UInt32) -> Int? {
    for i in indices where self[i].second == vertex { return i }
    return nil
  }

  /// Whether every edge leaves once where it arrives: the vertex lies on no open border.
  package var isClosed: Bool {
    for i in indices where index(first: self[i].second) == nil { return false }
    return true
  }
}
