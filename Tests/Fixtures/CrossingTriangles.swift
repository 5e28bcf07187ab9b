public import MeshProcessing

extension TriangleMesh {
  /// How many pairs of an edge and a triangle cross: the edge goes through the inside of the triangle
  /// and beyond, by more than rounding.
  ///
  /// Triangles are compared with those in the same cells of a grid.
  public func crossingCount(cellSize: SIMD3<Double>) -> Int {
    var places: [(cell: SIMD3<Int32>, triangle: Int)] = []
    for (index, triangle) in triangles.enumerated() {
      let (lower, upper) = cellRange(of: triangle, cellSize)
      for z in lower.z...upper.z {
        for y in lower.y...upper.y {
          for x in lower.x...upper.x { places.append((SIMD3(x, y, z), index)) }
        }
      }
    }
    places.sort { ($0.cell.z, $0.cell.y, $0.cell.x) < ($1.cell.z, $1.cell.y, $1.cell.x) }
    var count = 0
    var start = 0
    while start < places.count {
      let cell = places[start].cell
      var end = start
      while end < places.count, places[end].cell == cell { end += 1 }
      for first in start..<end {
        for second in start..<end where first != second {
          let (a, b) = (triangles[places[first].triangle], triangles[places[second].triangle])
          // A pair that shares several cells counts in the first of them.
          let meeting = pointwiseMax(cellRange(of: a, cellSize).0, cellRange(of: b, cellSize).0)
          if meeting == cell { count += crossings(ofEdgesOf: a, through: b) }
        }
      }
      start = end
    }
    return count
  }

  private func cellRange(
    of triangle: Triangle, _ size: SIMD3<Double>
  ) -> (SIMD3<Int32>, SIMD3<Int32>) {
    let (a, b, c) = corners(triangle)
    let lower = (pointwiseMin(a, pointwiseMin(b, c)) / size).rounded(.down)
    let upper = (pointwiseMax(a, pointwiseMax(b, c)) / size).rounded(.down)
    return (SIMD3<Int32>(lower), SIMD3<Int32>(upper))
  }

  private func crossings(ofEdgesOf first: Triangle, through second: Triangle) -> Int {
    let corners = [second.a, second.b, second.c]
    return [(first.a, first.b), (first.b, first.c), (first.c, first.a)].count { start, end in
      !corners.contains(start) && !corners.contains(end)
        && doesCross(positions[Int(start)], positions[Int(end)], second)
    }
  }

  private func doesCross(
    _ start: SIMD3<Float>, _ end: SIMD3<Float>, _ triangle: Triangle
  ) -> Bool {
    let (p, q) = (SIMD3<Double>(start), SIMD3<Double>(end))
    let (a, b, c) = corners(triangle)
    let size = (pointwiseMax(a, pointwiseMax(b, c)) - pointwiseMin(a, pointwiseMin(b, c))).max()
    let rounding = 1e-5 * size * size * size
    func volume(
      _ a: SIMD3<Double>, _ b: SIMD3<Double>, _ c: SIMD3<Double>, _ d: SIMD3<Double>
    ) -> Double { ((b - a) * ((c - a).cross(d - a))).sum() }
    let (above, below) = (volume(a, b, c, p), volume(a, b, c, q))
    guard min(above, below) < -rounding, max(above, below) > rounding else { return false }
    let sides = [volume(p, q, a, b), volume(p, q, b, c), volume(p, q, c, a)]
    return sides.allSatisfy { $0 > rounding } || sides.allSatisfy { $0 < -rounding }
  }
}

extension SIMD3<Double> {
  fileprivate func cross(_ other: SIMD3<Double>) -> SIMD3<Double> {
    SIMD3(
      y * other.z - z * other.y, z * other.x - x * other.z, x * other.y - y * other.x)
  }
}
