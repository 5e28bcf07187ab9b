extension GreyImage {
  /// The magnitude of the gradient after Sobel, in grey values per unit.
  ///
  /// Along each axis the difference of the two neighbours over their distance, averaged with weights
  /// 1, 2, 1 along the two other axes. With unit spacing it is sqrt(3) times scikit-image's `sobel`.
  public func sobelMagnitude(border: BorderRule = .reflect) throws(VolumeError) -> Volume<Float> {
    let steps = Neighbourhood.connected(.corners).steps(on: grid)
    return try floats(by: SobelKernel(steps: steps, grid: grid), over: steps, border: border)
  }
}

private struct SobelKernel: NeighbourhoodKernel {
  private let weights: [SIMD3<Float>]

  init(steps: [SIMD3<Int>], grid: Grid) {
    weights = steps.map { step in
      let side = SIMD3<Double>(step)
      let share = 2 - side * side
      let slope = side / (2 * grid.spacing)
      return SIMD3<Float>(
        SIMD3(
          slope.x * share.y * share.z, slope.y * share.x * share.z, slope.z * share.x * share.y)
          / 16)
    }
  }

  func evaluate(_ window: Window<SIMD8<Float>>) -> SIMD8<Float> {
    var x = SIMD8<Float>.zero
    var y = SIMD8<Float>.zero
    var z = SIMD8<Float>.zero
    for step in 0..<window.count {
      let (voxels, weight) = (window[step], weights[step])
      x += voxels * weight.x
      y += voxels * weight.y
      z += voxels * weight.z
    }
    return (x * x + y * y + z * z).squareRoot()
  }
}
