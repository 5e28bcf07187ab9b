internal import Volumes

/// For every vertex the triangles around it, each turned so that the vertex comes first.
///
/// A flat list with the two other corners of each triangle, in the winding of the mesh: the
/// triangle (v, first, second). `first` is then where the directed edge out of v leads to.
package struct VertexFans: Sendable {
  package struct Corner: Sendable, BitwiseCopyable {
    package let first: UInt32
    package let second: UInt32
    package let triangle: UInt32
  }

  /// Where the fan of each vertex begins in ``corners``, and one more entry for their end.
  package let starts: [Int32]
  package let corners: [Corner]

  package init(_ mesh: TriangleMesh) {
    let places = CornerPlaces(mesh)
    starts = places.starts
    corners = unsafe Array(unsafeUninitializedCapacity: 3 * mesh.triangles.count) { buffer, count in
      count = 3 * mesh.triangles.count
      guard count > 0 else { return }
      let target = unsafe DisjointWrites(buffer)
      Parallel.forEach(places.pieces.count) { piece in
        var next = places.firsts(of: piece)
        func place(_ vertex: UInt32, _ first: UInt32, _ second: UInt32, _ triangle: Int) {
          // SAFETY: every corner of a triangle was counted by one piece, and has a place of its own.
          unsafe target.base[Int(next[Int(vertex)])] = Corner(
            first: first, second: second, triangle: UInt32(triangle))
          next[Int(vertex)] += 1
        }
        for index in places.pieces[piece] {
          let triangle = mesh.triangles[index]
          place(triangle.a, triangle.b, triangle.c, index)
          place(triangle.b, triangle.c, triangle.a, index)
          place(triangle.c, triangle.a, triangle.b, index)
        }
      }
    }
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
