#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// One half of a sampled, normalised Gaussian: the weight of the centre, then of each step away.
struct GaussianKernel {
  /// The weights of the centre and of the voxels at distance 1, 2, ... on either side.
  let weights: [Float]

  var radius: Int { weights.count - 1 }

  /// - Parameters:
  ///   - sigma: Standard deviation in voxels. 0 gives the identity.
  ///   - truncation: The kernel ends at this many standard deviations.
  init(sigma: Double, truncation: Double = 4) {
    guard sigma > 0 else {
      weights = [1]
      return
    }
    let radius = Int(truncation * sigma + 0.5)
    let half = (0...radius).map { exp(-0.5 * Double($0 * $0) / (sigma * sigma)) }
    let sum = half[0] + 2 * half.dropFirst().reduce(0, +)
    weights = half.map { Float($0 / sum) }
  }

  /// The variance that the kernel really has, in square voxels: sampled and cut, it is not quite sigma².
  var variance: Double {
    weights.indices.reduce(0) { $0 + 2 * Double($1 * $1) * Double(weights[$1]) }
  }
}

extension Grid {
  /// The variance along x, y, z, in square units, of the kernel with which
  /// ``Volume/gaussianBlurred(sigma:)-(SIMD3<Double>)`` smooths a volume on this grid.
  public func varianceOfGaussian(sigma: SIMD3<Double>) -> SIMD3<Double> {
    var variance = SIMD3<Double>.zero
    for axis in 0..<3 {
      let step = spacing[axis]
      variance[axis] = GaussianKernel(sigma: sigma[axis] / step).variance * step * step
    }
    return variance
  }
}
