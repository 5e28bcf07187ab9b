import Fixtures
import Morphometry
import Testing
import Volumes

@Suite("Grey values from the surface to the middle") struct IntensityShellsTests {
  private func means(
    _ size: SIMD3<Int>, spacing: SIMD3<Double> = .one,
    where isInside: (SIMD3<Double>) -> Bool, _ grey: (SIMD3<Double>) -> Float
  ) throws -> [Double] {
    func place(_ x: Int, _ y: Int, _ z: Int) -> SIMD3<Double> {
      SIMD3(Double(x), Double(y), Double(z)) * spacing
    }
    let labels = try LabelVolume(size, spacing: spacing) { isInside(place($0, $1, $2)) ? 1 : 0 }
    let image = try Volume<Float>(size, spacing: spacing) { grey(place($0, $1, $2)) }
    let object = try #require(labels.objects().first)
    return try IntensityShells(object, in: labels, of: Image(image)).means
  }

  @Test("layers at the edge of two shells count in both: a cube of 56 voxels around 8")
  func cube() throws {
    let found = try means(SIMD3(6, 6, 6)) {
      $0.min() >= 1 && $0.max() <= 4
    } _: {
      $0.min() >= 2 && $0.max() <= 3 ? 2 : 1
    }
    #expect(found == [1, 1, 1, 1.5])
  }

  /// At a distance of r from the middle of a ball of R a part (r / R)³ is farther inside.
  @Test(
    "a ball that gets brighter to its middle, with voxels of any shape",
    arguments: [SIMD3(1.0, 1, 1), SIMD3(1, 1, 2), SIMD3(0.6, 0.8, 1)])
  func ball(spacing: SIMD3<Double>) throws {
    let radius = 15.0
    func away(_ place: SIMD3<Double>) -> Double {
      let way = place - SIMD3(17.2, 16.9, 17.4)
      return (way * way).sum().squareRoot()
    }
    let found = try means(SIMD3<Int>((35 / spacing).rounded(.up)), spacing: spacing) {
      away($0) <= radius
    } _: {
      Float(100 - away($0))
    }
    // The mean of r over a shell is 3 R / 4 of the difference of its v^(4/3), v being the part within, over that of v.
    let edges = [1, 0.907_56, 0.793_70, 0.629_96, 0]
    for (shell, mean) in found.enumerated() {
      let (outer, inner) = (edges[shell], edges[shell + 1])
      let fourth = outer * outer * outer * outer - inner * inner * inner * inner
      let truth = 100 - 0.75 * radius * fourth / 0.25
      #expect(abs(mean - truth) < 0.3 * spacing.max(), "\(shell): \(mean) \(truth)")
    }
  }

  @Test(
    "their mean is that of all voxels; one voxel is in all shells; without numbers there is none")
  func laws() throws {
    func isInside(_ place: SIMD3<Double>) -> Bool { place.x + 2 * place.y < 17 }
    func grey(_ place: SIMD3<Double>) -> Float {
      Float((7 * place.x + 5 * place.y + 3 * place.z).truncatingRemainder(dividingBy: 11))
    }
    let size = SIMD3(12, 11, 9)
    let found = try means(size, where: isInside, grey)
    var (sum, count) = (0.0, 0.0)
    for x in 0..<size.x {
      for y in 0..<size.y {
        for z in 0..<size.z {
          let place = SIMD3(Double(x), Double(y), Double(z))
          if isInside(place) { (sum, count) = (sum + Double(grey(place)), count + 1) }
        }
      }
    }
    #expect(abs(found.reduce(0, +) / 4 - sum / count) < 1e-9)
    let one = try means(SIMD3(3, 3, 3)) {
      $0 == SIMD3(1, 1, 1)
    } _: { _ in
      7
    }
    #expect(one == [7, 7, 7, 7])
    let none = try means(SIMD3(3, 3, 3)) { _ in
      true
    } _: { _ in
      .nan
    }
    #expect(none.allSatisfy { $0.isNaN })
  }
}
