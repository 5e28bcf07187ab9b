import Fixtures
import Testing
import Volumes

@Suite("Selection of components") struct ComponentSelectionTests {
  /// Three bars along x, of 3, 5 and 70 voxels; the last one reaches the border.
  private func bars() throws -> Mask {
    try Volume<Float>(SIMD3(75, 7, 5)) { x, y, z in
      guard z == 2 else { return 0 }
      let isInside =
        y == 1 && (2..<5).contains(x) || y == 3 && (60..<65).contains(x) || y == 5 && x >= 5
      return isInside ? 1 : 0
    }.mask(above: 0.5)
  }

  @Test("the largest, those of a size, those off the border")
  func selection() throws {
    let mask = try bars()
    #expect(mask.count == 78)
    #expect(mask.largestComponents().count == 70)
    #expect(mask.largestComponents(2).count == 75)
    #expect(mask.largestComponents(9) == mask)
    #expect(mask.withoutComponents(smallerThan: 4).count == 75)
    #expect(mask.borderCleared().count == 8)
  }

  @Test("reconstruction keeps whole what a seed touches, and nothing else")
  func reconstruction() throws {
    let mask = try bars()
    var seeds = Mask(grid: mask.grid)
    #expect(mask.reconstructed(from: seeds).count == 0)
    seeds[64, 3, 2] = true
    seeds[0, 0, 0] = true
    #expect(mask.reconstructed(from: seeds).count == 5)
    #expect(mask.reconstructed(from: mask) == mask)
  }
}
