import Fixtures
import Morphometry
import Testing
import Volumes

@Suite("Largest ball inside of an object") struct InscribedBallTests {
  private func radius(
    _ size: SIMD3<Int>, spacing: SIMD3<Double> = .one, _ isInside: (SIMD3<Double>) -> Bool
  ) throws -> Double {
    let labels = try LabelVolume(size, spacing: spacing) { x, y, z in
      isInside(SIMD3(Double(x), Double(y), Double(z)) * spacing) ? 4 : 0
    }
    return try labels.inscribedRadius(of: try #require(labels.objects().first))
  }

  @Test(
    "a digitised ball, within half a voxel, whatever their spacing",
    arguments: [SIMD3(1, 1, 1), SIMD3(1, 1, 3), SIMD3(0.5, 0.7, 1)])
  func ball(spacing: SIMD3<Double>) throws {
    for shift in [SIMD3(0, 0, 0), SIMD3(0.3, 0.1, 0.4)] {
      let found = try radius(SIMD3(60, 60, 30), spacing: spacing) { place in
        let away = place - SIMD3(12, 12, 12) - shift
        return (away * away).sum() <= 81
      }
      #expect((9 - spacing.max() / 2...9 + spacing.max() / 2).contains(found), "\(found)")
    }
  }

  @Test("a dumbbell has that of its larger end; a slab half of its thickness and half a voxel")
  func others() throws {
    let dumbbell = try radius(SIMD3(50, 20, 20)) { place in
      let (left, right) = (place - SIMD3(10, 10, 10), place - SIMD3(35, 10, 10))
      let bar = SIMD2(place.y - 10, place.z - 10)
      return (left * left).sum() <= 36 || (right * right).sum() <= 64
        || ((10...35).contains(place.x) && (bar * bar).sum() <= 9)
    }
    #expect((7.5...8.5).contains(dumbbell))
    #expect(try radius(SIMD3(30, 30, 9)) { (2...6).contains($0.z) } == 3)
    // Beyond the image is outside.
    #expect(try radius(SIMD3(5, 5, 5)) { _ in true } == 3)
    #expect(try radius(SIMD3(3, 3, 3), spacing: SIMD3(2, 3, 4)) { $0 == SIMD3(2, 3, 4) } == 2)
  }
}
