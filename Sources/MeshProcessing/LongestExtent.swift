extension TriangleMesh {
  /// The largest distance between two points of the mesh, in units (the largest Feret diameter); 0 for
  /// an empty mesh.
  ///
  /// Exact. Vertices are taken from the outermost inwards, until two together reach no farther than
  /// the best pair: quick for what is long, quadratic in the number of vertices for a sphere.
  public var longestExtent: Double {
    guard let bounds else { return 0 }
    let center = SIMD3<Double>(bounds.min + bounds.max) / 2
    var vertices = ConnectedParts(self).ofVertex.enumerated().compactMap { vertex, part in
      part == .max ? nil : SIMD3<Double>(positions[vertex]) - center
    }
    vertices.sort { dot($0, $0) > dot($1, $1) }
    let radii = vertices.map { length($0) }
    var longest = 0.0
    for (index, vertex) in vertices.enumerated() {
      guard 2 * radii[index] > longest else { break }
      for other in index + 1..<max(index + 1, vertices.count) {
        guard radii[index] + radii[other] > longest else { break }
        longest = max(longest, length(vertex - vertices[other]))
      }
    }
    return longest
  }
}
