import Lamina
import Testing

@Suite("Folds") struct FoldTests {
  /// Edges at which the surface bends by more than a right angle.
  private func foldCount(_ mesh: TriangleMesh) -> Int {
    var normals: [SIMD2<UInt32>: SIMD3<Double>] = [:]
    for triangle in mesh.triangles {
      let normal = mesh.normalVector(of: triangle)
      for edge in [(triangle.a, triangle.b), (triangle.b, triangle.c), (triangle.c, triangle.a)] {
        normals[SIMD2(edge.0, edge.1)] = normal
      }
    }
    return normals.count { edge, normal in
      guard edge.x < edge.y, let other = normals[SIMD2(edge.y, edge.x)] else { return false }
      return (normal * other).sum() < 0
    }
  }

  @Test(
    "a surface of marching cubes with its slivers has none, and gets none as it is simplified",
    arguments: [0.7, 0.5, 0.1, 0.01])
  func simplified(fraction: Double) throws {
    let surface = try Phantom(solid: .bumpy(radius: 60)).volume().isosurface(at: 550)
    #expect(foldCount(surface) == 0)
    let small = surface.simplified(to: .fraction(fraction))
    #expect(abs(Double(small.triangles.count) / Double(surface.triangles.count) - fraction) < 1e-3)
    #expect(foldCount(small) == 0)
  }
}
