/// A point of an exact surface and the curvature there.
public struct SurfacePoint: Sendable, Hashable {
  public let position: SIMD3<Double>
  /// Of length 1, pointing outside.
  public let normal: SIMD3<Double>
  /// H = (k1 + k2)/2 in 1/unit, positive on a sphere.
  public let meanCurvature: Double
  /// K = k1 k2 in 1/unit².
  public let gaussianCurvature: Double
}

extension Solid {
  /// The point of the surface that is closest to a point near it, in the solid's own frame.
  ///
  /// Near means well within the smallest radius of curvature; farther away the point found is on
  /// the surface, but perhaps not the closest. On a capsule and a rounded cube curvature jumps, and
  /// is that of the one side or the other.
  ///
  /// Down the gradient to the surface, then by Newton's method along it to where the way to the
  /// point is along the normal.
  public func surfacePoint(nearest point: SIMD3<Double>) -> SurfacePoint {
    var position = point
    for _ in 0..<20 { position = towardsSurface(from: position, jet(at: position)) }
    for _ in 0..<50 {
      let step = alongSurface(from: position, towards: point)
      let moved = position + step
      position = towardsSurface(from: moved, jet(at: moved))
      if length(step) < 1e-14 * length(position) { break }
    }
    let jet = jet(at: position)
    return SurfacePoint(
      position: position, normal: jet.gradient / length(jet.gradient),
      meanCurvature: jet.meanCurvature, gaussianCurvature: jet.gaussianCurvature)
  }

  private func towardsSurface(from position: SIMD3<Double>, _ jet: Jet) -> SIMD3<Double> {
    position - (jet.value / dot(jet.gradient, jet.gradient)) * jet.gradient
  }

  /// From a point of the surface, the way along it to the point that is closest to another one.
  private func alongSurface(
    from position: SIMD3<Double>, towards point: SIMD3<Double>
  ) -> SIMD3<Double> {
    let jet = jet(at: position)
    let slope = length(jet.gradient)
    let normal = jet.gradient / slope
    let offset = point - position
    let height = dot(offset, normal)
    let across = offset - height * normal
    // Moved along the surface, the normal turns by the shape operator.
    let project = SymmetricMatrix.diagonal(.one) - .square(normal)
    let bend = (1 / slope) * jet.hessian
    let shape = SymmetricMatrix(
      x: project * (bend * project.x), y: project * (bend * project.y),
      z: project * (bend * project.z))
    let step = (SymmetricMatrix.diagonal(.one) + height * shape).solved(for: across)
    // Beyond a centre of curvature the closest point is a farthest one, and the step leads away
    // from it.
    return dot(step, across) > 0 && length(step) < 4 * length(across) ? step : 0.25 * across
  }
}

extension Phantom {
  /// The point of the exact surface that is closest to a point near it, in world coordinates; see
  /// ``Solid/surfacePoint(nearest:)``.
  public func surfacePoint(nearest point: SIMD3<Double>) -> SurfacePoint {
    let found = solid.surfacePoint(nearest: rotation.inverse.rotated(point - center))
    return SurfacePoint(
      position: rotation.rotated(found.position) + center, normal: rotation.rotated(found.normal),
      meanCurvature: found.meanCurvature, gaussianCurvature: found.gaussianCurvature)
  }
}
