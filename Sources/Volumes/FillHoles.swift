extension Mask {
  /// The mask with its cavities filled: every part of the background that does not reach the border
  /// of the volume becomes foreground.
  ///
  /// - Parameter connectivity: The connectivity of the *objects*; the background is followed with
  ///   its dual, so that with ``VoxelConnectivity/corners`` it must flow through faces.
  public func holesFilled(_ connectivity: VoxelConnectivity = .corners) -> Mask {
    let background = VoxelRuns(inverted(), connectivity: connectivity.dual)
    let reachesBorder = background.componentsAtBorder()
    var filled = self
    background.forEachRun { run, y, z in
      if !reachesBorder[Int(background.roots[run])] { filled.fill(background.runs[run], y, z) }
    }
    return filled
  }
}
