import Fixtures
import Testing
import Volumes

@Suite("Connected components") struct ConnectedComponentsTests {
  /// Random masks from sparse to dense, against a flood fill that is too simple to be wrong.
  @Test("agree with a flood fill, numbered in raster order", arguments: VoxelConnectivity.allCases)
  func floodFill(connectivity: VoxelConnectivity) throws {
    var random = SplitMix(seed: 3)
    // One of several words a row and several slabs of blocks as well.
    for size in SIMD3<Int>.awkwardSizes + [SIMD3(130, 5, 71)] {
      for percent in [5, 25, 50, 80] {
        let volume = try Volume<Float>(size) { _, _, _ in
          Int.random(in: 0..<100, using: &random) < percent ? 1 : 0
        }
        let labels = try volume.mask(above: 0.5).connectedComponents(connectivity)
        #expect(labels.array == flooded(volume, connectivity), "\(size), \(percent) %")
      }
    }
  }

  @Test("small components go, and the numbers close up")
  func minimum() throws {
    let volume = try Volume<Float>(SIMD3(9, 1, 1)) { x, _, _ in [1, 1, 0, 1, 0, 1, 1, 1, 0][x] }
    let labels = try volume.mask(above: 0.5).connectedComponents(.faces, minimumVoxelCount: 2)
    #expect(labels.array == [1, 1, 0, 0, 0, 2, 2, 2, 0])
  }

  @Test("objects know their size, their box and whether the border cuts them")
  func objects() throws {
    let labels = try Volume<UInt32>(SIMD3(6, 5, 4)) { x, y, z in
      if (1...2).contains(x) && y == 2 && (1...2).contains(z) { return 9 }
      return x == 5 && y == 0 ? 70_000 : 0
    }
    let objects = labels.objects()
    #expect(objects.map(\.label) == [9, 70_000])
    #expect(objects.map(\.voxelCount) == [4, 4])
    #expect(objects[0].lower == SIMD3(1, 2, 1))
    #expect(objects[0].upper == SIMD3(2, 2, 2))
    #expect(objects.map { $0.touchesBorder(of: labels.grid) } == [false, true])
  }

  private func flooded(_ volume: Volume<Float>, _ connectivity: VoxelConnectivity) -> [UInt32] {
    let size = volume.grid.size
    var labels = [UInt32](repeating: 0, count: volume.grid.voxelCount)
    var next: UInt32 = 0
    for start in labels.indices where volume.voxels[start] > 0 && labels[start] == 0 {
      next += 1
      labels[start] = next
      var stack = [volume.grid.index(of: start)]
      while let place = stack.popLast() {
        for step in connectivity.steps {
          let near = place &+ step
          guard near.min() >= 0, near.x < size.x, near.y < size.y, near.z < size.z else { continue }
          let offset = volume.grid.offset(near.x, near.y, near.z)
          guard volume.voxels[offset] > 0, labels[offset] == 0 else { continue }
          labels[offset] = next
          stack.append(near)
        }
      }
    }
    return labels
  }
}

extension VoxelConnectivity {
  /// The steps to all neighbours: those that change at most 1, 2 or 3 coordinates.
  var steps: [SIMD3<Int>] {
    let most =
      switch self {
      case .faces: 1
      case .edges: 2
      case .corners: 3
      }
    var steps: [SIMD3<Int>] = []
    for x in -1...1 {
      for y in -1...1 {
        for z in -1...1 where (1...most).contains(x * x + y * y + z * z) {
          steps.append(SIMD3(x, y, z))
        }
      }
    }
    return steps
  }
}
