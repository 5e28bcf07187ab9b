/// Finds out whether the triangles around a vertex form one fan: closed, as everywhere on a closed manifold,
/// or open, as on a border.
struct FanSearch {
  /// What follows on a neighbour around a vertex, and around which one that is so.
  private var next: [(neighbour: Int32, center: Int32)]

  init(vertexCount: Int) { next = Array(repeating: (-1, -1), count: vertexCount) }

  /// The neighbours at which the fan of a vertex begins and ends, the same one when it is closed; `nil`
  /// where there is no fan, or more than one.
  mutating func ends(of vertex: Int, in mesh: borrowing CollapsibleMesh) -> (Int, Int)? {
    var count = 0
    var corner = mesh.firstCorner[vertex]
    while corner >= 0 {
      let (p, q) = mesh.others(corner)
      next[p] = (Int32(q), Int32(vertex))
      count += 1
      corner = mesh.nextCorner[Int(corner)]
    }
    // A closed fan may begin anywhere, an open one at one neighbour only.
    corner = mesh.firstCorner[vertex]
    while corner >= 0 {
      let start = mesh.others(corner).0
      if let end = end(of: vertex, from: start, steps: count) { return (start, end) }
      corner = mesh.nextCorner[Int(corner)]
    }
    return nil
  }

  /// Where so many triangles lead that follow each other around a vertex, if they end there.
  private func end(of vertex: Int, from start: Int, steps count: Int) -> Int? {
    var (end, steps) = (start, 0)
    repeat {
      guard next[end].center == vertex else { return nil }
      end = Int(next[end].neighbour)
      steps += 1
    } while end != start && steps < count
    return steps == count && (end == start || next[end].center != vertex) ? end : nil
  }
}
