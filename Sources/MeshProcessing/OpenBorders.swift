/// The open borders of a surface: rings of vertices, with the surface on the left.
struct OpenBorders {
  /// The vertices after and before each one along its border, -1 for those on none.
  private var next: [Int32]
  private var previous: [Int32]

  init(vertexCount: Int) {
    next = Array(repeating: -1, count: vertexCount)
    previous = next
  }

  @inline(__always)
  func contains(_ vertex: Int) -> Bool { next[vertex] >= 0 }

  /// The vertex before one of a border.
  @inline(__always)
  func before(_ vertex: Int) -> Int { Int(previous[vertex]) }

  /// The vertex after one of a border.
  @inline(__always)
  func after(_ vertex: Int) -> Int { Int(next[vertex]) }

  mutating func insert(_ vertex: Int, between previous: Int, and next: Int) {
    self.previous[vertex] = Int32(previous)
    self.next[vertex] = Int32(next)
  }

  /// Takes out a vertex that has become one with the neighbour v.
  mutating func remove(_ u: Int, into v: Int) {
    if after(u) == v {
      previous[v] = previous[u]
      next[before(u)] = Int32(v)
    } else {
      next[v] = next[u]
      previous[after(u)] = Int32(v)
    }
    (previous[u], next[u]) = (-1, -1)
  }
}
