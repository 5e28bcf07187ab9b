import Fixtures
import MeshProcessing
import Testing

@Suite("Convex hull") struct ConvexHullTests {
  private func cloud(
    _ count: Int, seed: UInt64, _ shape: (SIMD3<Float>) -> SIMD3<Float> = { $0 }
  ) -> TriangleMesh {
    var random = SplitMix(seed: seed)
    var positions: [SIMD3<Float>] = []
    for _ in 0..<count {
      var position = SIMD3<Float>.zero
      for axis in 0..<3 { position[axis] = Float.random(in: -1...1, using: &random) }
      positions.append(shape(position))
    }
    let triangles = (0..<UInt32(count - 2)).map { Triangle($0, $0 + 1, $0 + 2) }
    return TriangleMesh(positions: positions, triangles: triangles)
  }

  private func expectConvex(_ hull: TriangleMesh, holds mesh: TriangleMesh) {
    let topology = hull.topology()
    #expect(topology.isWatertight && topology.isManifold && topology.isConsistentlyOriented)
    #expect(topology.eulerNumber == 2 && topology.componentCount == 1)
    let size = mesh.bounds.map { ($0.max - $0.min).max() } ?? 0
    var highest = -Float.infinity
    for triangle in hull.triangles {
      let a = hull.positions[Int(triangle.a)]
      let (ab, ac) = (hull.positions[Int(triangle.b)] - a, hull.positions[Int(triangle.c)] - a)
      let normal = SIMD3(
        Double(ab.y * ac.z - ab.z * ac.y), Double(ab.z * ac.x - ab.x * ac.z),
        Double(ab.x * ac.y - ab.y * ac.x))
      let norm = (normal * normal).sum().squareRoot()
      // Of a sliver the plane is not known well enough to tell what is above it.
      guard norm > Double(size * size) * 1e-4 else { continue }
      for position in mesh.positions {
        let height = (SIMD3<Double>(position - a) * normal).sum() / norm
        highest = max(highest, Float(height) / size)
      }
    }
    // Half a step of the lattice for the point and as much for the plane.
    #expect(highest < 3e-6)
  }

  @Test("a cube cut into small squares, with a sphere inside: 8 corners count")
  func cube() throws {
    var box = TriangleMesh.box(SIMD3(3, 3, 3))
    for _ in 0..<4 { box = box.subdivided() }
    let inner = TriangleMesh.icosphere(radius: 1, subdivisions: 2, center: SIMD3(1.5, 1.5, 1.5))
    let hull = try #require(box.joined(with: inner).convexHull())
    #expect(abs(hull.signedVolume - 27) < 1e-12)
    #expect(abs(hull.surfaceArea - 54) < 1e-12)
    expectConvex(hull, holds: box)
  }

  @Test("the hull of a sphere is the sphere")
  func sphere() throws {
    let sphere = TriangleMesh.icosphere(radius: 5, subdivisions: 4)
    let hull = try #require(sphere.convexHull())
    #expect(hull.positions.count == sphere.positions.count)
    #expect(abs(hull.signedVolume / sphere.signedVolume - 1) < 1e-6)
    #expect(abs(hull.surfaceArea / sphere.surfaceArea - 1) < 1e-6)
  }

  /// That of a torus is a disk of radius R thickened by r. By Steiner's formula, with the disk's area of both
  /// sides 2 pi R² and integral of H pi² R.
  @Test("the hull of a torus is a thick disk")
  func torus() throws {
    let torus = TriangleMesh.torus(majorRadius: 8, minorRadius: 3, around: 200, along: 100)
    let hull = try #require(torus.convexHull())
    let (disk, integral) = (2 * Double.pi * 64, Double.pi * .pi * 8)
    let volume = disk * 3 + integral * 9 + 36 * Double.pi
    let area = disk + 2 * integral * 3 + 36 * Double.pi
    #expect((0.998...1).contains(hull.signedVolume / volume))
    #expect((0.998...1).contains(hull.surfaceArea / area))
    expectConvex(hull, holds: torus)
  }

  @Test("points anywhere: the hull is closed, convex and holds them", arguments: 0..<12)
  func clouds(seed: Int) throws {
    let mesh = cloud(4 + 60 * seed, seed: UInt64(seed)) { point in
      switch seed % 4 {
      // Nearly on a sphere, on a lattice, nearly flat.
      case 1: 1000 + point * (100 / (point * point).sum().squareRoot())
      case 2: (point * 4).rounded(.toNearestOrEven)
      case 3: point * SIMD3(1, 1, 1e-3)
      default: point
      }
    }
    let hull = try #require(mesh.convexHull())
    expectConvex(hull, holds: mesh)
    let again = try #require(hull.convexHull())
    #expect(abs(again.signedVolume / hull.signedVolume - 1) < 1e-9)
  }

  @Test("moved and scaled, the hull moves and scales")
  func laws() throws {
    let mesh = cloud(300, seed: 5)
    let hull = try #require(mesh.convexHull())
    let twice = try #require(mesh.mapPositions { 2 * $0 + SIMD3(10, -3, 7) }.convexHull())
    #expect(abs(twice.signedVolume / hull.signedVolume - 8) < 1e-4)
    #expect(abs(twice.surfaceArea / hull.surfaceArea - 4) < 1e-4)
  }

  @Test("flat, linear and empty meshes have no hull")
  func flat() {
    #expect(TriangleMesh().convexHull() == nil)
    let square: [SIMD3<Float>] = [[0, 0, 1], [1, 0, 1], [1, 1, 1], [0, 1, 1]]
    let halves = [Triangle(0, 1, 2), Triangle(0, 2, 3)]
    #expect(TriangleMesh(positions: square, triangles: halves).convexHull() == nil)
    let line: [SIMD3<Float>] = [[0, 0, 0], [1, 1, 1], [2, 2, 2]]
    #expect(TriangleMesh(positions: line, triangles: [Triangle(0, 1, 2)]).convexHull() == nil)
    let point = [SIMD3<Float>](repeating: [1, 2, 3], count: 3)
    #expect(TriangleMesh(positions: point, triangles: [Triangle(0, 1, 2)]).convexHull() == nil)
  }

  @Test("vertices that no triangle uses do not count")
  func unused() throws {
    let box = TriangleMesh.box(SIMD3(1, 2, 3))
    let far = TriangleMesh(positions: box.positions + [[9, 9, 9]], triangles: box.triangles)
    #expect(abs(try #require(far.convexHull()).signedVolume - 6) < 1e-12)
  }
}
