internal import MeshProcessing

/// The two of many points that are farthest apart.
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

  private(set) var first: SIMD3<Double>
  private(set) var second: SIMD3<Double>
  private var square = 0.0

  var distance: Double { square.squareRoot() }

  /// - Parameter points: At least one; a point alone is both ends.
  init(among points: [SIMD3<Double>]) {
    precondition(!points.isEmpty, "no points have no ends")
    (first, second) = (points[0], points[0])
    guess(points)
    var sorted = points
    var clusters: [Cluster] = []
    Self.split(&sorted, 0..<sorted.count, into: &clusters)
    for pair in promising(clusters) {
      if pair.bound * pair.bound <= square { break }
      for a in clusters[pair.first].range {
        for b in clusters[pair.second].range { consider(sorted[a], sorted[b]) }
      }
    }
  }

  /// Pairs of clusters that may be farther apart than what has been found, the most promising first.
  private func promising(_ clusters: [Cluster]) -> [(bound: Double, first: Int, second: Int)] {
    var pairs: [(bound: Double, first: Int, second: Int)] = []
    for first in clusters.indices {
      for second in first..<clusters.count {
        let (a, b) = (clusters[first], clusters[second])
        let bound = length(a.center - b.center) + a.radius + b.radius
        if bound * bound > square { pairs.append((bound, first, second)) }
      }
    }
    return pairs.sorted { $0.bound > $1.bound }
  }

  /// A large distance: from the point that is farthest from the first one to what is farthest from that.
  private mutating func guess(_ points: [SIMD3<Double>]) {
    for _ in 0..<2 {
      let start = second
      for point in points { consider(start, point) }
    }
  }

  @inline(__always)
  private mutating func consider(_ a: SIMD3<Double>, _ b: SIMD3<Double>) {
    let apart = a - b
    let square = dot(apart, apart)
    if square > self.square { (self.square, first, second) = (square, a, b) }
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
