import Fixtures
import Testing
import Volumes

@Suite("Binary morphology") struct MaskMorphologyTests {
  private static let neighbourhoods: [Neighbourhood] = [
    .connected(.faces), .connected(.edges), .connected(.corners), .ball(radius: 2),
    .box(radius: SIMD3(1, 0, 2)), .ball(radius: SIMD3(70, 1, 1)),
  ]

  /// Random masks on a grid with unequal spacing, a few voxels to a unit.
  private func masks(_ body: (Mask) throws -> Void) throws {
    var random = SplitMix(seed: 21)
    for size in SIMD3<Int>.awkwardSizes + [SIMD3(130, 3, 2)] {
      for percent in [3, 50, 97] {
        let noise = try Volume<Float>(size, spacing: SIMD3(0.5, 1, 2)) { _, _, _ in
          Int.random(in: 0..<100, using: &random) < percent ? 1 : 0
        }
        try body(noise.mask(above: 0.5))
      }
    }
  }

  @Test("erosion and dilation are what their definition says", arguments: neighbourhoods)
  func definition(neighbourhood: Neighbourhood) throws {
    try masks { mask in
      let (dilated, eroded) = (mask.dilated(by: neighbourhood), mask.eroded(by: neighbourhood))
      for offset in 0..<mask.grid.voxelCount {
        let place = mask.grid.index(of: offset)
        let around = mask.values(around: place, neighbourhood)
        #expect(dilated[place.x, place.y, place.z] == around.contains(true), "\(mask.grid.size)")
        #expect(eroded[place.x, place.y, place.z] == !around.contains(false), "\(mask.grid.size)")
      }
    }
  }

  @Test("opening takes away and closing adds, and twice is once", arguments: neighbourhoods)
  func idempotent(neighbourhood: Neighbourhood) throws {
    try masks { mask in
      let (opened, closed) = (mask.opened(by: neighbourhood), mask.closed(by: neighbourhood))
      #expect(opened.subtracting(mask).count == 0)
      #expect(mask.subtracting(closed).count == 0)
      #expect(opened.opened(by: neighbourhood) == opened)
      #expect(closed.closed(by: neighbourhood) == closed)
    }
  }

  @Test("dilation distributes over the union", arguments: neighbourhoods)
  func distributive(neighbourhood: Neighbourhood) throws {
    try masks { mask in
      let other = mask.dilated(by: .box(radius: SIMD3(3, 0, 0))).subtracting(mask)
      let joint = mask.union(other).dilated(by: neighbourhood)
      #expect(joint == mask.dilated(by: neighbourhood).union(other.dilated(by: neighbourhood)))
    }
  }

  @Test("a ball is opened away by a larger one and kept by a smaller one")
  func balls() throws {
    let ball = try Volume<Float>(SIMD3(21, 21, 21)) { x, y, z in
      let (x, y, z) = (x - 10, y - 10, z - 10)
      return x * x + y * y + z * z <= 36 ? 1 : 0
    }.mask(above: 0.5)
    #expect(ball.opened(by: .ball(radius: 6)) == ball)
    #expect(ball.opened(by: .ball(radius: 7)).count == 0)
  }

  @Test("the boundary of a box is its outermost layer")
  func boundary() throws {
    let box = try Volume<Float>(SIMD3(9, 9, 9)) { x, y, z in
      [x, y, z].allSatisfy { (2...6).contains($0) } ? 1 : 0
    }.mask(above: 0.5)
    #expect(box.boundary().count == 125 - 27)
    #expect(box.boundary(.corners) == box.boundary(.faces))
  }
}

extension Mask {
  /// The voxels of a neighbourhood that lie inside of the volume.
  fileprivate func values(around place: SIMD3<Int>, _ neighbourhood: Neighbourhood) -> [Bool] {
    let reach = SIMD3(140, 2, 2)
    var values: [Bool] = []
    for z in max(0, place.z - reach.z)...min(grid.size.z - 1, place.z + reach.z) {
      for y in max(0, place.y - reach.y)...min(grid.size.y - 1, place.y + reach.y) {
        for x in max(0, place.x - reach.x)...min(grid.size.x - 1, place.x + reach.x)
        where neighbourhood.holds(SIMD3(x, y, z) &- place, spacing: grid.spacing) {
          values.append(self[x, y, z])
        }
      }
    }
    return values
  }
}

extension Neighbourhood {
  fileprivate func holds(_ step: SIMD3<Int>, spacing: SIMD3<Double>) -> Bool {
    let length = SIMD3<Double>(step) * spacing
    switch self {
    case .connected(let connectivity): return step == .zero || connectivity.steps.contains(step)
    case .box(let radius): return (0..<3).allSatisfy { abs(length[$0]) <= radius[$0] }
    case .ball(let radius): return (length * length / (radius * radius)).sum() <= 1
    }
  }
}
