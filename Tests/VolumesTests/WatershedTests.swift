import Fixtures
import Testing
import Volumes

@Suite("Seeded watershed") struct SeededWatershedTests {
  @Test("two basins meet at the ridge between them")
  func ridge() throws {
    let heights = try Volume<Float>(SIMD3(9, 1, 1)) { x, _, _ in [3, 1, 2, 4, 9, 5, 0, 1, 7][x] }
    let seeds = try Volume<UInt32>(SIMD3(9, 1, 1)) { x, _, _ in x == 1 ? 5 : x == 6 ? 2 : 0 }
    let regions = try heights.watershed(from: seeds).array
    #expect(regions[0...3].allSatisfy { $0 == 5 } && regions[5...8].allSatisfy { $0 == 2 })
  }

  @Test("every voxel within reach has a region, every region is connected and holds its seed")
  func regions() throws {
    var random = SplitMix(seed: 6)
    for size in SIMD3<Int>.awkwardSizes {
      let heights = try Volume<Float>(size) { _, _, _ in Float.random(in: 0..<1, using: &random) }
      let seeds = try Volume<UInt32>(size) { x, y, z in
        UInt32.random(in: 0..<20, using: &random) == 0 ? UInt32(1 + x + 70 * (y + 40 * z)) : 0
      }
      let mask = try Volume<Float>(size) { _, _, _ in
        Int.random(in: 0..<5, using: &random) > 0 ? 1 : 0
      }.mask(above: 0.5)
      let regions = try heights.watershed(from: seeds, within: mask)
      let parts = try mask.connectedComponents(.faces)
      let seeded = Set(parts.array.indices.filter { seeds.voxels[$0] > 0 }.map { parts.voxels[$0] })
      for i in regions.array.indices {
        let isReached = parts.voxels[i] != 0 && seeded.contains(parts.voxels[i])
        #expect((regions.voxels[i] != 0) == isReached)
        if isReached && seeds.voxels[i] != 0 { #expect(regions.voxels[i] == seeds.voxels[i]) }
      }
      for object in regions.objects() {
        let own = try Volume<Float>(size) { x, y, z in
          regions[x, y, z] == object.label ? 1 : 0
        }.mask(above: 0.5)
        #expect(try own.connectedComponents(.faces).objects().count == 1)
      }
    }
  }

  @Test("other labels for the seeds give the same regions")
  func relabelling() throws {
    var random = SplitMix(seed: 7)
    let size = SIMD3(20, 15, 10)
    let heights = try Volume<Float>(size) { _, _, _ in Float.random(in: 0..<1, using: &random) }
    let seeds = try Volume<UInt32>(size) { x, y, z in x % 7 == 3 && y % 7 == 3 ? UInt32(x + y) : 0 }
    let renamed = try Volume<UInt32>(size) { x, y, z in
      seeds[x, y, z] == 0 ? 0 : 99 - seeds[x, y, z]
    }
    let regions = try heights.watershed(from: seeds).array
    #expect(try heights.watershed(from: renamed).array == regions.map { $0 == 0 ? 0 : 99 - $0 })
  }

  @Test("NaN and infinity are only high")
  func notANumber() throws {
    let heights = try Volume<Float>(SIMD3(4, 1, 1)) { x, _, _ in
      [-.infinity, .nan, .infinity, 0][x]
    }
    let seeds = try Volume<UInt32>(SIMD3(4, 1, 1)) { x, _, _ in x == 0 ? 1 : 0 }
    #expect(try heights.watershed(from: seeds).array == [1, 1, 1, 1])
  }
}

@Suite("Splitting at necks") struct NeckSplitTests {
  /// Balls of a radius at places along x, as a mask.
  private func balls(_ radius: Double, at places: [Double], spacing: SIMD3<Double>) throws -> Mask {
    let size = SIMD3<Int>(SIMD3(80, 36, 36) / spacing)
    return try Volume<Float>(size, spacing: spacing) { x, y, z in
      let place = SIMD3(Double(x), Double(y), Double(z)) * spacing - SIMD3(0, 18, 18)
      let isInside = places.contains { centre in
        let step = place - SIMD3(centre, 0, 0)
        return (step * step).sum() < radius * radius
      }
      return isInside ? 1 : 0
    }.mask(above: 0.5)
  }

