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
/// surface nothing of that follows from the inside. What a wrong blur leaves of the image is no stain, and no
/// stain makes the edge of the evened object look like that blur or moves the surface farther than it is uncertain.
struct EvenedObject {
  private(set) var scene: ObjectScene
  private(set) var matched: MatchedSurface
  /// The noise of the unfiltered image.
  private(set) var noise: ImageNoise
  /// Of the image as it was recorded.
  private(set) var stain: StainVariation
  /// `nil` where the stain is even.
  private(set) var model: StainModel?
  /// What the volume became larger by, in cubic units.
  private(set) var correction = 0.0

  private static let rounds = 5
  /// The search ends when the volume changes by less than this part.
  private static let tolerance = 1e-3
  /// In standard uncertainties of the volume within an uneven surface.
  private static let farthest = 5.0

  init(
    _ matched: MatchedSurface, in scene: ObjectScene, isEvened: Bool
  ) throws(VolumeError) {
    self.scene = scene
    self.matched = matched
    noise = ImageNoise(of: matched.view, in: scene)
    stain = StainVariation(of: matched.view, in: scene, noise: noise)
    guard isEvened, let even = try evened(),
      let moved = try MatchedSurface(from: even.level, in: even.scene),
      try !even.scene.contradictsBlur(of: moved.view), isExplained(moved, by: even.stain)
    else { return }
    correction = moved.volume - matched.volume
    (self.scene, self.matched, stain, model) = (even.scene, moved, even.stain, even.model)
    noise = ImageNoise(of: moved.view, in: even.scene)
  }

  /// Whether a stain would move the surface that far: light that is not of the object may look like one.
  private func isExplained(_ moved: MatchedSurface, by stain: StainVariation) -> Bool {
    let before = matched.surface.surface(.vertices)
    let level = stain.uncertaintyUncorrected(
      contrast: matched.view.fit.contrast, area: before.mesh.surfaceArea)
    let farthest = Self.farthest * stain.widening * level * before.volumePerLevel
    return abs(moved.volume - matched.volume) < farthest
  }

  private typealias Round = (
    scene: ObjectScene, level: Double, stain: StainVariation, model: StainModel
  )

  /// The last of the rounds; `nil` where the stain is not seen to vary.
  private func evened() throws(VolumeError) -> Round? {
    var (noise, level, view, volume) = (noise, matched.level, matched.view, 0.0)
    var last: Round?
    for _ in 0..<Self.rounds {
      let stain = StainVariation(of: view, in: scene, noise: noise)
      guard stain.deviation > 0, stain.length > scene.blurWidth else { break }
      let model = StainModel(stain, of: view, in: scene, noise: noise)
      let contrast = try model.localContrast(on: view.picture)
      let even = try scene.evened(by: contrast, view.fit)
      guard let surface = even.surface(at: level)?.surface(.vertices),
        let next = try even.view(of: surface)
      else { break }
      (level, view) = (next.fit.halfLevel, next)
      last = (even, level, stain, model)
      noise = ImageNoise(of: view, in: even)
      let before = volume
      volume = surface.mesh.signedVolume
      if abs(volume - before) < Self.tolerance * volume { break }
    }
    return last
  }
}

extension MatchedSurface {
  fileprivate var volume: Double { surface.surface(.vertices).mesh.signedVolume }
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
