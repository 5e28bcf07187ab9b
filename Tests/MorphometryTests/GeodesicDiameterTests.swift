import Fixtures
import LibC
import Morphometry
import Testing
import Volumes

@Suite("Geodesic diameter") struct GeodesicDiameterTests {
  private func diameter(
    _ size: SIMD3<Int>, spacing: SIMD3<Double> = .one, _ isInside: (SIMD3<Double>) -> Bool
  ) throws -> GeodesicDiameter {
    let labels = try LabelVolume(size, spacing: spacing) { x, y, z in
      isInside(SIMD3(Double(x), Double(y), Double(z)) * spacing) ? 4 : 0
    }
    return GeodesicDiameter(try #require(labels.objects().first), in: labels)
  }

  private func square(_ place: SIMD3<Double>, _ center: SIMD3<Double>) -> Double {
    let way = place - center
    return (way * way).sum()
  }

  @Test(
    "of a convex solid it is the largest distance, without a detour",
    arguments: [SIMD3(1, 1, 1), SIMD3(1, 1, 3), SIMD3(0.5, 0.7, 1)])
  func convex(spacing: SIMD3<Double>) throws {
    let size = SIMD3<Int>((28 / spacing).rounded(.up))
    for shift in [SIMD3(14, 14, 14), SIMD3(14.3, 13.6, 13.9)] {
      let ball = try diameter(size, spacing: spacing) { square($0, shift) <= 144 }
      #expect(abs(ball.detour) < 1e-9)
      #expect((24 - 2 * spacing.max()...24).contains(ball.centerDistance))
      let slanting = try diameter(size, spacing: spacing) { place in
        let turned = SIMD3(
          (place - shift).x * 0.6 + (place - shift).y * 0.8,
          (place - shift).y * 0.6 - (place - shift).x * 0.8, (place - shift).z)
        return (turned * turned / SIMD3(144, 25, 49)).sum() <= 1
      }
      #expect(abs(slanting.detour) < 1e-9 && slanting.centerDistance > 20)
    }
  }

  /// From one end straight to the inner side, around it, and straight to the other end.
  private func around(inner: Double, outer: Double, angle: Double) -> Double {
    2 * (outer * outer - inner * inner).squareRoot()
      + inner * (angle - 2 * acos(inner / outer))
  }

  @Test(
    "half of a ring, a whole one and a hollow ball: around the inside, within 1 and 4 %",
    arguments: [SIMD3(1.0, 1, 1), SIMD3(1, 1, 2)])
  func rings(spacing: SIMD3<Double>) throws {
    let size = SIMD3<Int>((72 / spacing).rounded(.up))
    let (ring, tube) = (24.0, 5.0)
    func isInRing(_ place: SIMD3<Double>) -> Bool {
      let way = place - 36
      let off = SIMD2((way.x * way.x + way.y * way.y).squareRoot() - ring, way.z)
      return (off * off).sum() <= tube * tube
    }
    let whole = around(inner: ring - tube, outer: ring + tube, angle: .pi)
    for found in [
      try diameter(size, spacing: spacing) { isInRing($0) },
      try diameter(size, spacing: spacing) { $0.x >= 36 && isInRing($0) },
    ] {
      #expect((0.99...1.01).contains(found.centerDistance / whole), "\(found) \(whole)")
      #expect(found.detour > 1)
    }
    let hollow = try diameter(size, spacing: spacing) {
      (18.0 * 18...24 * 24).contains(square($0, SIMD3(repeating: 36)))
    }
    let shell = around(inner: 18, outer: 24, angle: .pi)
    #expect((0.96...1.01).contains(hollow.centerDistance / shell), "\(hollow) \(shell)")
  }

  @Test("a thin coil: a little less than its centre line, and the same in any place and turned")
  func coil() throws {
    let (radius, rise, turns, tube) = (12.0, 14.0, 1.75, 2.5)
    func isInCoil(_ place: SIMD3<Double>) -> Bool {
      (0...600).contains { step in
        let turn = turns * Double(step) / 600
        let point = SIMD3(
          18 + radius * cos(2 * .pi * turn), 18 + radius * sin(2 * .pi * turn), 5 + rise * turn)
        return square(place, point) <= tube * tube
      }
    }
    let found = try diameter(SIMD3(36, 36, 36)) { isInCoil($0) }
    let line = turns * (4 * .pi * .pi * radius * radius + rise * rise).squareRoot()
    // The inner side is shorter by the tube's share of the radius, and the round ends add to it.
    #expect((line * (1 - tube / radius)...line + 2 * tube).contains(found.centerDistance))
    let turned = try diameter(SIMD3(36, 36, 36)) { isInCoil(SIMD3($0.y, $0.z, $0.x)) }
    let moved = try diameter(SIMD3(44, 41, 38)) { isInCoil($0 - SIMD3(7, 3, 1)) }
    #expect(abs(moved.centerDistance - found.centerDistance) < 1e-9)
    #expect(abs(turned.centerDistance / found.centerDistance - 1) < 0.005)
  }

  @Test("a gap of one voxel is not jumped over; what hangs together by a corner is walked through")
  func gaps() throws {
    let hairpin = try diameter(SIMD3(24, 5, 3)) { $0.z == 1 && ($0.y != 2 || $0.x > 20) }
    // 20 voxels there, two over, 20 back: each a fraction of a voxel shorter for the bends.
    #expect((41.0...43.5).contains(hairpin.centerDistance), "\(hairpin)")
    let corner = try diameter(SIMD3(20, 20, 3)) {
      $0.z == 1 && (($0.x < 10 && $0.y < 10) || ($0.x >= 10 && $0.y >= 10))
    }
    #expect(abs(corner.centerDistance - 19 * 2.0.squareRoot()) < 1e-9)
    #expect(abs(corner.detour) < 1e-9)
  }

  @Test("a voxel has no length; parts that do not touch have none that is known")
  func undefined() throws {
    let voxel = try diameter(SIMD3(3, 3, 3)) { $0 == SIMD3(1, 1, 1) }
    #expect(voxel.centerDistance == 0 && voxel.detour == 0)
    let parts = try diameter(SIMD3(9, 3, 3)) { $0.x == 1 || $0.x == 4 }
    #expect(parts.centerDistance.isNaN && parts.detour.isNaN)
    let full = try diameter(SIMD3(4, 5, 6)) { _ in true }
    #expect(abs(full.centerDistance - 50.0.squareRoot()) < 1e-9)
  }
}
