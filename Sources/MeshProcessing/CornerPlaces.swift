internal import Volumes

/// Where the corners of the triangles have their places in a list by vertices, found by counting before
/// anything is written, so that pieces of a large mesh can be written at once.
struct CornerPlaces: Sendable {
  /// Pieces of the triangles, a few for a large mesh.
  let pieces: [Range<Int>]
  /// Where the corners at each vertex begin, and one more entry for their end.
  let starts: [Int32]
  /// How many each piece has at each vertex.
  private let counts: [[Int32]]

  init(_ mesh: TriangleMesh) {
    let vertices = mesh.positions.indices
    let triangles = mesh.triangles
    let pieces = Parallel.pieces(of: triangles.count, size: max(1 << 16, (triangles.count + 3) / 4))
    let counts = Parallel.map(pieces) { piece in
      var counts = [Int32](repeating: 0, count: vertices.count)
      for triangle in triangles[piece] {
        counts[Int(triangle.a)] += 1
        counts[Int(triangle.b)] += 1
        counts[Int(triangle.c)] += 1
      }
      return counts
    }
    var starts = [Int32](repeating: 0, count: vertices.count + 1)
    for piece in counts {
      for vertex in vertices { starts[vertex + 1] += piece[vertex] }
    }
    for vertex in vertices { starts[vertex + 1] += starts[vertex] }
    self.pieces = pieces
    self.starts = starts
    self.counts = counts
  }

  /// Where the corners of a piece begin at each vertex.
  func firsts(of piece: Int) -> [Int32] {
    var firsts = starts
    for earlier in counts[..<piece] {
      for vertex in earlier.indices { firsts[vertex] += earlier[vertex] }
    }
    return firsts
  }
}
