/// A small 3D kernel of weights, for ``GreyImage/convolved(with:border:)``.
public struct ConvolutionKernel: Sendable, Hashable {
  /// Weights along x, y and z: odd numbers, so that there is a middle.
  public let size: SIMD3<Int>
  /// x fastest, then y, then z.
  public let weights: [Double]

  public init(size: SIMD3<Int>, weights: [Double]) {
    precondition(
      size.min() > 0 && size.x % 2 == 1 && size.y % 2 == 1 && size.z % 2 == 1,
      "a kernel needs an odd number of weights along each axis, got \(size)")
    precondition(
      weights.count == size.x * size.y * size.z,
      "\(weights.count) weights do not fill a kernel of \(size)")
    self.size = size
    self.weights = weights
  }

  /// The steps from a voxel to those that the weights belong to, in the order of the weights.
  fileprivate var steps: [SIMD3<Int>] {
    weights.indices.map { index in
      SIMD3(index % size.x, index / size.x % size.y, index / size.x / size.y) &- size / 2
    }
  }
}

extension GreyImage {
  /// The image convolved with a kernel: the weight at (x, y, z) of the kernel, counted from its
  /// middle, belongs to the voxel at (-x, -y, -z) from the voxel in question.
  ///
  /// Weights count voxels, whatever the spacing.
  public func convolved(
    with kernel: ConvolutionKernel, border: BorderRule = .reflect
  ) throws(VolumeError) -> Volume<Float> {
    try floats(
      by: WeightedSum(weights: kernel.weights.reversed().map { Float($0) }), over: kernel.steps,
      border: border)
  }
}

private struct WeightedSum: NeighbourhoodKernel {
  let weights: [Float]

  func evaluate(_ window: Window<SIMD16<Float>>) -> SIMD16<Float> {
    var sum = SIMD16<Float>.zero
    for step in 0..<window.count { sum += window[step] * weights[step] }
    return sum
  }
}
