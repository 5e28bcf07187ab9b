internal import MeshProcessing
internal import Volumes

/// The contact of two objects at a flat wall: where the sections of both, followed to the wall, are one.
///
/// A single layer of voxels shows the wall's area no better than a disc shows in a square lattice. Many layers show how the
/// sections of both objects change towards the wall (``SectionProfile``), and what they come to at the wall is its area.
///
///        sections     ╲   in front               Where the wall is parallel to layers of voxels it may lie anywhere
///        of both       ╲          ╱              between two of them. If both objects widen away from it, or both
///        objects        ╲       ╱                narrow, their profiles cross at the right place; if one widens as
///                         ╲   ╱  behind          the other narrows, nothing tells, and the uncertainty says so.
///     ────────────────────╳────────── distance
struct FlatContact {
  /// In square units.
  let area: Double
  /// Its standard uncertainty, in square units.
  let uncertainty: Double

  /// How deep the layers reach into an object, in radii of the wall and in layers at least, unless it is thinner.
  private static let depth = (radii: 1.2, layers: 3.0)
  /// Fewer layers than this do not show how a section changes.
  private static let fewestLayers = 1.5

  /// - Returns: `nil` where an object is too thin, or where the objects do not agree about the wall.
  init?(
    _ wall: ContactWall, of pair: (front: UInt32, back: UInt32), in labels: Volume<UInt32>,
    _ lattice: ReciprocalLattice, isotropic: Double
  ) {
    let surroundings = WallSurroundings(wall, of: pair, in: labels.grid)
    let wanted = max(Self.depth.radii * wall.radius, Self.depth.layers * wall.step)
    let reaches = surroundings.reaches(in: labels, upTo: wanted)
    guard reaches.min() >= Self.fewestLayers * wall.step else { return nil }
    let moments = surroundings.moments(in: labels, depths: reaches)
    guard
      let front = SectionProfile(
        moments[0], depth: reaches.x, perimeter: wall.perimeter, variance: isotropic),
      let back = SectionProfile(
        moments[1], depth: reaches.y, perimeter: wall.perimeter, variance: isotropic)
    else { return nil }
    self.init(front, back, wall, lattice, isotropic: isotropic)
  }

  /// Weighs the areas that both objects show by what is known of them, with the place of the wall as a further unknown.
  private init?(
    _ front: SectionProfile, _ back: SectionProfile, _ wall: ContactWall,
    _ lattice: ReciprocalLattice, isotropic: Double
  ) {
    let shown = SIMD2(front.areaVariance, back.areaVariance)
    let slopes = SIMD2(front.slope, back.slope)
    let cotangents = slopes / wall.perimeter
    let stretches = (1 + cotangents * cotangents).squareRoot()
    let sharpness = (shown / stretches).sum() / (2 * isotropic * wall.perimeter)
    let sampling = WallSampling(wall, in: lattice, sharpness: sharpness, isotropic: isotropic)
    let rims = sampling.rim / (sharpness * isotropic) * shown
    let shared =
      sampling.shared / sampling.rim * (rims.x * rims.y).squareRoot()
      / (stretches.x * stretches.y)
    let variances =
      rims + sampling.offset * SIMD2(front.slopeVariance, back.slopeVariance)
    let pair = SectionPair(
      areas: SIMD2(front.area, back.area), slopes: slopes, variances: variances, shared: shared,
      offset: sampling.offset)
    guard let agreed = pair.agreed() else { return nil }
    (area, uncertainty) = agreed
  }
}
