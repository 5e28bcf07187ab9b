extension TriangleMesh {
  /// The positions after one implicit step of the flow along mean curvature; see ``ImplicitDiffusion``.
  ///
  /// All three coordinates at once. Vertices that are not free stay where they are.
  func flowed(scale: Double, _ fans: VertexFans, _ isFree: [Bool]) -> [SIMD3<Float>] {
    ImplicitDiffusion(on: self, fans, scale: scale, isFree: isFree)
      .applied(to: positions.map { SIMD3<Double>($0) }).map { SIMD3<Float>($0) }
  }
}
