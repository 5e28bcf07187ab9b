internal import MeshProcessing

/// The distance from each of many points to the nearest other one.
public enum NearestDistance {
  /// The distances in the order of the points, in their unit; infinite for a point alone.
  ///
  /// Points are sorted along x, and from each one the search goes to both sides as far as x alone leaves a chance: for
  /// points spread over a volume about n^(5/3).
  public static func distances(among points: [SIMD3<Double>]) -> [Double] {
    let order = points.indices.sorted { (points[$0].x, $0) < (points[$1].x, $1) }
    var nearest = [Double](repeating: .infinity, count: points.count)
    for (place, index) in order.enumerated() {
      for side in [-1, 1] {
        var other = place + side
        while order.indices.contains(other),
          abs(points[order[other]].x - points[index].x) < nearest[index]
        {
          nearest[index] = min(nearest[index], length(points[order[other]] - points[index]))
          other += side
        }
      }
    }
    return nearest
  }
}
