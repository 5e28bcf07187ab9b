import Fixtures
import MeshProcessing
import Testing

@Suite("Longest extent") struct LongestExtentTests {
  @Test("of a box its diagonal, of a sphere its diameter, of nothing nothing")
  func extent() {
    #expect(abs(TriangleMesh.box(SIMD3(2, 3, 6)).longestExtent - 7) < 1e-6)
    let sphere = TriangleMesh.icosphere(radius: 5, subdivisions: 3, center: SIMD3(7, 8, 9))
    #expect(abs(sphere.longestExtent - 10) < 1e-4)
    #expect(TriangleMesh().longestExtent == 0)
  }

  @Test("vertices that no triangle uses do not count")
  func unused() {
    let box = TriangleMesh.box(SIMD3(2, 3, 6))
    let more = TriangleMesh(positions: box.positions + [[99, 0, 0]], triangles: box.triangles)
    #expect(abs(more.longestExtent - 7) < 1e-6)
  }
}
