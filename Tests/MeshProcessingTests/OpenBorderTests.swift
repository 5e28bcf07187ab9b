import Fixtures
import MeshProcessing
import Testing
import Volumes

@Suite("Simplification of open borders") struct OpenBorderTests {
  private static let square = TriangleMesh.sheet(columns: 50, rows: 50)
  private static let dome = TriangleMesh.hemisphere(radius: 20, subdivisions: 6)
  private static let tube = TriangleMesh.sheet(columns: 40, rows: 40).rolled(radius: 10)

  @Test(
    "a flat square keeps its corners, its outline and its area, down to four triangles",
    arguments: [0.5, 0.1, 0.01, 0])
  func square(fraction: Double) {
    let small = Self.square.simplified(to: .fraction(fraction), keepingAtLeast: 4)
    let goal = max(4, Int(5000 * fraction))
    #expect((goal...goal + 1).contains(small.triangles.count))
    #expect(abs(small.surfaceArea - 2500) < 1e-3)
    let rings = small.borderRings()
    #expect(rings.count == 1 && (4...200).contains(rings[0].count))
    for corner in [SIMD3(0, 0, 0), SIMD3(50, 0, 0), SIMD3(50, 50, 0), SIMD3<Double>(0, 50, 0)] {
      #expect((rings[0].map { distance($0, corner) }.min() ?? 1) < 1e-5)
    }
    for place in rings[0] {
      // On one of the four sides.
      let side = min(abs(place.x), abs(place.x - 50), abs(place.y), abs(place.y - 50))
      #expect(side < 1e-5 && place.z == 0)
    }
    #expect(small.topology().isManifold && small.topology().eulerNumber == 1)
  }

  @Test("an outline of steps keeps every corner, and loses the vertices between")
  func steps() {
    let steps = TriangleMesh.sheet(columns: 60, rows: 60, where: { i, j in j < 40 + i / 10 * 3 })
    let small = steps.simplified(to: .fraction(0.01))
    #expect(abs(small.surfaceArea - steps.surfaceArea) < 1e-3)
    #expect(small.deviation(from: steps).hausdorff < 1e-3)
    // Two corners below, and two for each of six steps.
    #expect((14...40).contains(small.borderRings()[0].count))
  }

  @Test(
    "the rim of a hemisphere stays plane, around the same area, and near to where it was",
    arguments: [(0.5, 0.01), (0.1, 0.05), (0.01, 0.4)])
  func rim(fraction: Double, bound: Double) throws {
    let small = Self.dome.simplified(to: .fraction(fraction))
    let (before, after) = (Self.dome.borderRings(), small.borderRings())
    try #require(before.count == 1 && after.count == 1)
    #expect(after[0].count < before[0].count)
    #expect(abs(area(after[0]).z / area(before[0]).z - 1) < 1e-6)
    for place in after[0] {
      #expect(abs(place.z) < 1e-4)
      #expect(abs((place.x * place.x + place.y * place.y).squareRoot() - 20) < bound)
    }
    let deviation = small.deviation(from: Self.dome)
    #expect((bound / 20...bound).contains(deviation.hausdorff))
    let volumeChange = small.capped().signedVolume / Self.dome.capped().signedVolume - 1
    #expect(abs(volumeChange) < bound * 6e-3)
    #expect(small.topology().isManifold && small.topology().eulerNumber == 1)
  }

  @Test("a tube keeps two rims of three edges at least, and its ends")
  func rims() {
    let small = Self.tube.simplified(to: .triangleCount(1), keepingAtLeast: 4)
    let rings = small.borderRings()
    #expect(rings.count == 2 && rings.allSatisfy { $0.count >= 3 })
    #expect(small.topology().isManifold && small.topology().eulerNumber == 0)
    let heights = small.positions.map(\.z)
    #expect(heights.allSatisfy { $0 > -1e-3 && $0 < 40.001 })
    #expect(heights.contains { abs($0) < 1e-3 } && heights.contains { abs($0 - 40) < 1e-3 })
  }

  @Test(
    "a strip without inner vertices, a ring of it, and two triangles stay what they are",
    arguments: [
      (TriangleMesh.sheet(columns: 60, rows: 1), 1),
      (TriangleMesh.sheet(columns: 60, rows: 1).rolled(radius: 10), 0),
      (TriangleMesh.sheet(columns: 1, rows: 1), 1),
    ])
  func strips(mesh: TriangleMesh, euler: Int) {
    let small = mesh.simplified(to: .triangleCount(1), keepingAtLeast: 4)
    #expect(small.topology().isManifold && small.topology().eulerNumber == euler)
    #expect(small.triangles.count <= max(7, mesh.triangles.count / 10))
    #expect(small.triangles.count >= min(4, mesh.triangles.count))
  }

