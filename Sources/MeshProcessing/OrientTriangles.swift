extension TriangleMesh {
  /// Turns triangles so that neighbours agree on which side is outside, and every closed part is
  /// outside out. A part that nests in another one, such as the wall of a cavity, is taken as a part of
  /// its own.
  ///
  /// Neighbours are those at an edge of exactly two triangles. On a surface that has only one side, a
  /// Möbius strip, some neighbours go on to disagree.
  /// - Returns: How many triangles have been turned.
  @discardableResult
  public mutating func orientConsistently() -> Int {
    let edges = EdgeTriangles(triangles)
    var isTurned = [Bool](repeating: false, count: triangles.count)
    var isMet = isTurned
    for start in triangles.indices where !isMet[start] {
      let part = agree(from: start, edges, &isMet, &isTurned)
      guard isClosed(part, edges) ? volume(of: part, isTurned) < 0 : mostAreTurned(part, isTurned)
      else { continue }
      for triangle in part { isTurned[triangle].toggle() }
    }
    let turned = isTurned.count { $0 }
    guard turned > 0 else { return 0 }
    replace(
      positions: positions,
      triangles: triangles.indices.map { isTurned[$0] ? triangles[$0].flipped : triangles[$0] })
    return turned
  }

  /// Turns all that can be reached from a triangle to agree with it, and says what that is.
  private func agree(
    from start: Int, _ edges: EdgeTriangles, _ isMet: inout [Bool], _ isTurned: inout [Bool]
  ) -> [Int] {
    var part = [start]
    isMet[start] = true
    var next = 0
    while next < part.count {
      let current = part[next]
      next += 1
      for (from, to) in triangles[current].directedEdges {
        let sides = edges.at(from, to)
        guard sides.count == 2, from != to else { continue }
        let other = sides[0].triangle == current ? sides[1] : sides[0]
        guard !isMet[other.triangle] else { continue }
        isMet[other.triangle] = true
        // Neighbours that agree run along their edge in opposite directions.
        let disagrees = other.isForward == (from < to)
        isTurned[other.triangle] = disagrees != isTurned[current]
        part.append(other.triangle)
      }
    }
    return part
  }

  private func isClosed(_ part: [Int], _ edges: EdgeTriangles) -> Bool {
    part.allSatisfy { triangles[$0].directedEdges.allSatisfy { edges.at($0, $1).count == 2 } }
  }

  private func volume(of part: [Int], _ isTurned: [Bool]) -> Double {
    TriangleMesh(
      positions: positions,
      triangles: part.map { isTurned[$0] ? triangles[$0].flipped : triangles[$0] }
    ).signedVolume
  }

  private func mostAreTurned(_ part: [Int], _ isTurned: [Bool]) -> Bool {
    2 * part.count { isTurned[$0] } > part.count
  }
}
