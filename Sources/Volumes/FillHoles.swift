extension Mask {
  /// The mask with its cavities filled: every part of the background that does not reach the border
  /// of the volume becomes foreground.
  ///
  /// - Parameter connectivity: The connectivity of the *objects*; the background is followed with
  ///   its dual, so that with ``VoxelConnectivity/corners`` it must flow through faces.
  public func holesFilled(_ connectivity: VoxelConnectivity = .corners) -> Mask {
    let background = MaskRuns(inverted(), connectivity: connectivity.dual)
    let reachesBorder = background.componentsAtBorder()
    var filled = self
    for z in 0..<grid.size.z {
      for y in 0..<grid.size.y {
        for run in background.row(y, z) where !reachesBorder[Int(background.roots[run])] {
          filled.setRow(background.runs[run], y, z)
        }
      }
    }
    return filled
  }

  private mutating func setRow(_ run: MaskRuns.Run, _ y: Int, _ z: Int) {
    for x in Int(run.start)..<Int(run.end) { self[x, y, z] = true }
  }
}

extension MaskRuns {
  /// For every root: whether one of its runs lies at the border of the volume.
  fileprivate func componentsAtBorder() -> [Bool] {
    var touches = [Bool](repeating: false, count: runs.count)
    for z in 0..<grid.size.z {
      for y in 0..<grid.size.y {
        let outerRow = z == 0 || y == 0 || z == grid.size.z - 1 || y == grid.size.y - 1
        for run in row(y, z)
        where outerRow || runs[run].start == 0 || Int(runs[run].end) == grid.size.x {
          touches[Int(roots[run])] = true
        }
      }
    }
    return touches
  }
}
