import Fixtures
import Testing
import Volumes

@Suite("Distance transform") struct DistanceTransformTests {
  @Test("is the least distance to a voxel of another owner, tried one by one")
  func bruteForce() throws {
    var random = SplitMix(seed: 13)
    for size in SIMD3<Int>.awkwardSizes {
      for labels in [1, 3] as [UInt32] {
        let volume = try Volume<UInt32>(size, spacing: SIMD3(0.5, 1, 2.5)) { _, _, _ in
          Int.random(in: 0..<9, using: &random) == 0
            ? 0 : UInt32.random(in: 1...labels, using: &random)
        }
        let found = try volume.distanceTransform()
        let grid = volume.grid
        for offset in 0..<grid.voxelCount {
          let expected = volume.voxels[offset] == 0 ? 0 : volume.nearestOther(to: offset)
          let distance = Double(found.voxels[offset])
          #expect(distance == expected || abs(distance - expected) <= 1e-6 * expected, "\(size)")
        }
        guard labels == 1 else { continue }
        #expect(try volume.mask().distanceTransform().array == found.array)
      }
    }
  }

  @Test("a ball has its radius in its middle")
  func ball() throws {
    let ball = try Volume<Float>(SIMD3(41, 41, 41)) { x, y, z in
      let (x, y, z) = (x - 20, y - 20, z - 20)
      return x * x + y * y + z * z < 225 ? 1 : 0
    }.mask(above: 0.5)
    #expect(try ball.distanceTransform()[20, 20, 20] == 15)
  }

  @Test("where there is nothing else the distance is infinite")
  func full() throws {
    let full = Mask(grid: Grid(size: SIMD3(3, 4, 5))).inverted()
    #expect(try full.distanceTransform().array.allSatisfy { $0 == .infinity })
  }
}

extension Volume where Element == UInt32 {
  fileprivate func nearestOther(to offset: Int) -> Double {
    let place = SIMD3<Double>(grid.index(of: offset))
    var least = Double.infinity
    for other in 0..<grid.voxelCount where voxels[other] != voxels[offset] {
      let step = (SIMD3<Double>(grid.index(of: other)) - place) * grid.spacing
      least = min(least, (step * step).sum())
    }
    return least.squareRoot()
  }
}
