import LibC
import Phantoms
import Reconstruction
import Testing
import Volumes

/// A ball whose surface, and therefore picture, is known, so that all that is left of the image is stain and noise.
private struct StainedBall {
  let scene: ObjectScene
  let view: ObjectScene.View
  let noise: ImageNoise
  let picture: Volume<Float>
  let variation: StainVariation
  /// The contrast at every voxel over the mean one; 1 outside.
  let truth: [Double]

  private static let blur = SIMD3(1.2, 1.2, 2.0)

  init(radius: Double, _ texture: StainTexture?, seed: UInt64) throws {
    var phantom = Phantom(solid: .sphere(radius: radius)).inRandomPose(seed: seed)
    (phantom.blur, phantom.sampling, phantom.margin) = (Self.blur, .plane, 6)
    (phantom.texture, phantom.snr) = (texture, 20)
    let image = try phantom.volume()
    phantom.snr = nil
    let bright = try phantom.volume()
    (phantom.texture, phantom.background, phantom.foreground) = (nil, 0, 1)
    let picture = try phantom.volume()

    let labels = try picture.mask(above: 0.5).connectedComponents()
    let object = try #require(labels.objects().first)
    let size = labels.grid.size
    let region = OwnRegion(around: object, in: labels, room: size)
    scene = try ObjectScene(
      .float32(image), field: image, region, filter: .zero, blurVariance: Self.blur * Self.blur)
    let others = try Volume<Float>(grid: picture.grid)
    let fit = try #require(ContrastFit(image, picture: picture, others: others, region: region))
    view = ObjectScene.View(picture: picture, fit: fit)
    noise = ImageNoise(image, picture: picture, others: others, fit, region: region)
    variation = StainVariation(
      image, picture: picture, others: others, fit, noise: noise, region: region)
    truth = picture.voxels.indices.map {
      let seen = Double(picture.voxels[$0])
      return seen > 0.1 ? (Double(bright.voxels[$0]) - 100) / 900 / seen : 1
    }
    self.picture = picture
  }

  /// Where the picture is half-way up.
  var edge: [Int] { picture.voxels.indices.filter { (0.4...0.6).contains(picture.voxels[$0]) } }
}

@Suite("The stain of an object whose surface is known") struct StainModelTests {
  @Test(
    "its deviation and its length are found", arguments: [(0.05, 3), (0.1, 2), (0.1, 3), (0.2, 3)])
  func variation(deviation: Double, length: Double) throws {
    let found = try (1...6).map {
      try StainedBall(radius: 14, StainTexture(deviation: deviation, length: length), seed: $0)
        .variation
    }
    let meanDeviation = found.reduce(0) { $0 + $1.deviation } / 6
    let meanLength = found.reduce(0) { $0 + $1.length } / 6
    #expect((0.85...1.15).contains(meanDeviation / deviation), "\(meanDeviation)")
    #expect((0.8...1.2).contains(meanLength / length), "\(meanLength)")
  }

  @Test("an even stain is found even", arguments: 1...6 as ClosedRange<UInt64>)
  func even(seed: UInt64) throws {
    #expect(try StainedBall(radius: 10, nil, seed: seed).variation.deviation == 0)
  }

  @Test("the contrast beside the surface is found to a part of how it varies")
  func localContrast() throws {
    for seed in 1...4 as ClosedRange<UInt64> {
      let ball = try StainedBall(radius: 10, StainTexture(deviation: 0.1, length: 3), seed: seed)
      let model = StainModel(ball.variation, of: ball.view, in: ball.scene, noise: ball.noise)
      let found = try model.localContrast(on: ball.picture)
      let edge = ball.edge
      func scatter(_ value: (Int) -> Double) -> Double {
        let values = edge.map(value)
        let mean = values.reduce(0, +) / Double(values.count)
        return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count))
          .squareRoot()
      }
      let varies = scatter { ball.truth[$0] }
      let left = scatter { ball.truth[$0] - Double(found.voxels[$0]) }
      #expect((0.15...0.75).contains(left / varies), "\(left) of \(varies)")
    }
  }

  /// Twenty balls: the root mean square of what is off over what it is said to be is known to a sixth.
  @Test("what is left of the mean over the surface is as uncertain as it says")
  func remaining() throws {
    let ratios = try (1...20).map { seed -> Double in
      let ball = try StainedBall(
        radius: 8, StainTexture(deviation: 0.1, length: 3), seed: UInt64(seed))
      let model = StainModel(ball.variation, of: ball.view, in: ball.scene, noise: ball.noise)
      let found = try model.localContrast(on: ball.picture)
      let (edge, inside) = (
        ball.edge, ball.picture.voxels.indices.filter { ball.picture.voxels[$0] > 0.9 }
      )
      var weights = try Volume<Float>(grid: ball.picture.grid)
      var target = weights.mutableVoxels
      for voxel in edge { target[voxel] = 1 / Float(edge.count) }
      for voxel in inside { target[voxel] -= 1 / Float(inside.count) }
      let off = weights.voxels.indices.reduce(0) {
        $0 + Double(weights.voxels[$1]) * (ball.truth[$1] - Double(found.voxels[$1]))
      }
      return off / model.remainingDeviation(of: weights)
    }
    let ratio = (ratios.reduce(0) { $0 + $1 * $1 } / Double(ratios.count)).squareRoot()
    #expect((0.5...1.6).contains(ratio), "\(ratio)")
  }
}
