import Fixtures
import Foundation
import MeshProcessing
import Morphometry
import Testing

@Suite("Invaginations") struct InvaginationsTests {
  private func invaginations(_ mesh: TriangleMesh) throws -> Invaginations {
    let row = ObjectMeasurements(meshAlone: mesh, label: 1, columns: .all)
    return try #require(row.invaginations)
  }

  /// A solid of revolution around z from its outline, given from the lower pole to the upper one as (radius, z).
  private func revolved(_ outline: [(radius: Double, z: Double)], around: Int = 180) -> TriangleMesh
  {
    var positions = [SIMD3<Float>(0, 0, Float(outline[0].z))]
    for point in outline.dropFirst().dropLast() {
      for i in 0..<around {
        let angle = 2 * Double.pi * Double(i) / Double(around)
        positions.append(
          SIMD3<Float>(
            SIMD3(point.radius * cosine(angle), point.radius * sine(angle), point.z)))
      }
    }
    positions.append(SIMD3<Float>(0, 0, Float(outline[outline.count - 1].z)))
    let (last, rings) = (UInt32(positions.count - 1), outline.count - 2)
    func vertex(_ ring: Int, _ i: Int) -> UInt32 { UInt32(1 + ring * around + i % around) }
    var triangles: [Triangle] = []
    for i in 0..<around {
      triangles.append(Triangle(0, vertex(0, i + 1), vertex(0, i)))
      for ring in 0..<rings - 1 {
        let (a, b) = (vertex(ring, i), vertex(ring, i + 1))
        let (c, d) = (vertex(ring + 1, i + 1), vertex(ring + 1, i))
        triangles += [Triangle(a, b, c), Triangle(a, c, d)]
      }
      triangles.append(Triangle(vertex(rings - 1, i), vertex(rings - 1, i + 1), last))
    }
    return TriangleMesh(positions: positions, triangles: triangles)
  }

  /// A ball of radius 10 that another ball has made a dent in, whose centre lies on the axis.
  private func dented(by radius: Double, at height: Double) -> (TriangleMesh, rim: Double) {
    let rim = (100 - radius * radius + height * height) / (2 * height)
    let (opening, slope) = (acos(rim / 10), acos((rim - height) / radius))
    let ball = (0...120).map { step in
      let angle = Double.pi - (.pi - opening) * Double(step) / 120
      return (radius: 10 * sin(angle), z: 10 * cos(angle))
    }
    let dent = (1...80).map { step in
      let angle = slope + (.pi - slope) * Double(step) / 80
      return (radius: radius * sin(angle), z: height + radius * cos(angle))
    }
    return (revolved(ball + dent), rim)
  }

  @Test(
    "a spherical dent in a ball: depth, mouth and volume of the cap below the rim",
    arguments: [
      (5.0, 10.0, 0.04), (4, 8, 0.04), (9, 14, 0.04),
      // The mouth of a flask, an eighth of the diameter wide.
      (3, 7.2, 0.35),
    ])
  func dent(radius: Double, height: Double, mouthError: Double) throws {
    let (mesh, rim) = dented(by: radius, at: height)
    #expect(mesh.signedVolume > 0)
    let found = try invaginations(mesh)
    let depth = rim - height + radius
    #expect(found.count == 1)
    #expect(abs(found.depth / depth - 1) < 1e-3)
    #expect(abs(found.mouthArea / (.pi * (100 - rim * rim)) - 1) < mouthError, "\(found)")
    let cap = .pi * depth * depth * (3 * radius - depth) / 3
    #expect(abs(found.volume / cap - 1) < 0.02, "\(found.volume) \(cap)")
  }

  @Test("the waist of a dumbbell: a ring between its hull and a cylinder that is let into it")
  func waist() throws {
    // A cylinder of radius 10 from 0 to 40 with a groove of radius 6 from 15 to 25.
    func line(_ a: (Double, Double), _ b: (Double, Double)) -> [(radius: Double, z: Double)] {
      (0..<40).map { step in
        let way = Double(step) / 40
        return (a.0 + way * (b.0 - a.0), a.1 + way * (b.1 - a.1))
      }
    }
    let corners = [
      (0.0, 0.0), (10.0, 0), (10, 15), (6, 15), (6, 25), (10, 25), (10, 40), (0, 40),
    ]
    let outline = zip(corners, corners.dropFirst()).flatMap(line) + [(0.0, 40.0)]
    let found = try invaginations(revolved(outline))
    #expect(found.count == 1)
    #expect(abs(found.depth - 4) < 0.02)
    #expect(abs(found.mouthArea / (2 * .pi * 10 * 10) - 1) < 0.05, "\(found)")
    #expect(abs(found.volume / (.pi * (100 - 36) * 10) - 1) < 0.03, "\(found)")
  }

  @Test("what is convex, and a dent too shallow to count, has none; nor has a cavity")
  func none() throws {
    for mesh in [
      TriangleMesh.icosphere(radius: 5, subdivisions: 4), .box(SIMD3(2, 3, 6)),
      // 0.8 deep, which is 4 % of the diameter.
      dented(by: 6, at: 15.2).0,
      TriangleMesh.icosphere(radius: 5, subdivisions: 4).joined(
        with: TriangleMesh.icosphere(radius: 2, subdivisions: 3).flipped()),
    ] {
      let found = try invaginations(mesh)
      #expect(found.count == 0 && found.depth == 0)
      #expect(found.mouthArea == 0 && found.volume == 0)
    }
  }

  @Test("dents are counted one by one, and no more is found than the hull has")
  func several() throws {
    let mesh = TriangleMesh.icosphere(radius: 10, subdivisions: 5).mapPositions { p in
      let spots = [SIMD3<Double>(1, 0, 0), SIMD3(-1, 0, 0), SIMD3(0, 0, 1)]
      let falloff = spots.map { max(0, 2 * (p * $0).sum() / 10 - 1) }
      return p * (1 - 0.5 * falloff.map { $0 * $0 * $0 }.reduce(0, +))
    }
    let row = ObjectMeasurements(meshAlone: mesh, label: 1, columns: .all)
    let found = try #require(row.invaginations)
    let hull = try #require(row.convexity)
    #expect(found.count == 3)
    let concavity = hull.hullVolume - row.surface.volume
    #expect((0.85...1).contains(found.volume / concavity))
  }
}
