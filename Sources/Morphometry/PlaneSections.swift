internal import LibC
internal import MeshProcessing

/// The mean breadth of an object from its sections with the planes of the lattice.
///
/// Crofton: the mean, over directions, of the distance of two parallel planes that hold a convex object is the mean, over
/// bundles of parallel planes, of their distance times the Euler numbers of all sections with them, which gives a meaning for
/// other objects, too. Thirteen bundles: across the axes, along an axis and a diagonal of a face, and through
/// three such diagonals. Pixels of a section hang together by corners. Each bundle counts like the direction of
/// ``CroftonEstimator`` that MorphoLibJ pairs it with, which for voxels that are no cubes is not quite its normal.
///
/// Legland, Kiêu & Devaux 2007, doi:10.5566/ias.v26.p83-92.
enum PlaneSections {
  /// Across x, y, z; along z and the diagonals of xy, y and xz, x and yz; through three diagonals.
  static let kinds = 7

  /// What each configuration of 2 x 2 x 2 voxels adds to the Euler numbers of the sections, by the kind of the planes.
  static let weights: [[Double]] = (0..<256).map { configuration in
    func has(_ voxel: Int) -> Bool { configuration >> voxel & 1 == 1 }
    let across = (0..<3).map { axis -> Double in
      let (u, v) = (1 << ((axis + 1) % 3), 1 << ((axis + 2) % 3))
      // Every tile is part of two cells.
      return [0, 1 << axis].reduce(0) {
        $0 + tile(has($1), has($1 | u), has($1 | v), has($1 | u | v)) / 2
      }
    }
    let along = [2, 1, 0].map { axis -> Double in
      let (w, u, v) = (1 << axis, 1 << ((axis + 1) % 3), 1 << ((axis + 2) % 3))
      return tile(has(0), has(u | v), has(w), has(u | v | w))
        + tile(has(u), has(v), has(u | w), has(v | w))
    }
    let through = (0..<8).reduce(0.0) {
      $0 + triangle([has($1 ^ 1), has($1 ^ 2), has($1 ^ 4)].count { $0 })
    }
    return across + along + [through]
  }

  /// Of the pixels at the corners of a tile, the second and the third beside the first; Gray 1971,
  /// doi:10.1109/T-C.1971.223289.
  private static func tile(_ a: Bool, _ b: Bool, _ c: Bool, _ d: Bool) -> Double {
    switch [a, b, c, d].count(where: { $0 }) {
    case 1: 0.25
    case 2: a == d ? -0.5 : 0
    case 3: -0.25
    default: 0
    }
  }

  /// Of that many of the three corners of a triangle.
  private static func triangle(_ corners: Int) -> Double {
    corners == 1 ? 1 / 6.0 : corners == 2 ? -1 / 6.0 : 0
  }

  /// - Parameter sections: The sums of ``weights`` over all cells of an object.
  fileprivate static func meanBreadth(_ sections: [Double], spacing: SIMD3<Double>) -> Double {
    let steps = CroftonEstimator.steps.map { SIMD3<Double>($0) * spacing }
    let fractions = SphericalVoronoi.fractions(of: steps)
    // One direction of each kind.
    let directions = [0, 1, 2, 3, 5, 7, 9]
    let (x, y, z) = (
      SIMD3(spacing.x, 0, 0), SIMD3(0, spacing.y, 0), SIMD3(0, 0, spacing.z)
    )
    let sides = [(y, z), (x, z), (x, y), (x + y, z), (x + z, y), (y + z, x), (x - y, x - z)]
    let voxelVolume = spacing.x * spacing.y * spacing.z
    return (0..<kinds).reduce(0) { sum, kind in
      let distance = voxelVolume / length(cross(sides[kind].0, sides[kind].1))
      return sum + fractions[directions[kind]] * distance * sections[kind]
    }
  }
}

extension VoxelShape {
  /// The mean distance of two parallel planes that hold the object between them, in units, from the voxels alone; the diameter
  /// of a ball. Crofton's formula with planes in thirteen directions, as in MorphoLibJ. Noise at the surface counts in full.
  public var meanBreadth: Double {
    PlaneSections.meanBreadth(configurations.planeSections, spacing: spacing)
  }
}
