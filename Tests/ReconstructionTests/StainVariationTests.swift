import Fixtures
import Phantoms
import Reconstruction
import Testing
import Volumes

@Suite("An uneven stain, seen from inside") struct StainVariationTests {
  private let blur = SIMD3(1.2, 1.2, 2.0)

  private func surface(
    _ texture: StainTexture?, snr: Double, sliceDistance: Double = 1, seed: UInt64
  ) throws -> SelfConsistentSurface {
    var phantom = Phantom(solid: .sphere(radius: 14)).inRandomPose(seed: seed)
    phantom.spacing.z = sliceDistance
    (phantom.blur, phantom.sampling, phantom.snr) = (blur, .plane, snr)
    (phantom.texture, phantom.margin) = (texture, 8)
    let image = try phantom.volume()
    let filter = SIMD3(repeating: 1.0)
    let field = try image.gaussianBlurred(sigma: filter)
    let labels = try field.mask(above: 550).connectedComponents()
    let object = try #require(labels.objects().max { $0.voxelCount < $1.voxelCount })
    return try #require(
      try field.selfConsistentSurface(
        of: object, in: labels, image: .float32(image), level: 550, filter: filter,
        blurVariance: image.grid.varianceOfGaussian(sigma: filter) + blur * blur
          + SIMD3(1, 1, 0) / 12))
  }

  private func stain(
    _ texture: StainTexture?, snr: Double, sliceDistance: Double = 1, seed: UInt64
  ) throws -> StainVariation {
    try surface(texture, snr: snr, sliceDistance: sliceDistance, seed: seed).stain
  }

  /// The blur of the field is 1.85 wide.
  @Test(
    "a surface is corrected for it where it is wider than the blur",
    arguments: [(1.3, false), (3, true)])
  func evened(length: Double, isEvened: Bool) throws {
    let found = try surface(StainTexture(deviation: 0.1, length: length), snr: 20, seed: 3)
    #expect((0.03...0.2).contains(found.stain.deviation), "\(found.stain)")
    #expect(found.isEvened == isEvened, "\(found.stain)")
  }

  @Test("its deviation and its length are those of the phantom", arguments: [1, 2.0])
  func found(sliceDistance: Double) throws {
    let stains = try (1...6).map {
      try stain(
        StainTexture(deviation: 0.1, length: 2.5), snr: 20, sliceDistance: sliceDistance, seed: $0)
    }
    let deviation = stains.reduce(0) { $0 + $1.deviation } / 6
    let length = stains.reduce(0) { $0 + $1.length } / 6
    #expect((0.09...0.11).contains(deviation), "\(deviation)")
    #expect((2.2...2.8).contains(length), "\(length)")
  }

  @Test("the fewer patches it was found from, the wider an interval has to be")
  func widening() throws {
    #expect(try stain(nil, snr: 20, seed: 1).widening == 1)
    let short = try stain(StainTexture(deviation: 0.1, length: 2), snr: 20, seed: 2)
    let long = try stain(StainTexture(deviation: 0.1, length: 4), snr: 20, seed: 2)
    #expect(short.patches > 2 * long.patches)
    #expect((1.001...1.1).contains(short.widening), "\(short.widening)")
    #expect(long.widening > short.widening)
  }

  @Test("noise is not taken for it", arguments: [5.0, 20])
  func noise(snr: Double) throws {
    let deviations = try (1...6).map { try stain(nil, snr: snr, seed: $0).deviation }
    // Chance may look like it in one of 40.
    #expect(deviations.count { $0 > 0 } <= 1)
    #expect(deviations.allSatisfy { $0 < 0.3 / snr })
  }
}
