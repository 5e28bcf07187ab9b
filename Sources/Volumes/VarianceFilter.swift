extension GreyImage {
  /// The variance of the voxels around each voxel, with N in the denominator, in squared grey values.
  public func varianceFiltered(
    over neighbourhood: Neighbourhood, border: BorderRule = .reflect
  ) throws(VolumeError) -> Volume<Float> {
    try spread(over: neighbourhood, border: border, isRoot: false)
  }

  /// The standard deviation of the voxels around each voxel, with N in the denominator, in grey
  /// values.
  public func standardDeviationFiltered(
    over neighbourhood: Neighbourhood, border: BorderRule = .reflect
  ) throws(VolumeError) -> Volume<Float> {
    try spread(over: neighbourhood, border: border, isRoot: true)
  }

  private func spread(
    over neighbourhood: Neighbourhood, border: BorderRule, isRoot: Bool
  ) throws(VolumeError) -> Volume<Float> {
    let steps = neighbourhood.steps(on: grid)
    return try floats(by: VarianceKernel(isRoot: isRoot), over: steps, border: border)
  }
}

private struct VarianceKernel: NeighbourhoodKernel {
  let isRoot: Bool

  func evaluate(_ window: Window<SIMD16<Float>>) -> SIMD16<Float> {
    // About the voxel itself, so that a large offset of all voxels costs no digits.
    let centre = window.centre
    var sum = SIMD16<Float>.zero
    var squares = SIMD16<Float>.zero
    for step in 0..<window.count {
      let difference = window[step] - centre
      sum += difference
      squares += difference * difference
    }
    let n = Float(window.count)
    let mean = sum / n
    let difference = squares / n - mean * mean
    let variance = difference.replacing(with: 0, where: difference .< 0)
    return isRoot ? variance.squareRoot() : variance
  }
}
