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

  private static let shares = [SIMD2(0.0, 0), SIMD2(0.5, 0.5), SIMD2(0.7, 0.2), SIMD2(-0.4, -0.4)]

  /// The areas of 30 discs of a radius, relative to the truth, and their uncertainties.
  private func discs(
    _ radius: Double, share: SIMD2<Double>, sliceDistance: Double,
    normal: SIMD3<Double>? = nil
  ) throws -> [(error: Double, uncertainty: Double)] {
    var random = SplitMix(seed: 11)
    return try (0..<30).map { _ in
      let meeting = Meeting(
        distances: share * radius / (1 - share[0] * share[0]).squareRoot(), discRadius: radius,
        normal: normal ?? randomUnit(&random), shift: .random(in: 0..<1, using: &random))
      let contacts = try meeting.labels(spacing: SIMD3(1, 1, sliceDistance)).contactAreas()
      #expect(contacts.map(\.first) == [41] && contacts.map(\.second) == [900_000])
      let contact = try #require(contacts.first)
      return (contact.area / meeting.truth - 1, contact.uncertainty / meeting.truth)
    }
  }

  /// Half a ball on another half; balls that overlap; two of different sizes; the tips of two balls. Where the limit is what
  /// the count of the points of a square lattice in a disc makes of its area, 0.27 times the root of the perimeter: 0.95, 0.52
  /// and 0.24 %.
  @Test(
    "a disc between two balls, of any orientation, isotropic and in slices three times as far apart",
    arguments: [
      (8.0, 1.0, 0.015), (12, 1, 0.006), (20, 1, 0.002), (21, 3, 0.015), (30, 3, 0.005),
    ])
  func disc(radius: Double, sliceDistance: Double, deviation: Double) throws {
    var (covered, count) = (0, 0)
    for share in Self.shares {
      let found = try discs(radius, share: share, sliceDistance: sliceDistance)
      let errors = found.map(\.error)
      let mean = errors.reduce(0, +) / Double(errors.count)
      let square = errors.reduce(0) { $0 + $1 * $1 } / Double(errors.count)
      #expect(abs(mean) < deviation / 2, "share \(share): mean \(mean)")
      #expect(square.squareRoot() < deviation, "share \(share): \(square.squareRoot())")
      covered += found.count { abs($0.error) < 1.96 * $0.uncertainty }
      count += found.count
    }
    #expect((0.91...0.995).contains(Double(covered) / Double(count)), "covered \(covered)")
  }

  @Test(
    "a disc parallel to the slices, from 8 voxels in radius on: each within 5 %, the more so the larger"
  )
  func parallel() throws {
    for (radius, limit) in [(8.0, 0.05), (12, 0.03), (20, 0.01)] {
      for share in Self.shares {
        let found = try discs(radius, share: share, sliceDistance: 1, normal: SIMD3(0, 0, 1))
        #expect(found.allSatisfy { abs($0.error) < limit && abs($0.error) < 4 * $0.uncertainty })
      }
    }
  }

  @Test("a wall whose place nothing tells is uncertain: one object widens where the other narrows")
  func cone() throws {
    let found = try discs(10, share: SIMD2(0.7, -0.5), sliceDistance: 1, normal: SIMD3(0, 0, 1))
    let square = found.reduce(0) { $0 + $1.error * $1.error } / Double(found.count)
    let claimed = found.reduce(0) { $0 + $1.uncertainty } / Double(found.count)
    #expect((0.5...2).contains(claimed / square.squareRoot()))
    #expect(claimed > 0.02)
  }

  @Test("a ball that another one is dented by: a cap of a sphere")
  func cap() throws {
    var random = SplitMix(seed: 3)
    let (hard, soft, distance) = (12.0, 16.0, 20.0)
    let height = hard - (distance * distance + hard * hard - soft * soft) / (2 * distance)
    for _ in 0..<20 {
      let normal = randomUnit(&random)
      let shift = SIMD3<Double>.random(in: 0..<1, using: &random)
      let labels = try Volume<UInt32>(SIMD3(80, 80, 80)) { x, y, z in
        let place = SIMD3(Double(x), Double(y), Double(z)) - 40 + shift
        let other = place - distance * normal
        if (place * place).sum() < hard * hard { return 1 }
        return (other * other).sum() < soft * soft ? 2 : 0
      }
      let contact = try #require(labels.contactAreas().first)
      let truth = 2 * .pi * hard * height
      #expect((0.97...1.03).contains(contact.area / truth), "\(contact.area / truth)")
      #expect(abs(contact.area - truth) < 4 * contact.uncertainty)
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
