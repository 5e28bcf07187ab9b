public import MeshProcessing

extension TriangleMesh {
  /// How many pairs of an edge and a triangle cross: the edge goes through the inside of the triangle
  /// and beyond, by more than rounding.
  ///
  /// Triangles are compared with those in the same cells of a grid.
  public func crossingCount(cellSize: SIMD3<Double>) -> Int {
    let boxes = triangles.map { Box(corners($0)) }
    // A cell in the upper half, a triangle in the lower one.
    var places: [UInt64] = []
    places.reserveCapacity(8 * triangles.count)
    for (index, box) in boxes.enumerated() {
      let (lower, upper) = (box.lower.cell(cellSize), box.upper.cell(cellSize))
      for z in lower.z...upper.z {
        for y in lower.y...upper.y {
          for x in lower.x...upper.x {
            places.append(UInt64(name(of: SIMD3(x, y, z))) << 32 | UInt64(index))
          }
        }
      }
    }
    places.sort()
    var count = 0
    var start = 0
    while start < places.count {
      let cell = places[start] >> 32
      var end = start
      while end < places.count, places[end] >> 32 == cell { end += 1 }
      for first in start..<end {
        for second in start..<end where first != second {
          let (a, b) = (Int(places[first] & 0xFFFF_FFFF), Int(places[second] & 0xFFFF_FFFF))
          let lower = pointwiseMax(boxes[a].lower, boxes[b].lower)
          let upper = pointwiseMin(boxes[a].upper, boxes[b].upper)
          // A pair that shares several cells counts in the first of them.
          guard all(lower .<= upper), name(of: lower.cell(cellSize)) == cell else { continue }
          count += crossings(ofEdgesOf: triangles[a], through: triangles[b])
        }
      }
      start = end
    }
    return count
  }

  /// Ten bits of each index: cells that share a name are far apart, and cost time only.
  private func name(of cell: SIMD3<Int32>) -> UInt32 {
    let bits = SIMD3<UInt32>(truncatingIfNeeded: cell) & 0x3FF
    return bits.x | bits.y << 10 | bits.z << 20
  }

  private struct Box {
    let lower: SIMD3<Double>
    let upper: SIMD3<Double>

    init(_ corners: (SIMD3<Double>, SIMD3<Double>, SIMD3<Double>)) {
      lower = pointwiseMin(corners.0, pointwiseMin(corners.1, corners.2))
      upper = pointwiseMax(corners.0, pointwiseMax(corners.1, corners.2))
    }
  }

  private func crossings(ofEdgesOf first: Triangle, through second: Triangle) -> Int {
    func isCorner(_ vertex: UInt32) -> Bool {
      vertex == second.a || vertex == second.b || vertex == second.c
    }
    func crosses(_ start: UInt32, _ end: UInt32) -> Int {
      let isApart = !isCorner(start) && !isCorner(end)
      return isApart && doesCross(positions[Int(start)], positions[Int(end)], second) ? 1 : 0
    }
    return crosses(first.a, first.b) + crosses(first.b, first.c) + crosses(first.c, first.a)
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
    let sides = SIMD3(volume(p, q, a, b), volume(p, q, b, c), volume(p, q, c, a))
    return all(sides .> rounding) || all(sides .< -rounding)
  }
}

extension SIMD3<Double> {
  fileprivate func cell(_ size: SIMD3<Double>) -> SIMD3<Int32> {
    SIMD3<Int32>((self / size).rounded(.down))
  }

  fileprivate func cross(_ other: SIMD3<Double>) -> SIMD3<Double> {
    SIMD3(
      y * other.z - z * other.y, z * other.x - x * other.z, x * other.y - y * other.x)
  }
}
