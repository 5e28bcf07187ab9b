import Fixtures
import Testing
import Volumes

@Suite("Label images") struct LabelTests {
  private func labels(_ size: SIMD3<Int>, seed: UInt64) throws -> Volume<UInt32> {
    var random = SplitMix(seed: seed)
    return try Volume<UInt32>(size, spacing: SIMD3(0.5, 1, 2)) { _, _, _ in
      [0, 0, 3, 7, 70_000].randomElement(using: &random) ?? 0
    }
  }

  @Test("components: touching labels stay apart, pieces of one label come apart")
  func components() throws {
    for connectivity in VoxelConnectivity.allCases {
      for size in SIMD3<Int>.awkwardSizes {
        let volume = try labels(size, seed: 31)
        let found = try volume.connectedComponents(connectivity).array
        #expect(found == flooded(volume, connectivity), "\(size) \(connectivity)")
      }
    }
  }

  @Test("renumbering closes gaps in raster order and leaves out what is not wanted")
  func relabelling() throws {
    let volume = try Volume<UInt32>(SIMD3(6, 1, 1)) { x, _, _ in [9, 0, 4, 9, 4, 2][x] }
    #expect(try volume.relabelled().array == [1, 0, 2, 1, 2, 3])
    #expect(try volume.relabelled { $0.voxelCount > 1 }.array == [1, 0, 2, 1, 2, 0])
  }

  @Test("centroids are means of positions in units")
  func centroids() throws {
    let volume = try labels(SIMD3(9, 7, 5), seed: 32)
    for object in volume.objects() {
      var sum = SIMD3<Double>.zero
      for offset in 0..<volume.grid.voxelCount where volume.voxels[offset] == object.label {
        sum += SIMD3<Double>(volume.grid.index(of: offset)) * SIMD3(0.5, 1, 2)
      }
      let difference = object.centroid(on: volume.grid) - sum / Double(object.voxelCount)
      #expect((difference * difference).sum() < 1e-20)
    }
  }

  @Test(
    "contacts are counted between every pair of neighbours", arguments: VoxelConnectivity.allCases)
  func contacts(connectivity: VoxelConnectivity) throws {
    for size in SIMD3<Int>.awkwardSizes {
      let volume = try labels(size, seed: 33)
      var expected: [[UInt32]: Int] = [:]
      for offset in 0..<volume.grid.voxelCount {
        let place = volume.grid.index(of: offset)
        for step in connectivity.steps where volume.grid.contains(place &+ step) {
          let near = place &+ step
          let pair = [volume.voxels[offset], volume[near.x, near.y, near.z]]
          if pair[0] != 0 && pair[0] < pair[1] { expected[pair, default: 0] += 1 }
        }
      }
      let found = volume.contacts(connectivity)
      #expect(found.count == expected.count)
      for contact in found {
        #expect(expected[[contact.first, contact.second]] == contact.pairCount, "\(size)")
      }
    }
  }

  @Test("grey values of all objects in one pass are those of each alone")
  func intensities() throws {
    let volume = try labels(SIMD3(20, 10, 40), seed: 34)
    let image = Image(try Volume<Float>(SIMD3(20, 10, 40)) { x, y, z in Float(1000 + x * y - z) })
    let all = image.statistics(ofObjectsIn: volume)
    #expect(all.count == 3)
    for object in volume.objects() {
      let alone = image.statistics(of: object, in: volume)
      let found = try #require(all[object.label])
      #expect(found.count == alone.count && found.minimum == alone.minimum)
      #expect(abs(found.mean - alone.mean) < 1e-9 && found.maximum == alone.maximum)
      #expect(abs(found.standardDeviation - alone.standardDeviation) < 1e-9)
    }
  }

  private func flooded(_ volume: Volume<UInt32>, _ connectivity: VoxelConnectivity) -> [UInt32] {
    var labels = [UInt32](repeating: 0, count: volume.grid.voxelCount)
    var next: UInt32 = 0
    for start in labels.indices where volume.voxels[start] > 0 && labels[start] == 0 {
      next += 1
      labels[start] = next
      var stack = [start]
      while let offset = stack.popLast() {
        let place = volume.grid.index(of: offset)
        for step in connectivity.steps where volume.grid.contains(place &+ step) {
          let near = place &+ step
          let other = volume.grid.offset(near.x, near.y, near.z)
          guard labels[other] == 0, volume.voxels[other] == volume.voxels[start] else { continue }
          labels[other] = next
          stack.append(other)
        }
      }
    }
    return labels
  }
}
