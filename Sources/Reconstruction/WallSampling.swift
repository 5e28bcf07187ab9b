internal import LibC
internal import MeshProcessing
internal import Volumes

/// What the voxels do not tell of a flat wall between two objects and of its rim, as it lies in their lattice.
struct WallSampling {
  /// The variance of where the wall is along its normal, in square units.
  let offset: Double
  /// The variance of the area of a section at the wall as one object shows it, for each unit of its perimeter, and
  /// what the two objects have in common of that, in cubic units.
  private(set) var rim = 0.0
  private(set) var shared = 0.0

  /// The largest part that what is in common can be without one object knowing all that the other does.
  private static let mostShared = 0.95

  /// - Parameter sharpness: The integral of the square of the weight that voxels have by their distance from the wall, in
  ///   1/unit: n times as many layers have 1/n of it.
  init(_ wall: ContactWall, in lattice: ReciprocalLattice, sharpness: Double, isotropic: Double) {
    offset = lattice.offsetVariance(
      ofDisc: wall.radius, normal: wall.normal, isotropic: isotropic)
    // A weight that falls off as exp(-s / depth) has that integral.
    let depth = 1 / (2 * sharpness)
    lattice.forEachOfHalf { point in
      let along = dot(point, wall.normal)
      let across = max(dot(point, point) - along * along, 0).squareRoot()
      guard abs(along) < across else { return }
      let cut = max(across, 1 / (2 * wall.radius))
      let square = 4 * .pi * .pi * along * along * depth * depth
      let share = 2 / (4 * .pi * .pi * .pi * cut * cut * cut * (1 + square))
      rim += share
      shared += share * (1 - square) / (1 + square)
    }
    rim += sharpness * lattice.density / (2 * .pi * .pi * lattice.radius)
    let part = max(min(shared / rim, Self.mostShared), 0)
    rim = max(rim, sharpness * isotropic)
    shared = part * rim
  }
}

extension ReciprocalLattice {
  /// The variance of where a disc is along its normal, in square units.
  ///
  /// Sampling adds to the volume in front of the disc a wave for every point ξ of the reciprocal lattice. One of the part t
  /// along the normal moves it by up to 1 / (2 π t), and as a whole by what a disc leaves of the wave across it.
  /// Parallel to layers of voxels it may lie anywhere between two of them.
  ///
  /// - Parameter isotropic: See ``volumeVariancePerArea``.
  func offsetVariance(
    ofDisc radius: Double, normal: SIMD3<Double>, isotropic: Double
  ) -> Double {
    var variance = isotropic / (.pi * radius * radius)
    forEachOfHalf { point in
      let along = dot(point, normal)
      let across = max(dot(point, point) - along * along, 0).squareRoot()
      guard abs(along) >= across else { return }
      let wave = Self.meanOverDisc(2 * .pi * radius * across) / (2 * .pi * along)
      variance += 2 * wave * wave
    }
    return variance
  }

  /// The mean of a wave over a disc, x being 2 π times the radius over the length of the wave.
  private static func meanOverDisc(_ x: Double) -> Double { x < 1e-6 ? 1 : 2 * j1(x) / x }
}
