import Fixtures
import Testing
import Volumes

/// Agreement with scipy on all voxel types, sizes and borders: Tests/check_volumes.py.
@Suite("Filters of a neighbourhood") struct NeighbourhoodFilterTests {
  private func noise(_ size: SIMD3<Int>, spacing: SIMD3<Double> = .one) throws -> Volume<UInt16> {
    var random = SplitMix(seed: 8)
    return try Volume<UInt16>(size, spacing: spacing) { _, _, _ in
      UInt16.random(in: 0...1000, using: &random)
    }
  }

  @Test("median, minimum and maximum are those of the sorted neighbours")
  func ranks() throws {
    for size in SIMD3<Int>.awkwardSizes {
      let volume = try noise(size)
      let median = try volume.medianFiltered(over: .box(radius: 1), border: .nearest)
      let minimum = try volume.minimumFiltered(over: .box(radius: 1), border: .nearest)
      let maximum = try volume.maximumFiltered(over: .box(radius: 1), border: .nearest)
      for offset in 0..<volume.grid.voxelCount {
        let sorted = volume.clampedNeighbours(of: volume.grid.index(of: offset)).sorted()
        #expect(median.voxels[offset] == sorted[13], "\(size)")
        #expect(minimum.voxels[offset] == sorted[0] && maximum.voxels[offset] == sorted[26])
      }
    }
  }

  @Test("a volume and its image give the same, in their own voxel type")
  func image() throws {
    let volume = try noise(SIMD3(9, 8, 7))
    let image = try Image(volume).medianFiltered(over: .ball(radius: 2))
    guard case .uint16(let median) = image else {
      Issue.record("\(image.voxelTypeName)")
      return
    }
    #expect(try median.array == volume.medianFiltered(over: .ball(radius: 2)).array)
  }

