internal import MeshProcessing

extension TriangleMesh {
  /// The curvature that edges and vertices hold; see ``MeshCurvatureMethod/angles``.
  func angleMeasures(_ fans: VertexFans) -> CurvatureMeasures {
    let normals = triangles.map { normalVector(of: $0) }
    let doubleAreas = normals.map { length($0) }
    var measures = CurvatureMeasures(vertexCount: positions.count)
    for vertex in positions.indices {
      let fan = fans.fan(vertex)
      let here = SIMD3<Double>(positions[vertex])
      var angles = AngleSum()
      var doubleArea = 0.0
      for i in fan.indices {
        let corner = fan[i]
        let first = SIMD3<Double>(positions[Int(corner.first)]) - here
        let second = SIMD3<Double>(positions[Int(corner.second)]) - here
        angles.add(sine: doubleAreas[Int(corner.triangle)], cosine: dot(first, second))
        doubleArea += doubleAreas[Int(corner.triangle)]
        // The edge to `first` has this triangle on its left; the other one has it as `second`. Each
        // end of the edge gets half.
        guard corner.first > vertex, let right = fan.index(second: corner.first)
        else { continue }
        let share =
          edgeCurvature(
            first, normals[Int(corner.triangle)], normals[Int(fan[right].triangle)]) / 4
        measures.ofVertex[vertex].x += share
        measures.ofVertex[Int(corner.first)].x += share
      }
      measures.ofVertex[vertex].z = doubleArea / 6
      measures.ofVertex[vertex].w = doubleArea / 6
      guard !fan.isEmpty else { continue }
      measures.ofVertex[vertex].y = (fan.isClosed ? 2 : 1) * .pi - angles.value
    }
    return measures
  }

  /// The integral of H over the surface, in units: half the sum of edge length times angle, positive where convex.
  func meanCurvatureIntegral(_ fans: VertexFans) -> Double {
    let normals = triangles.map { normalVector(of: $0) }
    var sum = 0.0
    for vertex in positions.indices {
      let fan = fans.fan(vertex)
      let here = SIMD3<Double>(positions[vertex])
      for i in fan.indices where fan[i].first > vertex {
        guard let right = fan.index(second: fan[i].first) else { continue }
        let edge = SIMD3<Double>(positions[Int(fan[i].first)]) - here
        sum += edgeCurvature(
          edge, normals[Int(fan[i].triangle)], normals[Int(fan[right].triangle)])
      }
    }
    return sum / 2
  }

  /// The length of an edge times the angle between its triangles, positive where they are convex.
  @inline(__always)
  private func edgeCurvature(
    _ edge: SIMD3<Double>, _ left: SIMD3<Double>, _ right: SIMD3<Double>
  ) -> Double {
    let norm = length(edge)
    guard norm > 0 else { return 0 }
    return norm * angle(sine: dot(cross(left, right), edge) / norm, cosine: dot(left, right))
  }
}
