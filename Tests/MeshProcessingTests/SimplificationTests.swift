import Fixtures
import MeshProcessing
import Testing
import Volumes

@Suite("Quadric simplification") struct SimplificationTests {
  private static let solids: [(String, TriangleMesh)] = [
    ("sphere", .icosphere(radius: 10, subdivisions: 5)),
    ("torus", .torus(majorRadius: 16, minorRadius: 6, around: 120, along: 60)),
    (
      "ellipsoid",
      TriangleMesh.icosphere(radius: 1, subdivisions: 5).mapPositions { $0 * SIMD3(20, 14, 9) }
    ),
    (
      "two spheres",
      TriangleMesh.icosphere(radius: 5, subdivisions: 4)
        .joined(with: .icosphere(radius: 3, subdivisions: 4, center: SIMD3(20, 0, 0)))
    ),
  ]

  @Test(
    "a closed manifold stays one, with its Euler number, components and volume",
    arguments: solids.indices, [0.5, 0.1, 0.05, 0.01])
  func closed(solid: Int, fraction: Double) {
    let (name, mesh) = Self.solids[solid]
    let small = mesh.simplified(to: .fraction(fraction))
    let (before, after) = (mesh.topology(), small.topology())
    #expect(after.isWatertight && after.isManifold && after.isConsistentlyOriented, "\(name)")
    #expect(after.eulerNumber == before.eulerNumber, "\(name)")
    #expect(after.componentCount == before.componentCount, "\(name)")
    #expect(abs(small.signedVolume / mesh.signedVolume - 1) < 1e-6, "\(name)")
    let goal = Double(mesh.triangles.count) * fraction
    #expect(Double(small.triangles.count) <= goal + 2, "\(name)")
    #expect(Double(small.triangles.count) >= goal - 2, "\(name)")
  }

  @Test("half the triangles change the area of a sphere by less than 0.2 %, a tenth by 1 %")
  func area() {
    let mesh = Self.solids[0].1
    func change(_ fraction: Double) -> Double {
      abs(mesh.simplified(to: .fraction(fraction)).surfaceArea / mesh.surfaceArea - 1)
    }
    #expect(change(0.5) < 0.002)
    #expect(change(0.1) < 0.01)
  }

  @Test("no triangle of a convex solid turns over")
  func orientation() {
    let small = Self.solids[0].1.simplified(to: .fraction(0.02))
    for triangle in small.triangles {
      let (a, b, c) = small.corners(triangle)
      let outwards = a + b + c
      let normal = small.normalVector(of: triangle)
      #expect((outwards * normal).sum() > 0)
    }
  }

  @Test("what is flat costs nothing: a box of many triangles keeps its shape")
  func flat() {
    var box = TriangleMesh.box(SIMD3(1, 2, 3))
    for _ in 0..<4 { box = box.subdivided() }
    let small = box.simplified(to: .triangleCount(12), keepingAtLeast: 4)
    #expect(small.triangles.count == 12)
    #expect(abs(small.surfaceArea - 22) < 1e-3)
    #expect(abs(small.signedVolume - 6) < 1e-4)
  }

  @Test("with a largest error the surface stays near", arguments: [0.01, 0.1, 0.5])
  func maximumError(bound: Double) {
    let mesh = Self.solids[0].1
    let small = mesh.simplified(to: .maximumError(bound))
    #expect(small.triangles.count < mesh.triangles.count)
    // The distance of a vertex of a sphere of radius 10 is seen without searching.
    for position in small.positions {
      let radius = (SIMD3<Double>(position) * SIMD3<Double>(position)).sum().squareRoot()
      #expect(abs(radius - 10) <= bound + 0.02)
    }
  }

  @Test("a goal that is met already changes nothing")
  func nothing() {
    let mesh = TriangleMesh.icosphere(radius: 1, subdivisions: 2)
    #expect(mesh.simplified(to: .fraction(1)) == mesh)
    #expect(mesh.simplified(to: .triangleCount(10_000)) == mesh)
    #expect(TriangleMesh().simplified(to: .fraction(0.5)).isEmpty)
  }

