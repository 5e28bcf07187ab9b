internal import Volumes

extension SurfaceInProgress {
  /// More triangles than this are cut into blocks.
  static let largestBlock = 1 << 16
  /// And are again, as long as more than these are left.
  private static let fewTriangles = 1 << 15
  private static let trianglesPerBlock = 1 << 13
  /// What is left to the last round, as a multiple of the goal.
  private static let slack = 1.1

  /// The surface with its edges collapsed until so many triangles are left, or as far as permitted.
  ///
  /// A mesh of a million triangles does not fit into the caches of a processor, and one queue cannot
  /// be shared. So a large one is cut by a cubic grid into blocks, whose edges are collapsed apart
  /// from each other while the vertices on the seams stay; then again, with other seams. Every round
  /// leaves half, but for the last one, which is short and takes what has been left on the seams.
  func simplified(downTo count: Int, limits: CollapseLimits) -> SurfaceInProgress {
    let surface =
      triangles.count > Self.largestBlock ? simplifiedByBlocks(downTo: count, limits: limits) : self
    guard surface.triangles.count > count else { return surface }
    var collapse = EdgeCollapse(surface, limits: limits)
    collapse.run(downTo: count)
    return collapse.surface().surface
  }

  /// What blocks can do: no fewer than a small number of triangles, and no more than `count` if they reach it.
  private func simplifiedByBlocks(downTo count: Int, limits: CollapseLimits) -> SurfaceInProgress {
    let cutting = BlockCutting(self, trianglesPerBlock: Self.trianglesPerBlock)
    var surface = self
    for round in 0... {
      let before = surface.triangles.count
      guard before > max(Self.fewTriangles, count) else { break }
      let isLast = Double(before) < 1.25 * Double(count)
      let blocks = CollapseBlocks(
        cutting.parts(of: surface, round: round), of: surface,
        downTo: isLast ? count : max(before / 2, Int(Self.slack * Double(count))),
        leavesSeams: !isLast)
      surface = surface.simplified(by: blocks, limits: limits)
      if 10 * surface.triangles.count > 9 * before { break }
    }
    return surface
  }

  private func simplified(by blocks: CollapseBlocks, limits: CollapseLimits) -> SurfaceInProgress {
    let points = points(by: blocks.parts)
    let pieces = Parallel.map(blocks.parts.count) { block in
      let piece = piece(
        block, of: blocks.parts, isFixed: blocks.isFixed, points: points[block])
      let share = Double(piece.triangles.count) / Double(triangles.count)
      var collapse = EdgeCollapse(piece, limits: limits.piece(share: share, of: self))
      collapse.run(downTo: blocks.goals[block])
      return collapse.surface()
    }
    return joining(pieces, of: blocks.parts)
  }
}
