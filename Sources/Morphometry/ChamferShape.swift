public import Volumes

/// What MorphoLibJ measures by distances that are counted in steps: ``ChamferMask``.
public struct ChamferShape: Sendable, Hashable {
  /// The longest of the shortest ways through the object, in sides of a voxel, and one diagonal of a voxel more; NaN where
  /// the object does not hang together, and where voxels are no cubes.
  ///
  /// From the deepest voxel to the farthest one, and from there to the farthest, which need not be the longest of all.
  public let geodesicDiameter: Double
  /// The largest distance of two corners of voxels, in units.
  public let largestCornerDistance: Double
  /// The index of the deepest voxel in the image; `nil` where nothing in the image is outside.
  public let deepestVoxel: SIMD3<Int>?
  /// How deep it lies, in sides of a voxel; NaN as above.
  ///
  /// Beyond the border of the image is not outside.
  public let inscribedRadius: Double

  public init(_ object: LabelObject, in labels: LabelVolume) {
    let box = ObjectBox(object, in: labels, margin: ChamferMask.svensson.reach)
    let corner = object.lower &- ChamferMask.svensson.reach
    let (grid, spacing) = (labels.grid, labels.grid.spacing)
    let isCubic = spacing.max() - spacing.min() < 1e-6 * spacing.max()
    func deepest(_ mask: ChamferMask) -> (voxel: Int, distance: Int32)? {
      Self.farthest(mask.depths(in: box) { grid.contains(corner &+ $0) }, in: box)
    }
    geodesicDiameter =
      isCubic ? Self.longestWay(in: box, from: deepest(.svensson)?.voxel) : .nan
    let ball = deepest(.borgefors)
    deepestVoxel = ball.map { corner &+ box.place(of: $0.voxel) }
    inscribedRadius = ball.map { Double($0.distance) / Double(ChamferMask.borgefors.unit) } ?? .nan
    let sides = [SIMD3(0, 0, 0), SIMD3(1, 0, 0), SIMD3(0, 1, 0), SIMD3(1, 1, 0)].flatMap {
      [$0, $0 &+ SIMD3(0, 0, 1)]
    }
    largestCornerDistance =
      FarthestPair(
        among: labels.rowEnds(of: object).flatMap { end in
          sides.map { SIMD3<Double>(end &+ $0) * spacing }
        }
      ).distance
  }

  private static func longestWay(in box: ObjectBox, from start: Int?) -> Double {
    let mask = ChamferMask.svensson
    guard let start,
      let one = farthest(mask.distances(from: start, in: box), in: box),
      let other = farthest(mask.distances(from: one.voxel, in: box), in: box)
    else { return .nan }
    return Double(other.distance) / Double(mask.unit) + 3.0.squareRoot()
  }

  /// The first of the farthest voxels; `nil` where one is not reached.
  private static func farthest(
    _ distances: [Int32], in box: ObjectBox
  ) -> (voxel: Int, distance: Int32)? {
    var found = (voxel: 0, distance: Int32(-1))
    for voxel in box.voxels where distances[voxel] > found.distance {
      found = (voxel, distances[voxel])
    }
    return found.distance == ChamferMask.unreached ? nil : found
  }
}
