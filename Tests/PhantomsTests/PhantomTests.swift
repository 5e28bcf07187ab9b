import Fixtures
import Phantoms
import Testing
import Volumes

@Suite("Phantoms") struct PhantomTests {
  private static let solids: [Solid] = [
    .sphere(radius: 10), .ellipsoid(semiAxes: SIMD3(12, 8, 5)),
    .torus(majorRadius: 10, minorRadius: 4), .capsule(radius: 6, height: 10),
    .roundedCube(halfSide: 6, edgeRadius: 2), .bumpy(radius: 8), .lobed(radius: 8),
    .nucleus(radius: 8, seed: 4),
  ]

  private func phantom(_ solid: Int, _ spacing: SIMD3<Double>) -> Phantom {
    var phantom = Phantom(solid: Self.solids[solid])
    phantom.rotation = Rotation(axis: SIMD3(1, 2, 3), degrees: 37)
    phantom.spacing = spacing
    phantom.shift = SIMD3(0.3, 0.6, -0.2)
    phantom.foreground = 1
    phantom.background = 0
    return phantom
  }

  @Test(
    "covered voxels add up to the volume, around the centre",
    arguments: solids.indices, [SIMD3(1.0, 1, 1), SIMD3(1, 1, 3), SIMD3(0.5, 0.7, 1.1)])
  func coverage(solid: Int, spacing: SIMD3<Double>) throws {
    let phantom = phantom(solid, spacing)
    let volume = try phantom.volume()
    let voxels = volume.array.map { Double($0) }
    let total = voxels.reduce(0, +) * volume.grid.voxelVolume
    #expect(abs(total / phantom.truth.volume - 1) < 1e-4)
    #expect(voxels.allSatisfy { (0...1).contains($0) })
    var moment = SIMD3<Double>.zero
    for (offset, value) in voxels.enumerated() {
      moment += value * volume.grid.world(SIMD3<Double>(volume.grid.index(of: offset)))
    }
    let centroid = SIMD3(
      phantom.truth.centroid[0], phantom.truth.centroid[1], phantom.truth.centroid[2])
    let offset = moment * volume.grid.voxelVolume / total - centroid
    // A voxel that is covered in part counts at its centre, not at that of the part.
    #expect((offset * offset).sum().squareRoot() < 0.008 * spacing.max())
  }

  @Test("the margin is free, and nothing is cut", arguments: solids.indices)
  func margin(solid: Int) throws {
    let volume = try phantom(solid, SIMD3(1, 1, 2)).volume()
    let size = volume.grid.size
    var (low, high) = (size, SIMD3<Int>.zero)
    for (offset, value) in volume.array.enumerated() where value > 0 {
      low = pointwiseMin(low, volume.grid.index(of: offset))
      high = pointwiseMax(high, volume.grid.index(of: offset))
    }
    #expect(low.min() >= 5)
    #expect((size &- high).min() >= 6)
    #expect(low.max() <= 9)
  }

  @Test("blur keeps the sum and lowers the edge")
  func blur() throws {
    var phantom = phantom(0, .one)
    let sharp = try phantom.volume().array.reduce(0) { $0 + Double($1) }
    phantom.blur = SIMD3(1.5, 1.5, 3)
    let blurred = try phantom.volume().array.reduce(0) { $0 + Double($1) }
    #expect(abs(blurred / sharp - 1) < 1e-3)
  }

  @Test("noise: mean 0, the standard deviation that was asked for, and the seed decides")
  func noise() throws {
    var phantom = Phantom(solid: .sphere(radius: 8))
    let clean = try phantom.volume().array
    phantom.noise = 25
    let noisy = try phantom.volume().array
    let difference = zip(noisy, clean).map { Double($0 - $1) }
    let count = Double(difference.count)
    let mean = difference.reduce(0, +) / count
    let variance = difference.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
    #expect(abs(mean) < 5 * 25 / count.squareRoot())
    #expect(abs(variance.squareRoot() - 25) < 0.5)
    #expect(try phantom.volume().array == noisy)
    phantom.seed = 2
    #expect(try phantom.volume().array != noisy)
  }

  @Test("the number of threads changes nothing")
  func threads() throws {
    var phantom = phantom(2, SIMD3(1, 1, 2))
    phantom.noise = 3
    phantom.blur = .one
    let results = try [1, 2].map { threads in
      try Parallel.$threads.withValue(threads) { try phantom.volume().array }
    }
    #expect(results[0] == results[1])
  }

  @Test("rotations keep lengths and angles, and the inverse undoes them")
  func rotation() {
    for seed in 0..<20 {
      let rotation = Rotation.random(seed: UInt64(seed))
      let (x, y) = (rotation.rotated(SIMD3(1, 0, 0)), rotation.rotated(SIMD3(0, 1, 0)))
      #expect(abs((x * x).sum() - 1) < 1e-12 && abs((x * y).sum()) < 1e-12)
      let back = rotation.inverse.rotated(x)
      #expect(abs(back.x - 1) < 1e-12)
    }
    let quarter = Rotation(axis: SIMD3(0, 0, 2), degrees: 90).rotated(SIMD3(1, 0, 0))
    #expect(abs(quarter.y - 1) < 1e-12)
  }

  @Test("grey values are rounded, and cut off at the range of the type")
  func types() throws {
    var phantom = Phantom(solid: .sphere(radius: 3))
    phantom.foreground = 255
    phantom.background = 0
    phantom.noise = 40
    guard case .uint8(let volume) = try phantom.image(as: .uint8) else { return }
    #expect(volume.array.contains(0) && volume.array.contains(255))
    phantom.foreground = 256
    #expect(throws: PhantomError.self) { try phantom.image(as: .uint8) }
  }

  @Test("what cannot be made is refused before any work")
  func refused() {
    func expectRefusal(_ change: (inout Phantom) -> Void) {
      var phantom = Phantom(solid: .sphere(radius: 5))
      change(&phantom)
      #expect(throws: PhantomError.self) { try phantom.validate() }
    }
    expectRefusal { $0.solid = .sphere(radius: 0) }
    expectRefusal { $0.solid = .sphere(radius: .nan) }
    expectRefusal { $0.solid = .ellipsoid(semiAxes: SIMD3(1, -1, 1)) }
    expectRefusal { $0.solid = .torus(majorRadius: 3, minorRadius: 3) }
    expectRefusal { $0.solid = .sphere(radius: 1e6) }
    expectRefusal { $0.spacing = SIMD3(1, 0, 1) }
    expectRefusal { $0.shift = SIMD3(2, 0, 0) }
    expectRefusal { $0.blur = SIMD3(-1, 0, 0) }
    expectRefusal { $0.solid = .capsule(radius: 2, height: 0) }
    expectRefusal { $0.solid = .roundedCube(halfSide: 1, edgeRadius: -1) }
    expectRefusal { $0.solid = .nucleus(radius: .nan, seed: 1) }
    expectRefusal { $0.noise = .infinity }
    expectRefusal { $0.snr = 0 }
    expectRefusal {
      $0.snr = 5
      $0.noise = 1
    }
    expectRefusal {
      $0.snr = 5
      $0.background = -1
    }
    expectRefusal { $0.margin = -1 }
  }
}
