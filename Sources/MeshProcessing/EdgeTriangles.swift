/// The triangles at every edge of a surface.
struct EdgeTriangles {
  /// An edge by its two vertices, the lesser one first.
  struct Edge: Hashable {
    let lesser: UInt32
    let greater: UInt32

    init(_ a: UInt32, _ b: UInt32) { (lesser, greater) = (min(a, b), max(a, b)) }
  }

  /// A triangle at an edge.
  struct Side {
    let triangle: Int
    /// Whether it runs from the lesser vertex to the greater one.
    let isForward: Bool
  }

  private(set) var sides: [Edge: [Side]] = [:]

  init(_ triangles: [Triangle]) {
    sides.reserveCapacity(triangles.count * 3 / 2)
    for (index, triangle) in triangles.enumerated() {
      for (from, to) in triangle.directedEdges where from != to {
        sides[Edge(from, to), default: []].append(Side(triangle: index, isForward: from < to))
      }
    }
  }

  func at(_ a: UInt32, _ b: UInt32) -> [Side] { sides[Edge(a, b)] ?? [] }
}

extension Triangle {
  /// The edges in the winding of the triangle.
  var directedEdges: [(from: UInt32, to: UInt32)] { [(a, b), (b, c), (c, a)] }
}
