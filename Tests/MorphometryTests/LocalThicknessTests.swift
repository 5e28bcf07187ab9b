import Fixtures
import Morphometry
import Testing
import Volumes

@Suite("Local thickness") struct LocalThicknessTests {
  private func thickness(
    _ size: SIMD3<Int>, spacing: SIMD3<Double> = .one, _ isInside: (SIMD3<Double>) -> Bool
  ) throws -> LocalThickness {
    let labels = try LabelVolume(size, spacing: spacing) { x, y, z in
      isInside(SIMD3(Double(x), Double(y), Double(z)) * spacing) ? 4 : 0
    }
    return try LocalThickness(try #require(labels.objects().first), in: labels)
  }

  private func square(_ way: SIMD3<Double>) -> Double { (way * way).sum() }

  @Test(
    "a ball is as thick everywhere, within a voxel",
    arguments: [SIMD3(1, 1, 1), SIMD3(1, 1, 3), SIMD3(0.5, 0.7, 1)])
  func ball(spacing: SIMD3<Double>) throws {
    for radius in [5.0, 9] {
      for shift in [SIMD3(0, 0, 0), SIMD3(0.3, 0.1, 0.4)] {
        let found = try thickness(SIMD3<Int>((26 / spacing).rounded(.up)), spacing: spacing) {
          square($0 - 12 - shift) <= radius * radius
        }
        let bounds = 2 * radius - spacing.max()...2 * radius + spacing.max() / 2
        #expect(bounds.contains(found.mean) && bounds.contains(found.largest), "\(found)")
        #expect(found.deviation < 0.1 * radius)
      }
    }
  }

  @Test("a slanting rod, within half a voxel; a plate along the slices, to the last half voxel")
  func rodAndPlate() throws {
    let direction = SIMD3(2.0, 1, 2) / 3
    for radius in [4.0, 7] {
      let rod = try thickness(SIMD3(60, 60, 60)) { place in
        let way = place - SIMD3(29.7, 30.2, 30.4)
        let along = (way * direction).sum()
        return abs(along) <= 25 && square(way - along * direction) <= radius * radius
      }
      #expect((2 * radius - 0.6...2 * radius + 0.5).contains(rod.mean), "\(rod)")
      // Its ends are sharp.
      #expect(rod.deviation < 1.5)
    }
    for (layers, expected) in [(6.0, 6.0), (7, 8)] {
      let plate = try thickness(SIMD3(60, 60, 11)) { (1...layers).contains($0.z) }
      #expect(plate.largest == expected && (expected - 0.4...expected).contains(plate.mean))
    }
  }

  @Test("a dumbbell has the thickness of both of its ends, by their numbers of voxels")
  func dumbbell() throws {
    let found = try thickness(SIMD3(60, 24, 24)) {
      square($0 - SIMD3(12, 12, 12)) <= 81 || square($0 - SIMD3(45, 12, 12)) <= 25
        || ($0.y == 12 && $0.z == 12 && (12...45).contains($0.x))
    }
    // The next voxels lie at the roots of 82 and 26; the bar of 18 is as thick as one.
    let parts = [(3071.0, 2 * 82.0.squareRoot()), (515, 2 * 26.0.squareRoot()), (18, 2)]
    let count = parts.reduce(0) { $0 + $1.0 }
    let mean = parts.reduce(0) { $0 + $1.0 * $1.1 } / count
    let variance = parts.reduce(0) { $0 + $1.0 * ($1.1 - mean) * ($1.1 - mean) } / count
    #expect(abs(found.largest - parts[0].1) < 1e-6 && abs(found.mean - mean) < 0.05, "\(found)")
    #expect(abs(found.deviation - variance.squareRoot()) < 0.1)
  }

  @Test("the same in any place and turned, and in proportion to the spacing")
  func laws() throws {
    func isInside(_ place: SIMD3<Double>) -> Bool {
      square((place - SIMD3(14, 13, 12)) / SIMD3(11, 7, 4)) <= 1
    }
    let found = try thickness(SIMD3(28, 28, 28)) { isInside($0) }
    let turned = try thickness(SIMD3(28, 28, 28)) { isInside(SIMD3($0.y, $0.z, $0.x)) }
    #expect(abs(turned.mean / found.mean - 1) < 0.005 && turned.largest == found.largest)
    let moved = try thickness(SIMD3(33, 30, 31)) { isInside($0 - SIMD3(4, 1, 2)) }
    #expect(moved == found)
    let finer = try thickness(SIMD3(28, 28, 28), spacing: SIMD3(repeating: 0.5)) {
      isInside($0 / 0.5)
    }
    #expect(abs(finer.mean - found.mean / 2) < 1e-6)
    #expect((7...8.5).contains(found.largest) && found.mean < found.largest)
  }

  @Test("a voxel, a slice, and an object that fills the image")
  func awkward() throws {
    let voxel = try thickness(SIMD3(3, 3, 3), spacing: SIMD3(2, 3, 4)) { $0 == SIMD3(2, 3, 4) }
    #expect(voxel.mean == 4 && voxel.deviation == 0 && voxel.largest == 4)
    let slice = try thickness(SIMD3(9, 9, 1)) { _ in true }
    #expect(slice.mean == 2 && slice.deviation == 0)
    let full = try thickness(SIMD3(5, 5, 5)) { _ in true }
    #expect(full.largest == 6)
  }
}
