internal import LibC
public import MeshProcessing

/// Faces of an object that lie along layers of voxels, as the underside of a cell on a cover slip does.
///
///     ·   ·   ·   ·   ·   ·
///     ______________________     A face anywhere between these two layers gives the same mask.
///     ●   ●   ●   ●   ●   ●
///
/// A curved surface crosses many layers, and lies as often above the middle between two as below: ``SamplingUncertainty``
/// says what is left. A flat face is off as a whole, with a standard deviation of d / √12 at a distance d of the layers.
/// How much of a surface is at one height between its layers is the absolute value of
///
///      F = integral of w(n) exp(2πi h / d) over what faces one way along an axis of the image
///
/// with a weight w that is 1 for what lies along the layers and 0 beyond 37 degrees. On a smooth ball of the radius r that is r d.
public struct FlatFaces: Sendable {
  /// The standard uncertainties that they add.
  public let uncertainty: SurfaceUncertainty.Contribution

  /// A face is off by more than so many times what is expected of a curved surface, and counts in full from so much more
  /// on. Chosen on phantoms: the relief of a mask lies along layers, too, so that balls and nuclei have some times what a
  /// smooth surface has; the flat sides of cylinders and domes of 6 voxels in height and more have at least 8.
  private static let (least, ramp) = (5.0, 3.0)
  /// The least cosine between a normal and an axis.
  private static let steepest = 0.8

  /// - Parameters:
  ///   - surface: Made from a mask; where it has no normals it is cut, at a place that is known.
  ///   - spacing: Of the voxels, in units.
  ///   - expected: The standard uncertainty of the volume as it is for a curved surface, in cubic units.
  public init(of surface: CurvedMesh, spacing: SIMD3<Double>, expected: Double) {
    let faces = Self.waves(of: surface, spacing).enumerated().map { side, wave in
      let (area, step) = ((wave * wave).sum().squareRoot(), spacing[side / 2] / 12.0.squareRoot())
      let excess = area * step / expected
      return Self.moved(area, by: min(max(excess - Self.least, 0) / Self.ramp, 1) * step)
    }
    uncertainty = faces.reduce(.init()) { $0.combined(with: $1) }
  }

  /// What a disc makes of the three that is moved along its normal and takes the sides of a cylinder with it.
  private static func moved(_ area: Double, by step: Double) -> SurfaceUncertainty.Contribution {
    .init(
      area: 2 * (.pi * area).squareRoot() * step, volume: area * step, meanCurvature: .pi * step)
  }

  /// F, real and imaginary, of the upper and the lower side along each axis.
  private static func waves(
    of surface: CurvedMesh, _ spacing: SIMD3<Double>
  ) -> [SIMD2<Double>] {
    var sums = [SIMD2<Double>](repeating: .zero, count: 6)
    for triangle in surface.mesh.triangles {
      let facet = surface.facet(over: triangle)
      guard facet.hasNormals,
        let axis = (0..<3).first(where: { abs(facet.normal[$0]) > steepest })
      else { continue }
      let corners = surface.mesh.corners(triangle)
      let height = (corners.0[axis] + corners.1[axis] + corners.2[axis]) / (3 * spacing[axis])
      let weight = facet.area * (abs(facet.normal[axis]) - steepest) / (1 - steepest)
      sums[2 * axis + (facet.normal[axis] < 0 ? 1 : 0)] +=
        weight * SIMD2(cos(2 * .pi * height), sin(2 * .pi * height))
    }
    return sums
  }
}
