internal import MeshProcessing
internal import Volumes

/// An object with its surface, in the image as it would be if the object were evenly stained.
///
///      ┌─▶ surface ─▶ its picture ─▶ what it leaves of the image ─▶ local contrast ─▶ evened image ─┐
///      └─────────────────────────────────────────────────────────────────────────────────────────────┘
///
/// Where a stain is weaker than its mean, half of the mean contrast lies deeper inside. Once the surface
/// is out of weak patches, more of them is seen, and the local contrast is found better (``StainModel``). An object
/// whose stain is not seen to vary stays as it is, and so does one whose stain varies within less than the blur: beside the
/// surface nothing of that follows from the inside. What a wrong blur leaves of the image is no stain.
struct EvenedObject {
  private(set) var scene: ObjectScene
  private(set) var matched: MatchedSurface
  /// The noise of the unfiltered image.
  private(set) var noise: ImageNoise
  /// Of the image as it was recorded.
  private(set) var stain: StainVariation
  /// `nil` where the stain is even.
  private(set) var model: StainModel?

  private static let rounds = 3
  /// The search ends when the volume changes by less than this part.
  private static let tolerance = 2e-3

  init(
    _ matched: MatchedSurface, in scene: ObjectScene, isEvened: Bool
  ) throws(VolumeError) {
    self.scene = scene
    self.matched = matched
    noise = ImageNoise(of: matched.view, in: scene)
    stain = StainVariation(of: matched.view, in: scene, noise: noise)
    if isEvened, stain.deviation > 0, stain.length > scene.blurWidth,
      try !scene.contradictsBlur(of: matched.view)
    {
      try even(scene)
    }
  }

  private mutating func even(_ recorded: ObjectScene) throws(VolumeError) {
    var (level, view, volume) = (matched.level, matched.view, 0.0)
    for _ in 0..<Self.rounds {
      let variation = StainVariation(of: view, in: recorded, noise: noise)
      guard variation.deviation > 0, variation.length > recorded.blurWidth else { break }
      let model = StainModel(variation, of: view, in: recorded, noise: noise)
      let evened = try recorded.evened(by: model.localContrast(on: view), view.fit)
      guard let surface = evened.surface(at: level)?.surface(.vertices),
        let next = try evened.view(of: surface)
      else { break }
      (scene, stain, self.model) = (evened, variation, model)
      (level, view) = (next.fit.halfLevel, next)
      noise = ImageNoise(of: view, in: scene)
      let before = volume
      volume = surface.mesh.signedVolume
      if abs(volume - before) < Self.tolerance * volume { break }
    }
    if let matched = try MatchedSurface(from: level, in: scene) {
      self.matched = matched
    } else {
      (scene, model) = (recorded, nil)
    }
    noise = ImageNoise(of: matched.view, in: scene)
  }
}

extension ObjectScene {
  /// Whether the edge of the object has another blur, by more than a quarter of its variance.
  fileprivate func contradictsBlur(of view: View) throws(VolumeError) -> Bool {
    let misfit = try blurMisfit(of: view)
    return ((misfit?.contradiction ?? .zero) / blurVariance).max() > 0.25
  }
}

extension ImageNoise {
  fileprivate init(of view: ObjectScene.View, in scene: ObjectScene) {
    self.init(
      scene.recorded, picture: view.picture, others: scene.others, view.fit, region: scene.region)
  }
}

extension StainVariation {
  fileprivate init(of view: ObjectScene.View, in scene: ObjectScene, noise: ImageNoise) {
    self.init(
      scene.recorded, picture: view.picture, others: scene.others, view.fit, noise: noise,
      region: scene.region)
  }
}
