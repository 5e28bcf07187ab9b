extension [SIMD4<Float>] {
  /// Spreads what the vertices of a mesh hold over their neighbourhood, with nothing lost or gained.
  ///
  /// In one step a vertex keeps half and gives the rest to its neighbours in equal parts: a random walk
  /// whose variance along any direction of the surface grows by a quarter of the squared edge length.
  /// - Parameters:
  ///   - scale: Standard deviation of the neighbourhood along any direction of the surface, in units.
  ///   - meanSquaredEdge: In square units.
  package mutating func spread(over scale: Double, _ fans: VertexFans, meanSquaredEdge: Double) {
    let wanted = scale * scale / (0.25 * meanSquaredEdge)
    guard wanted.isFinite else { return }
    // What leaves a vertex along an edge arrives at its end: there the vertex is a `second`.
    let sources = fans.corners.map(\.second)
    let starts = fans.starts.span
    var shares = self
    for _ in 0..<Swift.min(1000, Int(wanted.rounded())) {
      for vertex in indices {
        let count = starts[vertex + 1] - starts[vertex]
        shares[vertex] = count > 0 ? self[vertex] * (0.5 / Float(count)) : .zero
      }
      let given = shares.span
      for vertex in indices where starts[vertex] < starts[vertex + 1] {
        var sum = self[vertex] * 0.5
        for corner in Int(starts[vertex])..<Int(starts[vertex + 1]) {
          sum += given[Int(sources[corner])]
        }
        self[vertex] = sum
      }
    }
  }
}
