/// A function of space around a point to second order, which is negative inside of a solid and zero
/// on its surface.
struct Jet: Sendable {
  let value: Double
  let gradient: SIMD3<Double>
  let hessian: SymmetricMatrix

  /// H = (k1 + k2)/2 of the level surface through the point, positive where it is convex.
  ///
  /// Goldman 2005, doi:10.1016/j.cagd.2005.06.005.
  var meanCurvature: Double {
    let square = dot(gradient, gradient)
    return (square * hessian.trace - dot(gradient, hessian * gradient))
      / (2 * square * square.squareRoot())
  }

  /// K = k1 k2 of the level surface through the point. Goldman 2005.
  var gaussianCurvature: Double {
    let square = dot(gradient, gradient)
    return hessian.adjugateForm(gradient) / (square * square)
  }
}

extension Solid {
  /// The function whose zero is the surface, at a point of the solid's own frame. Its gradient is
  /// about 1 long near the surface, but for the ellipsoid.
  func value(at p: SIMD3<Double>) -> Double {
    switch self {
    case .sphere(let radius): length(p) - radius
    case .ellipsoid(let a): (length(p / a) - 1) * a.min()
    case .torus(let major, let minor):
      ((p.x * p.x + p.y * p.y).squareRoot() - major).hypotenuse(p.z) - minor
    case .capsule(let radius, let height): length(p - capsuleFoot(p, height)) - radius
    case .roundedCube(let half, let radius): roundedCubeValue(p, half, radius)
    case .star(let shape): shape.value(at: p)
    }
  }

  /// ``value(at:)`` with its derivatives.
  func jet(at p: SIMD3<Double>) -> Jet {
    switch self {
    case .sphere: return distanceJet(at: p, from: .zero, across: .one)
    case .ellipsoid(let a): return ellipsoidJet(at: p, a)
    case .torus(let major, _): return torusJet(at: p, major)
    case .capsule(_, let height):
      let foot = capsuleFoot(p, height)
      // Along the tube only the distance from the axis counts.
      return distanceJet(at: p, from: foot, across: SIMD3(1, 1, foot.z == p.z ? 0 : 1))
    case .roundedCube(let half, let radius): return roundedCubeJet(at: p, half, radius)
    case .star(let shape): return shape.jet(at: p)
    }
  }

  /// The distance from a point, line or plane: `across` has a 1 for every axis that counts.
  private func distanceJet(
    at p: SIMD3<Double>, from foot: SIMD3<Double>, across: SIMD3<Double>
  ) -> Jet {
    let offset = (p - foot) * across
    let distance = length(offset)
    let normal = offset / distance
    return Jet(
      value: value(at: p), gradient: normal,
      hessian: (1 / distance) * (.diagonal(across) - .square(normal)))
  }

  private func ellipsoidJet(at p: SIMD3<Double>, _ a: SIMD3<Double>) -> Jet {
    let norm = length(p / a)
    let slope = p / (a * a) / norm
    return Jet(
      value: value(at: p), gradient: a.min() * slope,
      hessian: (a.min() / norm) * (.diagonal(1 / (a * a)) - .square(slope)))
  }

  private func torusJet(at p: SIMD3<Double>, _ major: Double) -> Jet {
    let ring = (p.x * p.x + p.y * p.y).squareRoot()
    let outward = SIMD3(p.x, p.y, 0) / ring
    let around = SIMD3(-p.y, p.x, 0) / ring
    let offset = (ring - major) * outward + SIMD3(0, 0, p.z)
    let distance = length(offset)
    let normal = offset / distance
    let meridian = SymmetricMatrix.square(outward) + .diagonal(SIMD3(0, 0, 1)) - .square(normal)
    return Jet(
      value: value(at: p), gradient: normal,
      hessian: (1 / distance) * meridian
        + ((ring - major) / (distance * ring)) * .square(around))
  }

  /// The point of the capsule's axis that is closest.
  private func capsuleFoot(_ p: SIMD3<Double>, _ height: Double) -> SIMD3<Double> {
    SIMD3(0, 0, min(max(p.z, -height / 2), height / 2))
  }

  private func roundedCubeValue(_ p: SIMD3<Double>, _ half: Double, _ radius: Double) -> Double {
    let beyond = SIMD3(abs(p.x), abs(p.y), abs(p.z)) - half
    return length(pointwiseMax(beyond, .zero)) + min(beyond.max(), 0) - radius
  }

  private func roundedCubeJet(at p: SIMD3<Double>, _ half: Double, _ radius: Double) -> Jet {
    let limit = SIMD3(repeating: half)
    let foot = pointwiseMax(-limit, pointwiseMin(p, limit))
    guard foot != p else {
      // Inside of the cube that is rounded, the nearest face alone counts.
      let beyond = SIMD3(abs(p.x), abs(p.y), abs(p.z)) - half
      var normal = SIMD3<Double>.zero
      for axis in 0..<3 where normal == .zero && beyond[axis] == beyond.max() {
        normal[axis] = p[axis] < 0 ? -1 : 1
      }
      return Jet(
        value: roundedCubeValue(p, half, radius), gradient: normal, hessian: .diagonal(.zero))
    }
    return distanceJet(at: p, from: foot, across: SIMD3.one.replacing(with: 0, where: foot .== p))
  }
}

extension Double {
  /// The length of the longest side of a right-angled triangle.
  @inline(__always)
  fileprivate func hypotenuse(_ other: Double) -> Double {
    (self * self + other * other).squareRoot()
  }
}
