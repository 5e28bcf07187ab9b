internal import MeshProcessing

extension TriangleMesh {
  /// How many connected parts of the surface face inwards, as the walls of cavities do: their signed volume is negative.
  ///
  /// Meaningful for a watertight, consistently wound mesh only.
  func cavityCount() -> Int {
    let parts = ConnectedParts(self)
    guard parts.count > 1 else { return signedVolume < 0 ? 1 : 0 }
    // About a vertex of each part, lest far-away parts should lose digits.
    var apexes = [SIMD3<Double>?](repeating: nil, count: parts.count)
    var volumes = [Double](repeating: 0, count: parts.count)
    for triangle in triangles {
      let part = Int(parts.ofVertex[Int(triangle.a)])
      let (a, b, c) = corners(triangle)
      let apex = apexes[part] ?? a
      apexes[part] = apex
      volumes[part] += dot(a - apex, cross(b - apex, c - apex))
    }
    return volumes.count { $0 < 0 }
  }
}