  @Test("values beyond 24 bits stay exact in rank filters")
  func wide() throws {
    let base: UInt32 = 4_000_000_001
    let volume = try Volume<UInt32>(SIMD3(5, 1, 1)) { x, _, _ in base + UInt32(x) }
    #expect(
      try volume.maximumFiltered(over: .box(radius: 1), border: .nearest).array
        == [1, 2, 3, 4, 4].map { base + $0 })
    let doubles = try Volume<Double>(SIMD3(3, 1, 1)) { x, _, _ in -1 - Double(x) * 1e-15 }
    #expect(
      try doubles.minimumFiltered(over: .box(radius: 1)).array
        == [doubles.voxels[1], doubles.voxels[2], doubles.voxels[2]])
  }

  @Test("NaN counts as greater than every number")
  func nan() throws {
    let volume = try Volume<Float>(SIMD3(3, 1, 1)) { x, _, _ in [1, .nan, .infinity][x] }
    let axis = Neighbourhood.box(radius: SIMD3(1, 0, 0))
    #expect(try volume.minimumFiltered(over: axis).array == [1, 1, .infinity])
    #expect(try volume.medianFiltered(over: axis).array[1] == .infinity)
    #expect(try volume.maximumFiltered(over: axis).array.allSatisfy(\.isNaN))
  }

  @Test("a linear image keeps its mean, has no Laplacian, and the slope that it has")
  func linear() throws {
    let spacing = SIMD3(0.5, 1, 2)
    let volume = try Volume<Float>(SIMD3(9, 9, 9), spacing: spacing) { x, y, z in
      Float(100 + 3 * Double(x) * 0.5 + 4 * Double(y) + 12 * Double(z) * 2)
    }
    let mean = try volume.meanFiltered(over: .ball(radius: 2))
    let laplacian = try volume.laplacian()
    let sobel = try volume.sobelMagnitude()
    #expect(mean[4, 4, 4] == volume[4, 4, 4])
    #expect(laplacian[4, 4, 4] == 0)
    #expect(abs(sobel[4, 4, 4] - 13) < 1e-5)
  }

  @Test("a quadratic image has the Laplacian that it has, in units")
  func quadratic() throws {
    let volume = try Volume<Float>(SIMD3(9, 9, 9), spacing: SIMD3(0.5, 1, 2)) { x, y, z in
      let (x, y, z) = (Double(x) * 0.5, Double(y), Double(z) * 2)
      return Float(x * x + 3 * y * y - 2 * z * z)
    }
    let laplacian = try volume.laplacian()
    #expect(laplacian[4, 4, 4] == 4)
  }

  @Test("the variance does not suffer from an offset, and its root is the standard deviation")
  func offset() throws {
    let volume = try Volume<Float>(SIMD3(8, 8, 8)) { x, y, z in
      1_000_000 + Float((x + y + z) % 2)
    }
    let axis = Neighbourhood.box(radius: SIMD3(1, 0, 0))
    let variance = try volume.varianceFiltered(over: axis)
    let deviation = try volume.standardDeviationFiltered(over: axis)
    #expect(abs(variance[4, 4, 4] - 2 / 9) < 1e-6)
    #expect(abs(deviation[4, 4, 4] - (2 / 9 as Float).squareRoot()) < 1e-6)
  }

  @Test("a kernel is mirrored, as a convolution has it")
  func convolution() throws {
    let volume = try Volume<Float>(SIMD3(5, 1, 1)) { x, _, _ in x == 2 ? 1 : 0 }
    let kernel = ConvolutionKernel(size: SIMD3(3, 1, 1), weights: [1, 2, 3])
    #expect(try volume.convolved(with: kernel).array == [0, 1, 2, 3, 0])
  }

  @Test("opening takes away what is small and bright, and twice is once")
  func opening() throws {
    let volume = try noise(SIMD3(17, 9, 8))
    let around = Neighbourhood.ball(radius: 1.5)
    let opened = try volume.opened(by: around)
    #expect(try opened.opened(by: around).array == opened.array)
    #expect(zip(opened.array, volume.array).allSatisfy { $0 <= $1 })
    let topHat = try volume.whiteTopHat(over: around).array
    #expect(topHat.indices.allSatisfy { topHat[$0] == Float(volume.array[$0] - opened.array[$0]) })
  }

  @Test("the number of threads changes no bit")
  func threads() throws {
    let volume = try noise(SIMD3(40, 70, 20))
    let results = try [1, 3].map { threads in
      try Parallel.$threads.withValue(threads) {
        try volume.standardDeviationFiltered(over: .ball(radius: 2)).array
      }
    }
    #expect(results[0] == results[1])
  }

  @Test("lengths are in units: on a stretched grid a ball takes in fewer voxels")
  func units() {
    let grid = Grid(size: SIMD3(9, 9, 9), spacing: SIMD3(0.1, 0.1, 0.3))
    #expect(Neighbourhood.ball(radius: 0.3).voxelCount(on: grid) == 29 + 2)
    #expect(Neighbourhood.box(radius: 0.3).voxelCount(on: grid) == 49 * 3)
    #expect(Neighbourhood.connected(.edges).voxelCount(on: grid) == 19)
  }
}

@Suite("Background subtraction") struct BackgroundSubtractionTests {
  @Test("a smooth background goes, a spot on it stays")
  func spot() throws {
    let volume = try Volume<Float>(SIMD3(64, 48, 32)) { x, y, z in
      let spot: Float = x == 30 && y == 20 && z == 15 ? 500 : 0
      return 100 + Float(x) * 0.1 + spot
    }
    let result = try volume.backgroundSubtracted(radius: 20)
    let spot = volume.grid.offset(30, 20, 15)
    #expect(abs(result.voxels[spot] - 500) < 1)
    #expect(result.array.indices.allSatisfy { $0 == spot || (0...0.5).contains(result.voxels[$0]) })
  }
}

extension Volume {
  /// The 27 voxels of a cube, those beyond the border being the nearest at it.
  fileprivate func clampedNeighbours(of place: SIMD3<Int>) -> [Element] {
    VoxelConnectivity.corners.steps.map { $0 &+ place }.reduce(into: [
      self[place.x, place.y, place.z]
    ]) {
      let inside = pointwiseMin(pointwiseMax($1, .zero), grid.size &- 1)
      $0.append(self[inside.x, inside.y, inside.z])
    }
  }
}
