internal import LibC

/// Gaussian smoothing of a 3D image with voxels of any shape, and its derivatives.
///
/// Separable convolution with a sampled Gaussian, cut at 4 standard deviations and normalised.
extension GreyImage {
  /// The image smoothed by a Gaussian, as floats.
  ///
  /// - Parameters:
  ///   - sigma: Standard deviation along x, y, z in *units of the grid*, so that one number means
  ///     the same length on every axis. 0 leaves an axis as it is.
  ///   - border: What lies beyond the border.
  public func gaussianBlurred(
    sigma: SIMD3<Double>, border: BorderRule = .reflect
  ) throws(VolumeError) -> Volume<Float> {
    let inVoxels = voxels(of: sigma)
    return try convolved(
      x: .gaussian(sigma: inVoxels.x), y: .gaussian(sigma: inVoxels.y),
      z: .gaussian(sigma: inVoxels.z), border: border)
  }

  /// As ``gaussianBlurred(sigma:border:)-(SIMD3<Double>,_)`` with the same sigma on every axis.
  public func gaussianBlurred(
    sigma: Double, border: BorderRule = .reflect
  ) throws(VolumeError) -> Volume<Float> {
    try gaussianBlurred(sigma: SIMD3(repeating: sigma), border: border)
  }

  /// A derivative of the image smoothed by a Gaussian, in grey values per unit to the power of the
  /// order.
  ///
  /// The sampled derivatives are normalised so that a linear image has exactly its slope and a
  /// quadratic one exactly its second derivative, however small sigma is.
  /// - Parameters:
  ///   - order: How often the image is differentiated along x, y, z: 0, 1 or 2.
  ///   - sigma: Standard deviation along each axis, in units of the grid.
  public func gaussianDerivative(
    order: SIMD3<Int>, sigma: SIMD3<Double>, border: BorderRule = .reflect
  ) throws(VolumeError) -> Volume<Float> {
    let (inVoxels, spacing) = (voxels(of: sigma), grid.spacing)
    return try convolved(
      x: .gaussianDerivative(order.x, sigma: inVoxels.x, spacing: spacing.x),
      y: .gaussianDerivative(order.y, sigma: inVoxels.y, spacing: spacing.y),
      z: .gaussianDerivative(order.z, sigma: inVoxels.z, spacing: spacing.z), border: border)
  }

  /// The difference of two Gaussians, narrow minus wide: what is about as large as the two, bright
  /// or dark, without the background.
  ///
  /// - Parameters:
  ///   - sigma: Standard deviation of the narrow Gaussian along x, y, z in units of the grid.
  ///   - wide: Standard deviation of the wide one.
  public func differenceOfGaussians(
    sigma: SIMD3<Double>, minus wide: SIMD3<Double>, border: BorderRule = .reflect
  ) throws(VolumeError) -> Volume<Float> {
    var difference = try gaussianBlurred(sigma: sigma, border: border)
    difference.subtract(try gaussianBlurred(sigma: wide, border: border))
    return difference
  }

  private func voxels(of sigma: SIMD3<Double>) -> SIMD3<Double> {
    precondition(
      sigma.min() >= 0 && sigma.sum().isFinite, "sigma must not be negative, got \(sigma)")
    return sigma / grid.spacing
  }
}

extension Grid {
  /// The variance along x, y, z, in square units, of the kernel with which
  /// ``Volume/gaussianBlurred(sigma:border:)-(SIMD3<Double>,_)`` smooths a volume on this grid: sampled and
  /// cut, it is not quite sigma².
  public func varianceOfGaussian(sigma: SIMD3<Double>) -> SIMD3<Double> {
    var variance = SIMD3<Double>.zero
    for axis in 0..<3 {
      let step = spacing[axis]
      variance[axis] = AxisKernel.gaussian(sigma: sigma[axis] / step).variance * step * step
    }
    return variance
  }
}

extension AxisKernel {
  /// - Parameter sigma: Standard deviation in voxels. 0 gives the identity.
  static func gaussian(sigma: Double) -> AxisKernel {
    guard sigma > 0 else { return .identity }
    return AxisKernel(weights: sampledGaussian(sigma: sigma, radius: Int(4 * sigma + 0.5)))
  }

  /// - Parameters:
  ///   - order: 0, 1 or 2.
  ///   - sigma: Standard deviation in voxels.
  static func gaussianDerivative(_ order: Int, sigma: Double, spacing: Double) -> AxisKernel {
    precondition((0...2).contains(order), "a derivative of order 0, 1 or 2, got \(order)")
    guard order > 0 else { return .gaussian(sigma: sigma) }
    let radius = max(1, Int(4 * sigma + 0.5))
    let gaussian = sampledGaussian(sigma: sigma, radius: radius)
    let square = (0...radius).map { Double($0 * $0) }
    let variance = 2 * zip(square, gaussian).reduce(0) { $0 + $1.0 * $1.1 }
    if order == 1 {
      let weights = gaussian.indices.map { Double($0) * gaussian[$0] / variance / spacing }
      return AxisKernel(weights: weights, isAntisymmetric: true)
    }
    // Without response to a constant, and with twice that of the parabola's half.
    let raw = gaussian.indices.map { (square[$0] - variance) * gaussian[$0] }
    let response = zip(square, raw).reduce(0) { $0 + $1.0 * $1.1 }
    return AxisKernel(weights: raw.map { $0 / response / (spacing * spacing) })
  }

  /// The centre and the steps ahead of a Gaussian whose whole sum is 1.
  private static func sampledGaussian(sigma: Double, radius: Int) -> [Double] {
    // Without a width the limit of narrow Gaussians, which leaves a trace on the next voxel.
    let width = max(sigma, 0.1)
    let half = (0...radius).map { exp(-0.5 * Double($0 * $0) / (width * width)) }
    let sum = half[0] + 2 * half.dropFirst().reduce(0, +)
    return half.map { $0 / sum }
  }
}
