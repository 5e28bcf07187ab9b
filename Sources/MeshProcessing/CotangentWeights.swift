extension TriangleMesh {
  /// The weight of the edge to `first` of every corner of the fans: half of the cotangents of the two
  /// angles that face it, together; 0 where they are negative.
  ///
  /// Pinkall & Polthier 1993, doi:10.1080/10586458.1993.10504266.
  func cotangentWeights(_ fans: VertexFans) -> [Double] {
    var weights = [Double](repeating: 0, count: fans.corners.count)
    for vertex in 0..<fans.vertexCount {
      let fan = fans.fan(vertex)
      let here = SIMD3<Double>(positions[vertex])
      let start = Int(fans.starts[vertex])
      for i in fan.indices {
        // In (vertex, first, second), the angle at `second` faces the edge to `first`, and the one at
        // `first` faces the edge to `second`.
        let first = SIMD3<Double>(positions[Int(fan[i].first)])
        let second = SIMD3<Double>(positions[Int(fan[i].second)])
        weights[start + i] += cotangent(here - second, first - second) / 2
        if let next = fan.index(first: fan[i].second) {
          weights[start + next] += cotangent(here - first, second - first) / 2
        }
      }
    }
    return weights.map { max($0, 0) }
  }
}

/// The cotangent of the angle between two vectors, 0 where there is none.
private func cotangent(_ a: SIMD3<Double>, _ b: SIMD3<Double>) -> Double {
  let sine = length(cross(a, b))
  return sine > 0 ? dot(a, b) / sine : 0
}
