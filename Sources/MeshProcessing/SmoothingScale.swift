extension Smoothing {
  /// The length of the waves of which smoothing leaves half, in the unit of `edgeLength`; shorter ones
  /// fade, longer ones stay. 0 where no wave fades as much.
  ///
  /// For a flat mesh of equilateral triangles, on which a wave of length L has the eigenvalue
  /// (pi edge / L)² of the umbrella operator. On a mesh from voxels it is a good guide and no more.
  public func halfWavelength(edgeLength: Double) -> Double {
    if case .meanCurvatureFlow(let scale) = self { return .pi * 2.0.squareRoot() * scale }
    let step = 1e-3
    guard
      let first = stride(from: step, through: 2, by: step).first(where: { response(at: $0) < 0.5 })
    else { return 0 }
    var (low, high) = (first - step, first)
    for _ in 0..<40 {
      let middle = (low + high) / 2
      if response(at: middle) < 0.5 { high = middle } else { low = middle }
    }
    return .pi * edgeLength / high.squareRoot()
  }

  /// The same method with as many iterations as it takes to halve waves of a given length, at most
  /// ``mostIterations``, which may be too few; the flow with the scale that does so.
  ///
  /// - Parameter edgeLength: The mean length of the edges, in the unit of `halfWavelength`.
  public func halving(_ halfWavelength: Double, edgeLength: Double) -> Smoothing {
    if case .meanCurvatureFlow = self {
      return .meanCurvatureFlow(scale: halfWavelength / (.pi * 2.0.squareRoot()))
    }
    var (few, many) = (0, 1)
    while many < Self.mostIterations && !reaches(many, halfWavelength, edgeLength) {
      (few, many) = (many, min(2 * many, Self.mostIterations))
    }
    while many - few > 1 {
      let middle = (few + many) / 2
      if reaches(middle, halfWavelength, edgeLength) { many = middle } else { few = middle }
    }
    return repeated(many)
  }

  private func reaches(_ count: Int, _ length: Double, _ edgeLength: Double) -> Bool {
    repeated(count).halfWavelength(edgeLength: edgeLength) >= length
  }

  private func repeated(_ count: Int) -> Smoothing {
    switch self {
    case .laplacian: .laplacian(iterations: count)
    case .cotangentLaplacian: .cotangentLaplacian(iterations: count)
    case .taubin: .taubin(iterations: count)
    case .humphrey: .humphrey(iterations: count)
    case .windowedSinc: .windowedSinc(iterations: count)
    case .bilaplacian: .bilaplacian(iterations: count)
    case .meanCurvatureFlow: self
    }
  }

  /// What is left of a wave of eigenvalue k of the umbrella operator.
  private func response(at k: Double) -> Double {
    switch self {
    case .laplacian(let count), .cotangentLaplacian(let count): power(1 - k / 2, count)
    case .taubin(let count): power((1 - 0.5 * k) * (1 + 0.53 * k), count)
    case .humphrey(let count): power(1 - k * k / 2, count)
    case .windowedSinc(let count): WindowedSinc(degree: count).response(at: k)
    case .bilaplacian(let count): power(1 - k * k / 4, count)
    case .meanCurvatureFlow: 1
    }
  }
}

private func power(_ base: Double, _ exponent: Int) -> Double {
  var (result, square, rest) = (1.0, base, exponent)
  while rest > 0 {
    if rest % 2 == 1 { result *= square }
    square *= square
    rest /= 2
  }
  return result
}
