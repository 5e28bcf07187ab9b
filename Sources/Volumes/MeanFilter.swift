extension GreyImage {
  /// The mean of the voxels around each voxel.
  public func meanFiltered(
    over neighbourhood: Neighbourhood, border: BorderRule = .reflect
  ) throws(VolumeError) -> Volume<Float> {
    let steps = neighbourhood.steps(on: grid)
    return try floats(by: MeanKernel(), over: steps, border: border)
  }
}

private struct MeanKernel: NeighbourhoodKernel {
  func evaluate(_ window: Window<SIMD16<Float>>) -> SIMD16<Float> {
    // About the voxel itself, so that a large offset of all voxels costs no digits.
    let centre = window.centre
    var sum = SIMD16<Float>.zero
    for step in 0..<window.count { sum += window[step] - centre }
    return centre + sum / Float(window.count)
  }
}
