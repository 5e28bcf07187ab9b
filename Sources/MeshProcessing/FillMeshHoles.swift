extension TriangleMesh {
  /// Closes holes of few edges by the triangles of least area together, without new vertices.
  ///
  /// A hole is a closed chain of edges with one triangle each. One that passes a vertex twice is left
  /// alone. Barequet & Sharir 1995, doi:10.1016/0167-8396(94)00011-G. Cubic in the edges of a hole.
  /// - Parameter edgeCount: The most edges of a hole that is filled.
  /// - Returns: How many holes have been filled.
  @discardableResult
  public mutating func fillHoles(upTo edgeCount: Int) -> Int {
    let edges = EdgeTriangles(triangles)
    let fillings = holes(edges).filter { $0.count >= 3 && $0.count <= edgeCount }
      .compactMap { leastArea(over: $0, edges) }
    guard !fillings.isEmpty else { return 0 }
    replace(positions: positions, triangles: triangles + fillings.joined())
    return fillings.count
  }

  /// The rims of the holes, each in the direction in which the missing triangles run along it.
  private func holes(_ edges: EdgeTriangles) -> [[UInt32]] {
    var next: [UInt32: UInt32] = [:]
    var isAmbiguous: Set<UInt32> = []
    for sides in edges.sides where sides.value.count == 1 {
      let isForward = sides.value[0].isForward
      let (from, to) =
        isForward
        ? (sides.key.greater, sides.key.lesser) : (sides.key.lesser, sides.key.greater)
      if next.updateValue(to, forKey: from) != nil { isAmbiguous.insert(from) }
    }
    var holes: [[UInt32]] = []
    var isMet: Set<UInt32> = []
    for start in next.keys.sorted() where !isMet.contains(start) {
      var rim: [UInt32] = []
      var vertex = start
      while isMet.insert(vertex).inserted, let following = next[vertex] {
        rim.append(vertex)
        vertex = following
      }
      if vertex == start && !rim.contains(where: isAmbiguous.contains) { holes.append(rim) }
    }
    return holes
  }

  /// Triangles over a polygon whose areas add up to as little as possible; `nil` where there are none
  /// without an edge that the mesh has already.
  private func leastArea(over rim: [UInt32], _ edges: EdgeTriangles) -> [Triangle]? {
    let count = rim.count
    var area = [[Double]](repeating: Array(repeating: 0, count: count), count: count)
    var apex = [[Int]](repeating: Array(repeating: 0, count: count), count: count)
    for span in 2..<count {
      for first in 0..<count - span {
        let last = first + span
        area[first][last] = .infinity
        let isRim = last - first == count - 1
        guard isRim || edges.at(rim[first], rim[last]).isEmpty else { continue }
        for middle in first + 1..<last {
          let triangle = Triangle(rim[first], rim[middle], rim[last])
          let sum =
            area[first][middle] + area[middle][last] + length(normalVector(of: triangle)) / 2
          if sum < area[first][last] { (area[first][last], apex[first][last]) = (sum, middle) }
        }
      }
    }
    guard area[0][count - 1] < .infinity else { return nil }
    var filling: [Triangle] = []
    var open = [(0, count - 1)]
    while let (first, last) = open.popLast() {
      guard last - first >= 2 else { continue }
      let middle = apex[first][last]
      filling.append(Triangle(rim[first], rim[middle], rim[last]))
      open += [(first, middle), (middle, last)]
    }
    return filling
  }
}
