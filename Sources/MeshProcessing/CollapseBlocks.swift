internal import Volumes

/// The blocks of a surface whose edges are collapsed at the same time, and how far each of them is to go.
struct CollapseBlocks {
  let parts: MeshParts
  /// Whether a vertex is locked or on the seam of several blocks.
  let isFixed: [Bool]
  /// The triangles that every block is to keep.
  let goals: [Int]

  /// - Parameters:
  ///   - count: What the whole is to keep.
  ///   - leavesSeams: Whether what could only go at the seams is left to a later round.
  init(_ parts: MeshParts, of surface: SurfaceInProgress, downTo count: Int, leavesSeams: Bool) {
    self.parts = parts
    let isFixed = parts.sharedVertices(orAmong: surface.isLocked)
    self.isFixed = isFixed
    let costs = Parallel.map(parts.count) { part in
      surface.piece(part, of: parts, isFixed: isFixed, points: []).sampledCosts()
    }
    var collapses = (surface.triangles.count - count + 1) / 2
    if leavesSeams { collapses = collapses * isFixed.count { !$0 } / isFixed.count }
    goals = zip(0..., costs.shares(of: collapses)).map { part, share in
      let before = parts.triangleCount(of: part)
      return max(before - 2 * share, before / 4)
    }
  }
}

extension SurfaceInProgress {
  /// One of so many edges, of those that are free, is a sample.
  fileprivate static let edgesPerSample = 6

  /// Costs of edges, as buckets of a queue.
  fileprivate func sampledCosts() -> [UInt16] {
    let quadrics = quadrics.isEmpty ? ownQuadrics() : quadrics
    // There are three edges for two triangles.
    let step = Self.edgesPerSample * 2 / 3
    return stride(from: 0, to: triangles.count, by: step).compactMap { index in
      let edge = triangles[index].directedEdges[index / step % 3]
      let (u, v) = (Int(edge.from), Int(edge.to))
      guard !isLocked[u] && !isLocked[v] else { return nil }
      let cost = (quadrics[u] + quadrics[v]).leastCost(positions[u], positions[v])
      return UInt16(CollapseQueue.bucket(cost))
    }
  }
}

extension [[UInt16]] {
  /// How many of the collapses are due to each block: in proportion to its cheap edges, about as if all
  /// were in one queue.
  fileprivate func shares(of collapses: Int) -> [Int] {
    // A collapse takes three edges away. With that many the shares have been nearest to those of one queue.
    let cheap = counts(atLeast: 3 * collapses / SurfaceInProgress.edgesPerSample)
    let sum = Swift.max(1, cheap.reduce(0, +))
    var before = 0
    return cheap.map { number in
      let after = before + number
      defer { before = after }
      return collapses * after / sum - collapses * before / sum
    }
  }

  /// How many of each list are among the `count` lowest of all, or a little more.
  private func counts(atLeast count: Int) -> [Int] {
    var histogram = [Int](repeating: 0, count: 1 << 16)
    for cost in joined() { histogram[Int(cost)] += 1 }
    var end = 0
    var sum = 0
    while sum < count && end < histogram.count {
      sum += histogram[end]
      end += 1
    }
    return map { $0.count { $0 < end } }
  }
}

extension MeshParts {
  /// Whether a vertex belongs to several parts or to a given set.
  fileprivate func sharedVertices(orAmong given: [Bool]) -> [Bool] {
    var isUsed = [Bool](repeating: false, count: given.count)
    var isShared = given
    for part in 0..<count {
      for vertex in vertices(of: part) {
        if isUsed[Int(vertex)] { isShared[Int(vertex)] = true }
        isUsed[Int(vertex)] = true
      }
    }
    return isShared
  }
}
