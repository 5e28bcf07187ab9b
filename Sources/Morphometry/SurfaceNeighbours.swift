public import MeshProcessing
internal import Volumes

/// How near other surfaces are to one.
public struct SurfaceNeighbours: Sendable, Hashable {
  /// To the nearest other surface, in units: 0 where they cross, infinite without another one.
  public let nearestDistance: Double
  /// How many others are no farther away than was asked for; `nil` where nothing was.
  public let count: Int?

  /// The neighbours of every surface, in order; an empty one has none and is none.
  ///
  /// Distances are those of the nearest points of two surfaces, exact but for rounding. Each surface is compared with those
  /// whose boxes are near enough, which of n surfaces that fill a space takes about n^(5/3) steps. All of them are held
  /// with a tree of boxes: about 50 bytes a triangle.
  /// - Parameter distance: Within which others are counted, in units.
  public static func all(
    among surfaces: [TriangleMesh], within distance: Double? = nil
  ) -> [SurfaceNeighbours] {
    let trees = Parallel.map(surfaces.count) { index in
      surfaces[index].isEmpty ? nil : TriangleTree(surfaces[index])
    }
    let nearby = NearbySurfaces(trees)
    return Parallel.map(surfaces.count) { index in
      guard let tree = trees[index] else {
        return SurfaceNeighbours(nearestDistance: .nan, count: nil)
      }
      var reach = max(nearby.extent(of: index), distance ?? 0)
      while true {
        let others = nearby.around(index, within: reach)
        let found = SurfaceNeighbours(of: tree, others, trees, within: distance)
        // What is not among them is farther away than the reach.
        if found.nearestDistance <= reach || others.count == nearby.otherCount { return found }
        reach = min(4 * reach, found.nearestDistance)
      }
    }
  }
}

extension SurfaceNeighbours {
  /// - Parameter others: In the order of the gaps between their boxes and that of the tree.
  private init(
    of tree: TriangleTree, _ others: [(surface: Int, gap: Double)], _ trees: [TriangleTree?],
    within distance: Double?
  ) {
    var nearest = Double.infinity
    var count = 0
    for other in others where other.gap <= max(nearest, distance ?? 0) {
      guard let otherTree = trees[other.surface] else { continue }
      // All that is to be known of one farther away is that it is.
      let limit = max(nearest, distance?.nextUp ?? 0)
      let found = tree.distance(to: otherTree, below: limit)
      nearest = min(nearest, found)
      if let distance, found <= distance { count += 1 }
    }
    nearestDistance = nearest
    self.count = distance == nil ? nil : count
  }
}
