extension Mask {
  /// The mask with its cavities filled: every part of the background that does not reach the border
  /// of the volume becomes foreground.
  ///
  /// - Parameter connectivity: The connectivity of the *objects*; the background is followed with
  ///   its dual, so that with ``VoxelConnectivity/corners`` it must flow through faces.
  public func holesFilled(_ connectivity: VoxelConnectivity = .corners) -> Mask {
    let outside = inverted().reconstructed(
      from: .border(of: grid), connectivity: connectivity.dual)
    return outside.inverted()
  }
}
