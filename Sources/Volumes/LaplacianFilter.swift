extension GreyImage {
  /// The Laplacian: the sum of the second differences along the axes, in grey values per squared
  /// unit. Negative on bright spots.
  public func laplacian(border: BorderRule = .reflect) throws(VolumeError) -> Volume<Float> {
    let steps = Neighbourhood.connected(.faces).steps(on: grid)
    return try floats(by: LaplacianKernel(steps: steps, grid: grid), over: steps, border: border)
  }
}

private struct LaplacianKernel: NeighbourhoodKernel {
  private let weights: [Float]

  init(steps: [SIMD3<Int>], grid: Grid) {
    let curvature = 1 / (grid.spacing * grid.spacing)
    weights = steps.map { Float((SIMD3<Double>($0 &* $0) * curvature).sum()) }
  }

  func evaluate(_ window: Window<SIMD16<Float>>) -> SIMD16<Float> {
    // About the voxel itself, so that equal voxels give exactly 0.
    let centre = window.centre
    var sum = SIMD16<Float>.zero
    for step in 0..<window.count { sum += (window[step] - centre) * weights[step] }
    return sum
  }
}
