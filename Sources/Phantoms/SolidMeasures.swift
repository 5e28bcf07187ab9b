/// The exact measures of solids.
extension Solid {
  /// Exact surface area. For the ellipsoid through Carlson's integral, see
  /// https://dlmf.nist.gov/19.33.
  public var surfaceArea: Double {
    switch self {
    case .sphere(let radius): 4 * .pi * radius * radius
    case .ellipsoid(let a):
      4 * .pi
        * carlsonRG(
          a.x * a.x * a.y * a.y, a.x * a.x * a.z * a.z, a.y * a.y * a.z * a.z)
    case .torus(let major, let minor): 4 * .pi * .pi * major * minor
    case .capsule(let radius, let height): 4 * .pi * radius * radius + 2 * .pi * radius * height
    case .roundedCube(let half, let radius):
      24 * half * half + 12 * .pi * half * radius + 4 * .pi * radius * radius
    case .star(let shape): shape.surfaceArea
    }
  }

  /// Exact volume. That of the rounded cube is Steiner's formula.
  public var volume: Double {
    switch self {
    case .sphere(let radius): 4 / 3 * .pi * radius * radius * radius
    case .ellipsoid(let a): 4 / 3 * .pi * a.x * a.y * a.z
    case .torus(let major, let minor): 2 * .pi * .pi * major * minor * minor
    case .capsule(let radius, let height): .pi * radius * radius * (4 / 3 * radius + height)
    case .roundedCube(let half, let radius):
      8 * half * half * half + 24 * half * half * radius + 6 * .pi * half * radius * radius
        + 4 / 3 * .pi * radius * radius * radius
    case .star(let shape): shape.volume
    }
  }

  /// The integral of H = (k1 + k2)/2 over the surface. For a convex solid 2 pi times its mean
  /// width.
  public var meanCurvatureIntegral: Double {
    switch self {
    case .sphere(let radius): 4 * .pi * radius
    case .ellipsoid(let a): 4 * .pi * carlsonRG(a.x * a.x, a.y * a.y, a.z * a.z)
    case .torus(let major, _): 2 * .pi * .pi * major
    case .capsule(let radius, let height): 4 * .pi * radius + .pi * height
    case .roundedCube(let half, let radius): 6 * .pi * half + 4 * .pi * radius
    case .star(let shape): shape.meanCurvatureIntegral
    }
  }

  /// The integral of H² over the surface, the Willmore energy: 4 pi for a sphere of any size.
  ///
  /// That of the ellipsoid is by quadrature, for axes within 1 : 5 to about 1e-9.
  public var squaredMeanCurvatureIntegral: Double {
    switch self {
    case .sphere: return 4 * .pi
    case .ellipsoid(let a): return ellipsoidBending(a)
    case .torus(let major, let minor):
      let ratio = major / minor
      return .pi * .pi * ratio * ratio / (ratio * ratio - 1).squareRoot()
    case .capsule(let radius, let height): return 4 * .pi + .pi * height / (2 * radius)
    case .roundedCube(let half, let radius): return 4 * .pi + 3 * .pi * half / radius
    case .star(let shape): return shape.bending
    }
  }

  private func ellipsoidBending(_ a: SIMD3<Double>) -> Double {
    let quadrature = SphereQuadrature(circles: 96)
    return zip(quadrature.directions, quadrature.weights).reduce(0) { sum, node in
      let (direction, weight) = node
      let curvature = jet(at: direction * a).meanCurvature
      return sum + curvature * curvature * a.x * a.y * a.z * length(direction / a) * weight
    }
  }

  /// The integral of K = k1 k2 over the surface.
  public var gaussianCurvatureIntegral: Double { 2 * .pi * Double(eulerNumber) }

  /// Euler number of the surface.
  public var eulerNumber: Int {
    if case .torus = self { 0 } else { 2 }
  }

  /// The smallest and the largest H of the surface; to about 1 % for a star-shaped solid.
  public var meanCurvatures: ClosedRange<Double> {
    switch self {
    case .sphere(let radius): 1 / radius...1 / radius
    case .ellipsoid(let a):
      ellipsoidCurvature(a, atEndOf: a.min())...ellipsoidCurvature(a, atEndOf: a.max())
    case .torus(let major, let minor):
      (1 / minor - 1 / (major - minor)) / 2...(1 / minor + 1 / (major + minor)) / 2
    case .capsule(let radius, _): 1 / (2 * radius)...1 / radius
    case .roundedCube(_, let radius): 0...1 / radius
    case .star(let shape): shape.meanCurvatures
    }
  }

  /// H at the end of a semi-axis: smallest at that of the shortest, largest at that of the longest.
  private func ellipsoidCurvature(_ a: SIMD3<Double>, atEndOf axis: Double) -> Double {
    axis / 2 * ((1 / (a * a)).sum() - 1 / (axis * axis))
  }

  /// Centre of mass, in the solid's own frame.
  public var centroid: SIMD3<Double> {
    guard case .star(let shape) = self else { return .zero }
    return shape.centroid
  }
}
