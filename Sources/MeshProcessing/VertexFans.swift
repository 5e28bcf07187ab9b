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

  package subscript(vertex: Int) -> ArraySlice<Corner> {
    @inline(__always) get { corners[Int(starts[vertex])..<Int(starts[vertex + 1])] }
  }
}
