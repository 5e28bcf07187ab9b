/// The cutting of one polygon into triangles that needs the least total length of diagonals.
///
/// Dynamic programming over sub-polygons: the side from the first to the last vertex belongs to one
/// triangle, whose tip is tried everywhere.
struct PolygonCutting {
  struct Result {
    var length: Double
    var triangles: [MarchingCubesTable.Triangle]
  }

  private let polygon: [Int]
  private var known: [[Int]: Result?] = [:]

  init(_ polygon: [Int]) { self.polygon = polygon }

  mutating func best(from first: Int, to last: Int) -> Result? {
    if last - first < 2 { return Result(length: 0, triangles: []) }
    if let result = known[[first, last]] { return result }
    var best: Result?
    for tip in first + 1..<last {
      guard let left = lengthOfDiagonal(first, tip), let right = lengthOfDiagonal(tip, last),
        let one = self.best(from: first, to: tip), let other = self.best(from: tip, to: last)
      else { continue }
      let length = left + right + one.length + other.length
      if length < best?.length ?? .infinity {
        let triangle = MarchingCubesTable.Triangle(
          a: UInt8(polygon[first]), b: UInt8(polygon[tip]), c: UInt8(polygon[last]))
        best = Result(length: length, triangles: one.triangles + [triangle] + other.triangles)
      }
    }
    known[[first, last]] = .some(best)
    return best
  }

  /// 0 for a side of the polygon, `nil` for a diagonal that would lie on a face of the cube.
  private func lengthOfDiagonal(_ i: Int, _ j: Int) -> Double? {
    if j == i + 1 || (i == 0 && j == polygon.count - 1) { return 0 }
    let sharesFace = (0..<6).contains {
      CubeTopology.edge(polygon[i], liesOnFace: $0) && CubeTopology.edge(polygon[j], liesOnFace: $0)
    }
    guard !sharesFace else { return nil }
    let delta = midpoint(polygon[i]) - midpoint(polygon[j])
    return (delta * delta).sum().squareRoot()
  }

  private func midpoint(_ edge: Int) -> SIMD3<Double> {
    let (a, b) = CubeTopology.corners(ofEdge: edge)
    func position(_ corner: Int) -> SIMD3<Double> {
      SIMD3(Double(corner & 1), Double(corner >> 1 & 1), Double(corner >> 2 & 1))
    }
    return (position(a) + position(b)) / 2
  }
}
