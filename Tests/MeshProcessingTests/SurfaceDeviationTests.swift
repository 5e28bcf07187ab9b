import Fixtures
import MeshProcessing
import Testing
import Volumes

@Suite("Deviation of surfaces") struct SurfaceDeviationTests {
  private let sphere = TriangleMesh.icosphere(radius: 10, subdivisions: 4)

  @Test("a surface does not deviate from itself, nor from a finer mesh of the same flat faces")
  func same() {
    #expect(sphere.deviation(from: sphere).hausdorff < 1e-12)
    let box = TriangleMesh.box(SIMD3(1, 2, 3))
    #expect(box.deviation(from: box.subdivided().subdivided()).hausdorff < 1e-6)
  }

  @Test("concentric spheres are as far apart as their radii", arguments: [9.0, 9.9, 11.0])
  func concentric(radius: Double) {
    let other = TriangleMesh.icosphere(radius: radius, subdivisions: 4)
    let deviation = other.deviation(from: sphere)
    let distance = abs(radius - 10)
    #expect(abs(deviation.mean / distance - 1) < 0.03)
    #expect(abs(deviation.rootMeanSquare / distance - 1) < 0.03)
    #expect((distance * 0.999...distance * 1.1 + 0.03).contains(deviation.hausdorff))
  }

  @Test("a bump on one side counts in full for the largest, and by its area for the mean")
  func bump() {
    let plane = grid { _, _ in 0 }
    let bumped = grid { x, y in x == 8 && y == 8 ? 1 : 0 }
    let deviation = bumped.deviation(from: plane)
    // A pyramid of height 1 over six triangles: volume 1 = mean height times area, of 256.
    #expect(abs(deviation.hausdorff - 1) < 1e-6)
    #expect(abs(deviation.mean - 1.0 / 256) < 0.0008)
  }

  @Test("the order of the two does not matter, and moving both changes nothing")
  func laws() {
    let other = sphere.mapPositions { $0 * SIMD3(1.1, 1, 0.8) }
    let forth = other.deviation(from: sphere)
    let back = sphere.deviation(from: other)
    #expect(forth == back)
    let shift = SIMD3<Double>(64, 128, -32)
    let moved = other.mapPositions { $0 + shift }
      .deviation(from: sphere.mapPositions { $0 + shift })
    #expect(abs(moved.rootMeanSquare / forth.rootMeanSquare - 1) < 1e-4)
  }

  @Test("the number of threads changes nothing")
  func threads() {
    let other = sphere.simplified(to: .fraction(0.1))
    let one = Parallel.$threads.withValue(1) { other.deviation(from: sphere) }
    let three = Parallel.$threads.withValue(3) { other.deviation(from: sphere) }
    #expect(one == three)
  }

  @Test("the nearest triangle is the nearest of all")
  func tree() {
    let mesh = sphere.mapPositions { $0 * SIMD3(1, 0.6, 0.3) }
    let tree = TriangleTree(mesh)
    let each = mesh.triangles.map {
      TriangleTree(TriangleMesh(positions: mesh.positions, triangles: [$0]))
    }
    var random = SplitMix(seed: 3)
    for _ in 0..<200 {
      func number() -> Double { Double.random(in: -12...12, using: &random) }
      let point = SIMD3(number(), number(), number())
      let least = each.map { $0.nearest(to: point).squaredDistance }.min() ?? .nan
      #expect(tree.nearest(to: point).squaredDistance == least)
    }
  }

  @Test("no surface is infinitely far from one, and not from none")
  func empty() {
    #expect(TriangleMesh().deviation(from: sphere).hausdorff == .infinity)
    #expect(TriangleMesh().deviation(from: TriangleMesh()).hausdorff == 0)
  }

  @Test("a change says what was and what is")
  func change() {
    let change = sphere.mapPositions { $0 * 1.01 }.change(from: sphere)
    #expect(change.trianglesBefore == 5120 && change.triangles == 5120)
    #expect(abs(change.areaChange - 0.0201) < 1e-6)
    #expect(abs(change.volumeChange - 0.030301) < 1e-6)
    #expect(abs(change.deviation.mean - 0.1) < 0.003)
  }

  /// 16 by 16 squares of side 1.
  private func grid(_ height: (Int, Int) -> Float) -> TriangleMesh {
    var positions: [SIMD3<Float>] = []
    var triangles: [Triangle] = []
    for y in 0...16 {
      for x in 0...16 {
        positions.append([Float(x), Float(y), height(x, y)])
        guard x < 16 && y < 16 else { continue }
        let here = UInt32(17 * y + x)
        triangles += [Triangle(here, here + 1, here + 18), Triangle(here, here + 18, here + 17)]
      }
    }
    return TriangleMesh(positions: positions, triangles: triangles)
  }
}