  @Test("a tetrahedron is as small as it gets")
  func smallest() {
    let sphere = TriangleMesh.icosphere(radius: 1, subdivisions: 2)
    let small = sphere.simplified(to: .triangleCount(1), keepingAtLeast: 4)
    #expect(small.topology().isWatertight)
    #expect((4...8).contains(small.triangles.count))
    #expect(abs(small.signedVolume / sphere.signedVolume - 1) < 1e-6)
  }

  @Test("an open border stays a border and keeps its place")
  func openBorder() {
    var box = TriangleMesh.box(SIMD3(1, 1, 1))
    for _ in 0..<3 { box = box.subdivided() }
    let open = TriangleMesh(
      positions: box.positions,
      triangles: box.triangles.filter { triangle in
        let (a, b, c) = box.corners(triangle)
        return (a + b + c).z < 2.99
      })
    let small = open.simplified(to: .fraction(0.2))
    #expect(small.topology().isManifold)
    #expect(small.topology().boundaryEdgeCount > 0)
    #expect(abs(small.surfaceArea - 5) < 1e-3)
  }

  @Test("at a tenth of the triangles a sphere deviates by the height of its new triangles")
  func deviation() {
    let mesh = Self.solids[0].1
    let small = mesh.simplified(to: .fraction(0.1))
    // Triangles of 1/512 of a sphere rise and fall by 1/300 of its radius, whatever the method.
    let deviation = small.deviation(from: mesh)
    #expect((0.005...0.02).contains(deviation.rootMeanSquare))
    #expect(deviation.hausdorff < 0.1)
  }

  @Test(
    "a ball keeps its volume and has little more area than the best polyhedron of so many faces",
    arguments: [0.1, 0.01])
  func areaExcess(fraction: Double) {
    let small = Self.solids[0].1.simplified(to: .fraction(fraction))
    let volume = small.signedVolume
    // Fejes Tóth 1948: a convex polyhedron of n faces has A³ / V² of at least this; faces that are all
    // triangles add a fifth to the excess over the ball's 36 pi.
    let n = Double(small.triangles.count)
    let angle = n / (n - 2) * .pi / 6
    let least = 54 * (n - 2) * tangent(angle) * (4 * sine(angle) * sine(angle) - 1)
    let ball = 36 * Double.pi
    let quotient = small.surfaceArea * small.surfaceArea * small.surfaceArea / (volume * volume)
    #expect((1...1.9).contains((quotient / ball - 1) / (least / ball - 1)))
  }

  @Test("every connected part keeps its share, and no less than the minimum")
  func shares() {
    let large = TriangleMesh.icosphere(radius: 10, subdivisions: 4)
    let small = TriangleMesh.icosphere(radius: 1, subdivisions: 2, center: SIMD3(30, 0, 0))
    let both = large.joined(with: small)
    func counts(_ mesh: TriangleMesh) -> [Int] {
      [mesh.triangles.count { mesh.positions[Int($0.a)].x < 20 }].flatMap {
        [$0, mesh.triangles.count - $0]
      }
    }
    #expect(counts(both.simplified(to: .fraction(0.5))) == [2560, 160])
    #expect(counts(both.simplified(to: .fraction(0.01))) == [52, 20])
    #expect(counts(both.simplified(to: .fraction(0.01), keepingAtLeast: 100)) == [100, 100])
    let sum = counts(both.simplified(to: .triangleCount(1001)))
    #expect(sum[0] + sum[1] == 1000)
  }

  @Test("simplifying a part alone or beside others is the same")
  func parts() {
    let torus = Self.solids[1].1
    let sphere = TriangleMesh.icosphere(radius: 3, subdivisions: 4, center: SIMD3(40, 0, 0))
    let together = torus.joined(with: sphere).simplified(to: .fraction(0.25))
    let apart = torus.simplified(to: .fraction(0.25))
      .joined(with: sphere.simplified(to: .fraction(0.25)))
    #expect(together == apart)
  }