  private func parts(of mask: Mask, below share: Double = 0.9) throws -> LabelVolume {
    let objects = try mask.connectedComponents()
    return try objects.split(below: share) { try objects.depths(of: $0) }
  }

  @Test("a landscape of the whole volume cuts as the same one by objects does")
  func wholeLandscape() throws {
    let mask = try balls(8, at: [10, 24, 52, 66], spacing: SIMD3(1, 1, 2))
    let objects = try mask.connectedComponents()
    let distances = try mask.distanceTransform()
    let byObjects = try objects.split(below: 0.9) {
      try distances.cropped(from: $0.lower, to: $0.upper)
    }
    #expect(try objects.split(atNecksOf: distances, below: 0.9).array == byObjects.array)
    #expect(byObjects.objects().count == 4)
  }

  /// The mean of |x| over a Gaussian in space is sqrt(8 / pi) sigma: so much lower becomes the tip of a cone.
  @Test("the depth in the middle of a ball is its radius less 1.6, at the border of the volume too")
  func depths() throws {
    for place in [20.0, 0] {
      let objects = try balls(12, at: [place], spacing: .one).connectedComponents()
      let object = try #require(objects.objects().first)
      let depths = try objects.depths(of: object)
      let top = depths.array.max() ?? 0
      #expect((10.2...10.8).contains(top), "\(top)")
    }
  }

  @Test(
    "two balls that touch come apart, into halves", arguments: [SIMD3(1, 1, 1), SIMD3(1, 1, 3)])
  func touching(spacing: SIMD3<Double>) throws {
    let mask = try balls(12, at: [20, 41], spacing: spacing)
    #expect(try mask.connectedComponents().objects().count == 1)
    let objects = try parts(of: mask).objects()
    #expect(objects.count == 2)
    #expect(objects.map(\.label) == [1, 2])
    let share = Double(objects[0].voxelCount) / Double(mask.count)
    #expect((0.47...0.53).contains(share))
  }

  @Test("a chain of five comes apart into five")
  func chain() throws {
    let mask = try balls(8, at: [10, 24, 38, 52, 66], spacing: .one)
    #expect(try parts(of: mask).objects().count == 5)
  }

  @Test("a lobed shape with a wide waist stays whole")
  func lobed() throws {
    // Half the distance of the centres is 0.4 radii: the waist has 0.92 of the radius.
    let mask = try balls(12, at: [30, 39.6], spacing: .one)
    #expect(try parts(of: mask).objects().count == 1)
    #expect(try parts(of: mask, below: 1).objects().count >= 1)
  }

  @Test("a ball stays whole, and share 0 cuts nothing")
  func whole() throws {
    for radius in stride(from: 1.0, through: 16, by: 2.5) {
      #expect(try parts(of: balls(radius, at: [30.3], spacing: .one)).objects().count == 1)
    }
    let mask = try balls(8, at: [10, 24, 38], spacing: .one)
    #expect(try parts(of: mask, below: 0).objects().count == 1)
  }

  @Test("no voxel is lost or won, and every part is connected")
  func partition() throws {
    var random = SplitMix(seed: 17)
    let noise = try Volume<Float>(SIMD3(40, 30, 20)) { _, _, _ in
      Float.random(in: 0..<1, using: &random)
    }.gaussianBlurred(sigma: 2)
    let mask = noise.mask(above: 0.5)
    let split = try parts(of: mask)
    #expect(split.mask() == mask)
    let objects = split.objects()
    #expect(objects.map(\.label) == (1...UInt32(objects.count)).map { $0 })
    for object in objects {
      let own = try Volume<Float>(SIMD3(40, 30, 20)) { x, y, z in
        split[x, y, z] == object.label ? 1 : 0
      }.mask(above: 0.5)
      #expect(try own.connectedComponents(.corners).objects().count == 1)
    }
  }
}
