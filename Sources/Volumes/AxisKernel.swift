/// One half of a kernel along an axis: the weight of the centre, then of each step away.
struct AxisKernel {
  /// The weights of the centre and of the voxels 1, 2, ... steps ahead.
  let weights: [Float]
  /// The voxels behind have the weights of those ahead with the sign turned, as in a derivative.
  let isAntisymmetric: Bool

  init(weights: [Double], isAntisymmetric: Bool = false) {
    self.weights = weights.map { Float($0) }
    self.isAntisymmetric = isAntisymmetric
  }

  /// Leaves an image as it is.
  static let identity = AxisKernel(weights: [1])

  var radius: Int { weights.count - 1 }
  var isIdentity: Bool { weights == [1] }

  /// The variance of a symmetric kernel, in square voxels.
  var variance: Double {
    weights.indices.reduce(0) { $0 + 2 * Double($1 * $1) * Double(weights[$1]) }
  }

  /// What the kernel makes of an image of ones.
  var sum: Float { isAntisymmetric ? 0 : weights[0] + 2 * weights.dropFirst().reduce(0, +) }
}
