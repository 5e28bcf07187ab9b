internal import MeshProcessing

/// What a mesh has of curvature at one vertex.
struct CurvaturePoint: Sendable {
  /// H, in 1/unit.
  var mean: Double
  /// K, in 1/unit².
  var gaussian: Double
  /// The area that the vertex stands for, in square units.
  var area: Double
}

/// Curvature as measures: what the part of a surface that belongs to a vertex adds to the integrals.
///
/// Measures may be spread over a neighbourhood, together with the area that they are divided by. So no badly
/// shaped triangle can upset them, and nothing is lost or gained.
struct CurvatureMeasures {
  /// By vertex: of H, of K, of the area of the surface, and of the area that H and K are divided by.
  var ofVertex: [SIMD4<Double>]

  /// Nothing at any vertex.
  init(vertexCount: Int) { ofVertex = Array(repeating: .zero, count: vertexCount) }

  var total: SIMD4<Double> { ofVertex.reduce(.zero, +) }

  /// H and K around every vertex of a mesh; 0 where there is no area.
  ///
  /// - Parameter scale: Standard deviation of the neighbourhood along any direction of the surface, in units. 0 gives every vertex its
  ///   own measure alone.
  func points(on mesh: TriangleMesh, scale: Double, _ fans: VertexFans) -> [CurvaturePoint] {
    // Single precision is plenty for what is averaged, and the integrals are not taken from it.
    var spread = ofVertex.map { SIMD4<Float>($0) }
    spread.spread(over: scale, fans, meanSquaredEdge: mesh.meanSquaredEdge(fans))
    return spread.map { held in
      CurvaturePoint(
        mean: held.w > 0 ? Double(held.x / held.w) : 0,
        gaussian: held.w > 0 ? Double(held.y / held.w) : 0, area: Double(held.z))
    }
  }
}

extension TriangleMesh {
  /// In square units; each edge counts once for every triangle that it has.
  func meanSquaredEdge(_ fans: VertexFans) -> Double {
    var sum = 0.0
    for vertex in positions.indices {
      let fan = fans.fan(vertex)
      let here = SIMD3<Double>(positions[vertex])
      for i in fan.indices {
        let edge = SIMD3<Double>(positions[Int(fan[i].first)]) - here
        sum += dot(edge, edge)
      }
    }
    return sum / Double(max(1, fans.corners.count))
  }
}
