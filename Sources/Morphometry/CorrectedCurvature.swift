internal import MeshProcessing

extension TriangleMesh {
  /// What triangles hold of curvature, a third at each corner; see ``MeshCurvatureMethod/corrected``.
  func correctedMeasures() -> CurvatureMeasures {
    let normals = vertexNormals()
    var measures = CurvatureMeasures(vertexCount: positions.count)
    for triangle in triangles {
      let (a, b, c) = corners(triangle)
      let (ab, ac) = (b - a, c - a)
      let (u, v, w) = (
        normals[Int(triangle.a)], normals[Int(triangle.b)], normals[Int(triangle.c)]
      )
      let mean = (u + v + w) / 3
      let doubleArea = cross(ab, ac)
      let share =
        SIMD4(
          dot(mean, cross(u - w, ab) + cross(v - u, ac)) / 4, dot(u, cross(v, w)) / 2,
          length(doubleArea) / 2, dot(mean, doubleArea) / 2) / 3
      measures.ofVertex[Int(triangle.a)] += share
      measures.ofVertex[Int(triangle.b)] += share
      measures.ofVertex[Int(triangle.c)] += share
    }
    return measures
  }
}