  @Test("locked vertices stay", arguments: [0.3, 0.05])
  func locked(fraction: Double) {
    let mesh = Self.solids[0].1
    let locked = Array(stride(from: 0, to: mesh.positions.count, by: 97))
    let small = mesh.simplified(to: .fraction(fraction), locking: locked)
    let left = Set(small.positions)
    for vertex in locked { #expect(left.contains(mesh.positions[vertex])) }
    #expect(small.topology().isWatertight)
  }

  @Test(
    "the area changes by no more than is allowed, and nearly as much", arguments: [0.001, 0.01])
  func areaChange(limit: Double) {
    let mesh = Self.solids[0].1
    let small = mesh.simplified(to: .maximumAreaChange(limit))
    let change = abs(small.surfaceArea / mesh.surfaceArea - 1)
    #expect(change <= limit * 1.0001)
    #expect(change > 0.8 * limit)
    #expect(abs(small.signedVolume / mesh.signedVolume - 1) < 1e-6)
  }

  @Test(
    "with a largest error the measured deviation comes near to it and not above",
    arguments: [0.02, 0.1, 0.5], solids.indices)
  func measuredError(bound: Double, solid: Int) {
    let mesh = Self.solids[solid].1
    let small = mesh.simplified(to: .maximumError(bound), keepingAtLeast: 4)
    let deviation = small.deviation(from: mesh)
    // Between the points that are kept an eye on there may be more.
    #expect(deviation.hausdorff <= 1.2 * bound)
    #expect(deviation.hausdorff >= 0.8 * bound)
  }

  /// More triangles than fit into one block.
  private static let large = TriangleMesh.icosphere(radius: 50, subdivisions: 7)
    .mapPositions { $0 * (1 + 0.02 * ($0.x * $0.y * $0.z) / 125_000) }

  @Test("a large mesh goes block by block, and no seam is left", arguments: [0.4, 0.02])
  func blocks(fraction: Double) {
    let small = Self.large.simplified(to: .fraction(fraction))
    let topology = small.topology()
    #expect(topology.isWatertight && topology.isManifold && topology.eulerNumber == 2)
    #expect(abs(Double(small.triangles.count) - 327_680 * fraction) <= 1)
    #expect(abs(small.signedVolume / Self.large.signedVolume - 1) < 1e-6)
    // A seam would show as triangles much smaller than the others.
    let areas = small.triangles.map { area(of: $0, in: small) }.sorted()
    #expect(areas[areas.count / 100] > 0.2 * areas[areas.count / 2])
  }

  @Test("blocks give what they can spare: on a large mesh the triangles end where its bumps are")
  func blocksByNeed() {
    // Waves of 5 units on one half of the ball, none on the other.
    let mesh = TriangleMesh.icosphere(radius: 50, subdivisions: 7).mapPositions { p in
      p.z < 0 ? p : p * (1 + 0.01 * sine(1.2 * p.x) * sine(1.2 * p.y) * min(1, p.z / 20))
    }
    let small = mesh.simplified(to: .fraction(0.1))
    let bumpy = small.triangles.count { triangle in
      let (a, b, c) = small.corners(triangle)
      return (a + b + c).z > 0
    }
    let share = Double(bumpy) / Double(small.triangles.count)
    #expect((0.75...0.9).contains(share))
    #expect(small.topology().isWatertight && small.topology().eulerNumber == 2)
  }

  @Test("a large mesh with a largest error stays below it")
  func blocksWithError() {
    let small = Self.large.simplified(to: .maximumError(0.1))
    #expect(small.triangles.count < Self.large.triangles.count / 10)
    #expect(small.deviation(from: Self.large).hausdorff <= 0.11)
  }

  @Test("a large mesh changes its area by no more than is allowed, whatever the number of rounds")
  func blocksWithAreaChange() {
    let small = Self.large.simplified(to: .maximumAreaChange(0.002))
    let change = abs(small.surfaceArea / Self.large.surfaceArea - 1)
    #expect((0.0016...0.002001).contains(change))
  }

  @Test("the number of threads changes nothing")
  func threads() {
    let many = Self.large.joined(with: Self.solids[3].1)
    let one = Parallel.$threads.withValue(1) { many.simplified(to: .fraction(0.1)) }
    let four = Parallel.$threads.withValue(4) { many.simplified(to: .fraction(0.1)) }
    #expect(one == four)
  }

  private func area(of triangle: Triangle, in mesh: TriangleMesh) -> Double {
    TriangleMesh(positions: mesh.positions, triangles: [triangle]).surfaceArea
  }
}
