internal import Volumes

extension SurfaceInProgress {
  /// More triangles than this are cut into blocks.
  static let largestBlock = 1 << 16
  private static let trianglesPerBlock = 1 << 14
  /// What the blocks leave to the whole, as a multiple of the goal.
  private static let slack = 1.1

  /// The surface with its edges collapsed until so many triangles are left, or as far as permitted.
  ///
  /// A mesh of a million triangles does not fit into the caches of a processor, and one queue cannot
  /// be shared. So a large one is cut by a cubic grid into blocks, whose edges are collapsed apart
  /// from each other down to half while the vertices on the seams are locked; then again, with other
  /// seams. The last steps are done on the whole, in exact order.
  func simplified(downTo count: Int, limits: CollapseLimits) -> SurfaceInProgress {
    var surface = self
    let enough = Int(Self.slack * Double(count))
    while surface.triangles.count > max(Self.largestBlock, enough) {
      let before = surface.triangles.count
      surface = surface.simplifiedByBlocks(downTo: max(before / 2, enough), limits: limits)
      if 4 * surface.triangles.count > 3 * before { break }
    }
    var collapse = EdgeCollapse(surface, limits: limits)
    collapse.run(downTo: count)
    return collapse.surface().surface
  }

  private func simplifiedByBlocks(downTo count: Int, limits: CollapseLimits) -> SurfaceInProgress {
    let blocks = blocks()
    let isOnSeam = blocks.sharedVertices(vertexCount: positions.count)
    let share = Double(count) / Double(triangles.count)
    let points = points(by: blocks)
    let pieces = Parallel.map(blocks.count) { block in
      let piece = piece(block, of: blocks, isOnSeam: isOnSeam, points: points[block])
      let part = Double(piece.triangles.count) / Double(triangles.count)
      var collapse = EdgeCollapse(piece, limits: limits.piece(share: part, of: self))
      collapse.run(downTo: Int(share * Double(piece.triangles.count)))
      return collapse.surface()
    }
    return joining(pieces, of: blocks)
  }

  /// The triangles by the cell of a cubic grid that their first vertex lies in.
  private func blocks() -> MeshParts {
    let area = triangles.reduce(0) { sum, triangle in
      let corner = positions[Int(triangle.a)]
      return sum
        + length(cross(positions[Int(triangle.b)] - corner, positions[Int(triangle.c)] - corner))
    }
    let perBlock = area / 2 * Double(Self.trianglesPerBlock) / Double(triangles.count)
    let side = perBlock.squareRoot()
    var numbers: [SIMD3<Int64>: Int] = [:]
    let cells = triangles.map { triangle in
      let cell = gridCell(of: positions[Int(triangle.a)], size: side)
      if let number = numbers[cell] { return number }
      numbers[cell] = numbers.count
      return numbers.count - 1
    }
    return MeshParts(triangles, vertexCount: positions.count, count: numbers.count) { cells[$0] }
  }
}

extension MeshParts {
  /// Whether a vertex belongs to several parts, for every vertex of the whole.
  fileprivate func sharedVertices(vertexCount: Int) -> [Bool] {
    var isUsed = [Bool](repeating: false, count: vertexCount)
    var isShared = isUsed
    for part in 0..<count {
      for vertex in vertices(of: part) {
        if isUsed[Int(vertex)] { isShared[Int(vertex)] = true }
        isUsed[Int(vertex)] = true
      }
    }
    return isShared
  }
}
