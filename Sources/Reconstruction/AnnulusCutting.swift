/// The cutting of the band between two closed paths into triangles.
///
/// Both paths run the same way round, and the band goes along both evenly. Where it begins on the second path
/// is chosen so that the edges across it are the shortest in total.
struct AnnulusCutting {
  /// A place on the first path (0) or the second (1).
  typealias Corner = (path: Int, place: Int)

  let length: Double
  /// They turn the way in which the first path runs around the band.
  let triangles: [(Corner, Corner, Corner)]

  init(_ first: [SIMD3<Double>], _ second: [SIMD3<Double>]) {
    func length(_ shift: Int) -> Double {
      Self.edges(first.count, second.count, shift).reduce(0) {
        let edge = first[$1.first] - second[$1.second]
        return $0 + (edge * edge).sum().squareRoot()
      }
    }
    let lengths = second.indices.map(length)
    let shift = lengths.indices.min { lengths[$0] < lengths[$1] } ?? 0
    let edges = Self.edges(first.count, second.count, shift)
    self.length = lengths[shift]
    triangles = edges.indices.map {
      let (here, next) = (edges[$0], edges[($0 + 1) % edges.count])
      let third = here.first == next.first ? (1, next.second) : (0, next.first)
      return ((0, here.first), third, (1, here.second))
    }
  }

  /// The edges across the band, as places on both paths.
  private static func edges(
    _ firstCount: Int, _ secondCount: Int, _ shift: Int
  ) -> [(first: Int, second: Int)] {
    var edges: [(first: Int, second: Int)] = []
    var (i, j) = (0, 0)
    while i < firstCount || j < secondCount {
      edges.append((i % firstCount, (j + shift) % secondCount))
      if (2 * i + 1) * secondCount < (2 * j + 1) * firstCount { i += 1 } else { j += 1 }
    }
    return edges
  }
}
