import Fixtures
import Reconstruction
import Testing
import Volumes

@Suite("Contact area of objects") struct ContactAreaTests {
  /// Two balls that meet in a disc, and the area of the disc.
  private struct Meeting {
    /// From the disc to the centres, along the normal: negative where the ball is less than half.
    var distances: SIMD2<Double>
    var discRadius: Double
    var normal: SIMD3<Double>
    var shift: SIMD3<Double>

    var truth: Double { .pi * discRadius * discRadius }

    func labels(spacing: SIMD3<Double>) throws -> Volume<UInt32> {
      let squares = distances * distances + discRadius * discRadius
      let reach = abs(distances.x) + abs(distances.y) + squares.max().squareRoot() + spacing.max()
      let half = SIMD3<Int>((reach / spacing).rounded(.up)) &+ 1
      return try Volume<UInt32>(half &+ half, spacing: spacing) { x, y, z in
        let index = SIMD3(Double(x), Double(y), Double(z)) - SIMD3<Double>(half) + shift
        let place = index * spacing
        let side = (place * normal).sum() < 0 ? 0 : 1
        let center = (side == 0 ? -distances[0] : distances[1]) * normal
        let offset = place - center
        return (offset * offset).sum() < squares[side] ? (side == 0 ? 900_000 : 41) : 0
      }
    }
  }

  private func randomUnit(_ random: inout SplitMix) -> SIMD3<Double> {
    while true {
      let vector = SIMD3<Double>.random(in: -1...1, using: &random)
      let square = (vector * vector).sum()
      if square < 1 && square > 0.01 { return vector / square.squareRoot() }
    }
  }

  /// Half a ball on another half; balls that overlap; two of different sizes; the tips of two balls.
  @Test(
    "a disc between two balls, of any orientation, isotropic and in slices three times as far apart",
    arguments: [(8.0, 1.0), (12, 1), (20, 1), (21, 3), (30, 3)])
  func disc(radius: Double, sliceDistance: Double) throws {
    for share in [SIMD2(0.0, 0), SIMD2(0.5, 0.5), SIMD2(0.7, 0.2), SIMD2(-0.4, -0.4)] {
      var random = SplitMix(seed: 11)
      var sum = 0.0
      let count = 30
      for _ in 0..<count {
        let meeting = Meeting(
          distances: share * radius,
          discRadius: radius * (1 - share[0] * share[0]).squareRoot(),
          normal: randomUnit(&random), shift: .random(in: 0..<1, using: &random))
        let contacts = try meeting.labels(spacing: SIMD3(1, 1, sliceDistance)).contactAreas()
        #expect(contacts.map(\.first) == [41] && contacts.map(\.second) == [900_000])
        let ratio = (contacts.first?.area ?? 0) / meeting.truth
        #expect((0.88...1.12).contains(ratio))
        sum += ratio
      }
      #expect((0.98...1.02).contains(sum / Double(count)), "share \(share)")
    }
  }

  @Test("a ball within another object", arguments: [SIMD3(1.0, 1, 1), SIMD3(1.0, 1, 3)])
  func enclosed(spacing: SIMD3<Double>) throws {
    let radius = 15.0
    let half = SIMD3<Int>(((radius + 3) / spacing).rounded(.up))
    for shift in [SIMD3(0, 0, 0), SIMD3(0.5, 0.5, 0.5), SIMD3(0.2, 0.7, 0.4)] {
      let labels = try Volume<UInt32>(half &+ half, spacing: spacing) { x, y, z in
        let index = SIMD3(Double(x), Double(y), Double(z)) - SIMD3<Double>(half) + shift
        let place = index * spacing
        return (place * place).sum() < radius * radius ? 1 : 2
      }
      let area = try #require(labels.contactAreas().first?.area)
      #expect((0.98...1.02).contains(area / (4 * .pi * radius * radius)))
    }
  }

  @Test("objects apart, or together at an edge only, have no contact")
  func none() throws {
    let labels = try Volume<UInt32>(SIMD3(6, 6, 6)) { x, y, z in
      x < 2 && y < 3 ? 1 : x > 2 && y < 3 ? 2 : x == 2 && y >= 3 ? 3 : 0
    }
    #expect(labels.contactAreas().isEmpty)
  }

  @Test("units are those of the spacing, and names do not matter")
  func laws() throws {
    let meeting = Meeting(
      distances: SIMD2(3, 5), discRadius: 6, normal: SIMD3(0.6, 0, 0.8), shift: SIMD3(0.3, 0, 0.1))
    let one = try meeting.labels(spacing: SIMD3(repeating: 1))
    let grid = Grid(size: one.grid.size, spacing: SIMD3(repeating: 2), unit: .micrometre)
    let two = try Volume<UInt32>(grid: grid, voxels: one.array.map { $0 == 41 ? 5 : $0 / 900_000 })
    let (small, large) = (one.contactAreas(), two.contactAreas())
    #expect(abs(large[0].area / small[0].area - 4) < 1e-9)
    #expect(large[0].first == 1 && large[0].second == 5)
  }
}
