/// The parts of a mesh that hang together through shared vertices, in the order of their first
/// vertices.
package struct ConnectedParts: Sendable {
  package let count: Int
  /// The part of every vertex; `.max` for one that no triangle uses.
  package let ofVertex: [UInt32]

  /// Whether there is one part, and every vertex belongs to it.
  var isOne: Bool { count == 1 && !ofVertex.contains(.max) }

  package init(_ mesh: TriangleMesh) {
    var forest = DisjointSets(count: mesh.positions.count)
    var isUsed = [Bool](repeating: false, count: mesh.positions.count)
    for triangle in mesh.triangles {
      forest.join(triangle)
      isUsed[Int(triangle.a)] = true
      isUsed[Int(triangle.b)] = true
      isUsed[Int(triangle.c)] = true
    }
    var ofVertex = [UInt32](repeating: .max, count: mesh.positions.count)
    var count: UInt32 = 0
    for vertex in mesh.positions.indices where isUsed[vertex] {
      // The root of a set is its first vertex, and so has its number before any other of the set.
      let root = Int(forest.root(of: UInt32(vertex)))
      if root == vertex {
        ofVertex[vertex] = count
        count += 1
      } else {
        ofVertex[vertex] = ofVertex[root]
      }
    }
    self.ofVertex = ofVertex
    self.count = Int(count)
  }
}

/// Sets of numbers that are joined by and by (union-find); the root of a set is its least number.
private struct DisjointSets {
  private var parent: [UInt32]

  init(count: Int) { parent = (0..<UInt32(count)).map { $0 } }

  mutating func root(of number: UInt32) -> UInt32 {
    var number = number
    while parent[Int(number)] != number {
      parent[Int(number)] = parent[Int(parent[Int(number)])]
      number = parent[Int(number)]
    }
    return number
  }

  mutating func join(_ triangle: Triangle) {
    let (a, b, c) = (parent[Int(triangle.a)], parent[Int(triangle.b)], parent[Int(triangle.c)])
    // As most triangles of a part are found when they come.
    if a == b && b == c { return }
    let roots = (root(of: a), root(of: b), root(of: c))
    let least = min(roots.0, roots.1, roots.2)
    parent[Int(roots.0)] = least
    parent[Int(roots.1)] = least
    parent[Int(roots.2)] = least
  }
}
