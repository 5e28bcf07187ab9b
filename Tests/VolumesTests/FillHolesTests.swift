import Fixtures
import Testing
import Volumes

@Suite("Hole filling") struct FillHolesTests {
  private func mask(_ size: SIMD3<Int>, _ inside: (Int, Int, Int) -> Bool) throws -> Mask {
    try Volume<Float>(size) { x, y, z in inside(x, y, z) ? 1 : 0 }.mask(above: 0.5)
  }

  @Test("a cavity is filled; one that is open to the outside is not")
  func cavity() throws {
    func shell(_ x: Int, _ y: Int, _ z: Int) -> Bool {
      [x, y, z].contains { $0 == 1 || $0 == 5 } && [x, y, z].allSatisfy { (1...5).contains($0) }
    }
    let closed = try mask(SIMD3(7, 7, 7), shell)
    #expect(closed.count == 98)
    #expect(closed.holesFilled().count == 125)
    let open = try mask(SIMD3(7, 7, 7)) { x, y, z in shell(x, y, z) && !(x == 3 && y == 3 && z == 1)
    }
    #expect(open.holesFilled() == open)
  }

  /// With corner-connected objects the background leaves through faces only, so a diagonal gap
  /// does not open a cavity; with face-connected objects it does.
  @Test("a diagonal gap is closed for corner-connected objects and open for face-connected ones")
  func diagonalGap() throws {
    let ring = try mask(SIMD3(5, 5, 3)) { x, y, z in
      guard z == 1 else { return (1...3).contains(x) && (1...3).contains(y) }
      let isEdge = (1...3).contains(x) && (1...3).contains(y) && !(x == 2 && y == 2)
      return isEdge && !(x == 1 && y == 1)
    }
    #expect(ring.holesFilled(.corners)[2, 2, 1])
    #expect(!ring.holesFilled(.faces)[2, 2, 1])
  }

  @Test("filling twice is filling once, and nothing is ever removed")
  func idempotent() throws {
    var random = SplitMix(seed: 11)
    for size in SIMD3<Int>.awkwardSizes {
      let noise = try mask(size) { _, _, _ in Int.random(in: 0..<10, using: &random) < 6 }
      let filled = noise.holesFilled()
      #expect(filled.holesFilled() == filled)
      let labels = try noise.connectedComponents().array
      let after = try filled.connectedComponents().array
      #expect(zip(labels, after).allSatisfy { $0 == 0 || $1 != 0 })
    }
  }
}
