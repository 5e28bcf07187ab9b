internal import MeshProcessing

/// The largest distance between two of many points.
///
/// Points are gathered in small clusters; only pairs of clusters whose far ends may be farther
/// apart than the best pair so far are looked at, the most promising first. Quadratic at worst,
/// nearly linear for the vertices of a surface.
struct FarthestPair {
  private struct Cluster {
    /// Where its points are.
    let range: Range<Int>
    let center: SIMD3<Double>
    let radius: Double
  }

  private static let clusterSize = 24

  /// 0 for fewer than two points.
  static func distance(among points: [SIMD3<Double>]) -> Double {
    var sorted = points
    var clusters: [Cluster] = []
    split(&sorted, 0..<sorted.count, into: &clusters)
    var best = firstGuess(points)
    var pairs: [(bound: Double, first: Int, second: Int)] = []
    for first in clusters.indices {
      for second in first..<clusters.count {
        let (a, b) = (clusters[first], clusters[second])
        let bound = length(a.center - b.center) + a.radius + b.radius
        if bound * bound > best { pairs.append((bound, first, second)) }
      }
    }
    pairs.sort { $0.bound > $1.bound }
    for pair in pairs {
      if pair.bound * pair.bound <= best { break }
      for a in clusters[pair.first].range {
        for b in clusters[pair.second].range {
          let apart = sorted[a] - sorted[b]
          best = max(best, dot(apart, apart))
        }
      }
    }
    return best.squareRoot()
  }

  /// A large distance, squared: from the point that is farthest from the first one to what is
  /// farthest from that.
  private static func firstGuess(_ points: [SIMD3<Double>]) -> Double {
    var end = points.first ?? .zero
    var best = 0.0
    for _ in 0..<2 {
      let start = end
      for point in points where dot(point - start, point - start) > best {
        (end, best) = (point, dot(point - start, point - start))
      }
    }
    return best
  }

  /// Halves points at the middle of their longest side until the parts are small.
  private static func split(
    _ points: inout [SIMD3<Double>], _ range: Range<Int>, into clusters: inout [Cluster]
  ) {
    guard let first = range.first.map({ points[$0] }) else { return }
    var (low, high) = (first, first)
    for index in range {
      low = pointwiseMin(low, points[index])
      high = pointwiseMax(high, points[index])
    }
    let center = (low + high) / 2
    let size = high - low
    let axis = size.x >= size.y ? (size.x >= size.z ? 0 : 2) : (size.y >= size.z ? 1 : 2)
    guard range.count > clusterSize, size[axis] > 0 else {
      let radius = range.reduce(0) { max($0, length(points[$1] - center)) }
      // So that rounding leaves no pair out.
      clusters.append(
        Cluster(range: range, center: center, radius: radius * (1 + 1e-12)))
      return
    }
    let middle = points[range].partition { $0[axis] > center[axis] }
    split(&points, range.lowerBound..<middle, into: &clusters)
    split(&points, middle..<range.upperBound, into: &clusters)
  }
}
