extension [SIMD4<Float>] {
  /// Spreads what the vertices of a mesh hold over their neighbourhood, with nothing lost or gained.
  ///
  /// In one step a vertex keeps a fifth and gives the rest to its neighbours in equal parts: a random walk
  /// whose variance along any direction of the surface grows by 0.4 of the squared edge length. Who kept nothing would
  /// not mix with its neighbours where every other one is two steps away.
  /// - Parameters:
  ///   - scale: Standard deviation of the neighbourhood along any direction of the surface, in units.
  ///   - meanSquaredEdge: In square units.
  package mutating func spread(over scale: Double, _ fans: VertexFans, meanSquaredEdge: Double) {
    let (kept, given) = (Float(0.2), Float(0.8))
    let wanted = scale * scale / (Double(given) / 2 * meanSquaredEdge)
    guard wanted.isFinite else { return }
    // What leaves a vertex along an edge arrives at its end: there the vertex is a `second`.
    let sources = fans.corners.map(\.second)
    let starts = fans.starts.span
    var shares = self
    for _ in 0..<Swift.min(1000, Int(wanted.rounded())) {
      for vertex in indices {
        let count = starts[vertex + 1] - starts[vertex]
        shares[vertex] = count > 0 ? self[vertex] * (given / Float(count)) : .zero
      }
      let arriving = shares.span
      for vertex in indices where starts[vertex] < starts[vertex + 1] {
        var sum = self[vertex] * kept
        for corner in Int(starts[vertex])..<Int(starts[vertex + 1]) {
          sum += arriving[Int(sources[corner])]
        }
        self[vertex] = sum
      }
    }
  }
}