  @Test("locked borders stay as they are, vertex by vertex", arguments: [0.5, 0.1])
  func locked(fraction: Double) {
    let borders = Self.dome.borderVertices()
    #expect(borders.count == Self.dome.topology().boundaryEdgeCount)
    let small = Self.dome.simplified(to: .fraction(fraction), locking: borders)
    #expect(
      Set(small.borderRings()[0]) == Set(borders.map { SIMD3<Double>(Self.dome.positions[$0]) }))
    #expect(abs(small.capped().signedVolume / Self.dome.capped().signedVolume - 1) < 1e-6)
  }

  @Test("with a largest error borders stay near, too", arguments: [0.01, 0.1])
  func maximumError(bound: Double) {
    let small = Self.dome.simplified(to: .maximumError(bound))
    #expect((bound / 2...1.25 * bound).contains(small.deviation(from: Self.dome).hausdorff))
    #expect(small.borderRings()[0].count < 256)
  }

  @Test(
    "the area changes by no more than is allowed; the border gains what the middle loses, so that few triangles are left"
  )
  func areaChange() {
    let small = Self.dome.simplified(to: .maximumAreaChange(0.002))
    let change = abs(small.surfaceArea / Self.dome.surfaceArea - 1)
    #expect((1e-5...0.002001).contains(change))
    #expect((20...40).contains(small.triangles.count))
  }

  /// More triangles than fit into one block: waves in a frame.
  private static let waves = TriangleMesh.sheet(columns: 250, rows: 250) { x, y in
    SIMD3(x, y, 3 * sine(x / 10) * sine(y / 15))
  }

  @Test("a large sheet goes block by block, with its border, on any number of threads")
  func blocks() {
    let small = Self.waves.simplified(to: .fraction(0.05))
    let topology = small.topology()
    #expect(topology.isManifold && topology.eulerNumber == 1)
    #expect((6250...6251).contains(small.triangles.count))
    for corner in [SIMD3<Double>(0, 0, 0), SIMD3(250, 0, 0), SIMD3(0, 250, 0)] {
      let place = Self.waves.positions.min {
        distance(SIMD3($0), corner) < distance(SIMD3($1), corner)
      }
      let left = small.positions.map { distance(SIMD3($0), SIMD3(place ?? .zero)) }.min()
      #expect((left ?? .infinity) < 0.05)
    }
    #expect((100...700).contains(small.borderRings()[0].count))
    #expect((0.01...0.15).contains(small.deviation(from: Self.waves).hausdorff))
    for threads in [1, 3] {
      Parallel.$threads.withValue(threads) {
        #expect(Self.waves.simplified(to: .fraction(0.05)) == small)
      }
    }
  }

  @Test("borders of parts, holes and a sheet in one mesh: each keeps what it encloses")
  func parts() {
    let holed = TriangleMesh.sheet(
      columns: 30, rows: 30, where: { i, j in !((8..<12).contains(i) && (8..<20).contains(j)) })
    let both = holed.joined(with: Self.dome)
    let small = both.simplified(to: .fraction(0.05))
    let areas = small.borderRings().map { abs(area($0).z) }.sorted()
    let rim = abs(area(Self.dome.borderRings()[0]).z)
    #expect(areas.count == 3)
    for (found, expected) in zip(areas, [48, 900, rim]) {
      #expect(abs(found / expected - 1) < 1e-5)
    }
  }

  @Test("a closed mesh has no border vertices, nor have vertices without triangles")
  func borderVertices() {
    #expect(TriangleMesh.icosphere(radius: 1, subdivisions: 2).borderVertices().isEmpty)
    #expect(TriangleMesh(positions: [[0, 0, 0]]).borderVertices().isEmpty)
    #expect(Self.square.borderVertices().count == 200)
  }

  private func distance(_ a: SIMD3<Double>, _ b: SIMD3<Double>) -> Double {
    ((a - b) * (a - b)).sum().squareRoot()
  }

  /// Half of the sum of cross products: normal to a plane ring, as long as its area is large.
  private func area(_ ring: [SIMD3<Double>]) -> SIMD3<Double> {
    zip(ring, ring.dropFirst() + ring.prefix(1)).reduce(.zero) { sum, edge in
      let (a, b) = edge
      return sum
        + SIMD3(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x) / 2
    }
  }
}

extension TriangleMesh {
  /// The open borders as rings of positions.
  fileprivate func borderRings() -> [[SIMD3<Double>]] {
    let edges = Set(
      triangles.flatMap { [SIMD2($0.a, $0.b), SIMD2($0.b, $0.c), SIMD2($0.c, $0.a)] })
    var next = Dictionary(
      uniqueKeysWithValues: edges.filter { !edges.contains(SIMD2($0.y, $0.x)) }.map { ($0.x, $0.y) }
    )
    var rings: [[SIMD3<Double>]] = []
    while var vertex = next.keys.min() {
      var ring: [SIMD3<Double>] = []
      while let following = next.removeValue(forKey: vertex) {
        ring.append(SIMD3<Double>(positions[Int(vertex)]))
        vertex = following
      }
      rings.append(ring)
    }
    return rings
  }

  /// With a flat lid on its only border.
  fileprivate func capped() -> TriangleMesh {
    let ring = borderRings()[0].map { SIMD3<Float>($0) }
    let first = UInt32(positions.count)
    let lid = (1..<UInt32(ring.count) - 1).map { Triangle(first, first + $0 + 1, first + $0) }
    return TriangleMesh(positions: positions + ring, triangles: triangles + lid)
  }

  /// A sheet rolled up along x to a tube along z, with its left and right sides in one.
  fileprivate func rolled(radius: Double) -> TriangleMesh {
    let width = positions.map { Double($0.x) }.max() ?? 1
    var tube = mapPositions { place in
      let angle = 2 * Double.pi * place.x / width
      return SIMD3(radius * cosine(angle), radius * sine(angle), place.y)
    }
    tube.mergeVertices(within: 1e-4)
    return tube
  }
}
