import Fixtures
import Phantoms
import Testing
import Volumes

@Suite("What a microscope sees") struct MicroscopeTests {
  private func sphere(_ sampling: PhantomSampling, blur: SIMD3<Double>) throws -> Volume<Float> {
    var phantom = Phantom(solid: .sphere(radius: 6))
    phantom.spacing = SIMD3(1, 1, 2)
    phantom.shift = SIMD3(0.3, 0.1, 0.4)
    phantom.foreground = 1
    phantom.background = 0
    phantom.sampling = sampling
    phantom.blur = blur
    return try phantom.volume()
  }

  /// Variance of the grey values along an axis, in square units.
  private func variance(_ volume: Volume<Float>, axis: Int) -> Double {
    var sums = SIMD3<Double>.zero
    for (offset, value) in volume.array.enumerated() {
      let place = volume.grid.world(SIMD3<Double>(volume.grid.index(of: offset)))[axis]
      sums += Double(value) * SIMD3(1, place, place * place)
    }
    return sums.z / sums.x - sums.y * sums.y / (sums.x * sums.x)
  }

  /// That of a ball is R²/5. Blur adds its own, and so does the box that a voxel is the mean over.
  @Test(
    "variances add: of the solid, the blur and the voxel, or of the pixel in a plane",
    arguments: [PhantomSampling.voxel, .plane])
  func variances(sampling: PhantomSampling) throws {
    let blur = SIMD3(1.2, 1.2, 2.0)
    let volume = try sphere(sampling, blur: blur)
    let box = sampling == .voxel ? SIMD3(1.0, 1, 4) / 12 : SIMD3(1.0, 1, 0) / 12
    for axis in 0..<3 {
      let expected = 36.0 / 5 + blur[axis] * blur[axis] + box[axis]
      // A Gaussian that is cut at 4 standard deviations has 0.1 % less of variance.
      #expect(abs(variance(volume, axis: axis) / expected - 1) < 1e-3, "axis \(axis)")
    }
    let total = volume.array.reduce(0) { $0 + Double($1) } * volume.grid.voxelVolume
    #expect(abs(total / (4 * .pi * 72) - 1) < 1e-4)
  }

  /// What both have in common, such as the end of the Gaussian, drops out of the difference.
  @Test("averaging over the thickness of a slice adds thickness² / 12 and no more")
  func thickness() throws {
    let blur = SIMD3(1.2, 1.2, 2.0)
    let (thick, flat) = (try sphere(.voxel, blur: blur), try sphere(.plane, blur: blur))
    let difference = variance(thick, axis: 2) - variance(flat, axis: 2)
    #expect(abs(difference - 4.0 / 12) < 2e-3)
    #expect(abs(variance(thick, axis: 0) - variance(flat, axis: 0)) < 2e-3)
  }

  /// Far from the curvature of the surface, a blurred edge is an error function; half of it is
  /// inside.
  @Test("at a flat face the blurred edge is half-way where the face is")
  func edge() throws {
    var phantom = Phantom(solid: .roundedCube(halfSide: 12, edgeRadius: 0.5))
    phantom.foreground = 1
    phantom.background = 0
    // The face is at 12.5 from the centre of a voxel: between two voxels.
    phantom.blur = SIMD3(repeating: 1)
    let volume = try phantom.volume()
    let middle = SIMD3<Int>(phantom.center)
    let (inside, outside) = (
      volume[middle.x + 12, middle.y, middle.z], volume[middle.x + 13, middle.y, middle.z]
    )
    #expect(abs(inside + outside - 1) < 1e-5)
    // The mean of Phi(x) over 0 < x < 1 is 0.6844.
    #expect(abs(inside - 0.6844) < 2e-3)
  }

  @Test("a voxel in a plane is the part of its area that the solid covers")
  func plane() throws {
    var phantom = Phantom(solid: .sphere(radius: 6))
    phantom.spacing = SIMD3(1, 1, 2)
    phantom.shift = SIMD3(0.3, 0.1, 0.4)
    phantom.foreground = 1
    phantom.background = 0
    phantom.sampling = .plane
    let volume = try phantom.volume()
    for z in 0..<volume.grid.size.z {
      var sum = 0.0
      for y in 0..<volume.grid.size.y {
        for x in 0..<volume.grid.size.x { sum += Double(volume[x, y, z]) }
      }
      let height = Double(z) * 2 - phantom.center.z
      #expect(abs(sum - max(0, .pi * (36 - height * height))) < 0.02, "slice \(z)")
    }
  }

  @Test("centre sampling: every voxel is inside or outside, as its centre is")
  func centers() throws {
    var phantom = Phantom(solid: .ellipsoid(semiAxes: SIMD3(6, 5, 4)))
    phantom.shift = SIMD3(0.3, 0.1, 0.4)
    phantom.noise = 20
    phantom.blur = .one
    let mask = phantom.mask
    let volume = try mask.volume()
    for (offset, value) in volume.array.enumerated() {
      let place =
        (volume.grid.world(SIMD3<Double>(volume.grid.index(of: offset))) - mask.center)
        / SIMD3(6, 5, 4)
      #expect(value == ((place * place).sum() < 1 ? 1 : 0))
    }
    phantom.sampling = .center
    #expect(throws: PhantomError.self) { try phantom.validate() }
  }

  @Test("photons: the signal-to-noise ratio that was asked for", arguments: [1.5, 5, 20])
  func snr(snr: Double) throws {
    var phantom = Phantom(solid: .roundedCube(halfSide: 9, edgeRadius: 1))
    phantom.snr = snr
    phantom.foreground = 700
    phantom.background = 100
    func statistics(_ isInside: Bool) throws -> (mean: Double, deviation: Double) {
      let (noisy, middle) = (try phantom.volume(), SIMD3<Int>(phantom.center))
      var values: [Double] = []
      for (offset, value) in noisy.array.enumerated() {
        let place = noisy.grid.index(of: offset) &- middle
        let farthest = max(abs(place.x), abs(place.y), abs(place.z))
        if isInside ? farthest <= 9 : farthest >= 12 { values.append(Double(value)) }
      }
      let mean = values.reduce(0, +) / Double(values.count)
      let square = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      return (mean, (square / Double(values.count)).squareRoot())
    }
    let (inside, outside) = (try statistics(true), try statistics(false))
    // 6859 voxels inside, and more outside.
    #expect(abs(inside.mean - 700) < 4 * 600 / snr / 82)
    #expect(abs(outside.mean - 100) < 4 * 600 / snr / 82)
    #expect(abs(600 / inside.deviation / snr - 1) < 0.04)
    // snr² = signal² / (signal (1 + 1/6) + 2²) in electrons: outside there are a sixth of them.
    let half = 7.0 / 12 * snr * snr
    let signal = half + (half * half + 4 * snr * snr).squareRoot()
    let expected = 600 / signal * (signal / 6 + 4).squareRoot()
    #expect(abs(outside.deviation / expected - 1) < 0.04)
    #expect(try phantom.volume().array == phantom.volume().array)
  }
}
