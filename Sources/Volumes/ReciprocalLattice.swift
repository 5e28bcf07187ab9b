internal import LibC

/// The points of the reciprocal lattice of a grid: the wave vectors that sampling at the voxels cannot tell
/// from none. In 1/unit, without 2 π.
package struct ReciprocalLattice: Sendable {
  package let spacing: SIMD3<Double>
  /// How far from the origin points are listed, in 1/unit.
  package let radius: Double

  /// - Parameter reach: The radius for cubic voxels of side 1. For others it is such that as many points are listed.
  package init(spacing: SIMD3<Double>, reach: Double) {
    self.spacing = spacing
    radius = reach / cbrt(spacing.x * spacing.y * spacing.z)
  }

  /// How many points there are in a unit of reciprocal space.
  package var density: Double { spacing.x * spacing.y * spacing.z }

  /// One of each pair of opposite points, without the origin.
  package func forEachOfHalf(_ body: (SIMD3<Double>) -> Void) {
    let last = SIMD3<Int>((radius * spacing).rounded(.down))
    for z in 0...last.z {
      for y in -last.y...last.y {
        for x in -last.x...last.x {
          let isFirstOfPair = z > 0 || y > 0 || (y == 0 && x > 0)
          let point = SIMD3(Double(x), Double(y), Double(z)) / spacing
          if isFirstOfPair, (point * point).sum() <= radius * radius { body(point) }
        }
      }
    }
  }

  /// The variance of the volume of a solid by its count of voxels over its area, in units⁴, for a smooth solid that is
  /// thrown onto the lattice: Z / (8 π³), with Z the sum of |ξ|⁻⁴. Points beyond the radius are integrated.
  package var volumeVariancePerArea: Double {
    var sum = 4 * .pi * density / radius
    forEachOfHalf { point in
      let square = (point * point).sum()
      sum += 2 / (square * square)
    }
    return sum / (8 * .pi * .pi * .pi)
  }
}
