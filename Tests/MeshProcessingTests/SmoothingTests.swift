import Fixtures
import MeshProcessing
import Testing

@Suite("Smoothing") struct SmoothingTests {
  private static let methods: [Smoothing] = [.laplacian(iterations: 10), .taubin(iterations: 10)]

  /// A sphere whose vertices lie up to 2 % off.
  private var rough: TriangleMesh {
    var random = SplitMix(seed: 1)
    return TriangleMesh.icosphere(radius: 10, subdivisions: 4, center: SIMD3(50, 60, 70))
      .mapPositions { center(50, 60, 70, $0) * Double.random(in: 0.98...1.02, using: &random) }
      .mapPositions { $0 + SIMD3(50, 60, 70) }
  }

  private func center(_ x: Double, _ y: Double, _ z: Double, _ p: SIMD3<Double>) -> SIMD3<Double> {
    p - SIMD3(x, y, z)
  }

  @Test("takes the roughness away and keeps the volume", arguments: methods)
  func roughness(method: Smoothing) {
    let mesh = rough
    let smooth = mesh.smoothed(by: method)
    let truth = 4 * Double.pi * 100
    #expect(mesh.surfaceArea > 1.01 * truth)
    #expect((0.995...1.005).contains(smooth.surfaceArea / truth))
    #expect(abs(smooth.signedVolume / mesh.signedVolume - 1) < 1e-5)
    #expect(smooth.triangles == mesh.triangles)
  }

  @Test("does not move the centre", arguments: methods)
  func centroid(method: Smoothing) {
    let ellipsoid = TriangleMesh.icosphere(radius: 1, subdivisions: 4)
      .mapPositions { $0 * SIMD3(9, 5, 3) + SIMD3(30, 20, 10) }
    let moved = ellipsoid.smoothed(by: method).centroid
    #expect(moved.isClose(to: ellipsoid.centroid, within: 1e-3))
  }

  @Test("without rescue, Laplacian smoothing shrinks and Taubin's hardly does")
  func shrinking() {
    let mesh = TriangleMesh.icosphere(radius: 10, subdivisions: 3)
    func ratio(_ method: Smoothing) -> Double {
      mesh.smoothed(by: method, preservingVolume: false).signedVolume / mesh.signedVolume
    }
    #expect((0.5...0.97).contains(ratio(.laplacian(iterations: 10))))
    #expect((0.99...1.01).contains(ratio(.taubin(iterations: 10))))
  }

  @Test("an open border stays where it is", arguments: methods)
  func border(method: Smoothing) {
    let box = TriangleMesh.box(.one).subdivided().subdivided()
    let top = box.triangles.filter { triangle in
      let (a, b, c) = box.corners(triangle)
      return (a + b + c).z < 2.99
    }
    let open = TriangleMesh(positions: box.positions, triangles: top)
    let smooth = open.smoothed(by: method)
    let isRim = { (p: SIMD3<Float>) in p.z == 1 && (p.x == 0 || p.x == 1 || p.y == 0 || p.y == 1) }
    for (before, after) in zip(open.positions, smooth.positions) where isRim(before) {
      #expect(before == after)
    }
    #expect(smooth.positions != open.positions)
  }

  @Test("no iterations, no change; an empty mesh stays empty")
  func nothing() {
    let mesh = rough
    #expect(mesh.smoothed(by: .taubin(iterations: 0)) == mesh)
    #expect(TriangleMesh().smoothed(by: .taubin(iterations: 5)).isEmpty)
  }
}
