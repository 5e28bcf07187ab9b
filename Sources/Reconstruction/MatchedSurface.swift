internal import MeshProcessing
internal import Volumes

/// The surface of an object that looks like the field when it is seen through the blur.
///
///      ┌─▶ surface ─▶ its picture ─┬─▶ background, contrast ─▶ level ──────────────┐
///      │                           └─▶ what its points lack of half ─▶ shifts ─────┤
///      └───────────────────────────────────────────────────────────────────────────┘
///
/// The blur is undone by what is known of curved surfaces (``LevelSetShape/shift(byBlurOf:)``) to a few thousandths of
/// the radius. What that leaves out, and what the lattice does to second derivatives, shows in the picture: where it is
/// darker than half-way at a point of the level set, the surface has to lie farther out. Field and picture are
/// interpolated in the same way at the same points, so that errors of the interpolation cancel.
struct MatchedSurface {
  private(set) var surface: PlacedSurface
  private(set) var level: Double
  /// What the surface looks like.
  private(set) var view: ObjectScene.View
  /// The part of an error in the level that remains after a step, measured on a surface that is a little larger.
  let remainder: Double

  private static let rounds = 5

  /// `nil` where there is no surface that looks like the field.
  init?(from start: Double, in scene: ObjectScene) throws(VolumeError) {
    level = start
    guard let first = scene.surface(at: start), let view = try scene.view(of: first),
      let remainder = try Self.remainder(at: first, view, in: scene)
    else { return nil }
    (surface, self.view, self.remainder) = (first, view, remainder)
    for _ in 1..<Self.rounds {
      level += change / (1 - LevelSearch.believed(remainder))
      try surface.match(self.view.picture, at: level)
      guard let view = try scene.view(of: surface) else { return nil }
      self.view = view
    }
    guard abs(change) < LevelSearch.limit * self.view.fit.contrast else { return nil }
  }

  private var change: Double { view.fit.halfLevel - level }

  /// A level that is higher by dL moves the surface inwards by dL / steepness, and the level that follows from that
  /// surface is higher by a part of dL.
  private static func remainder(
    at surface: PlacedSurface, _ view: ObjectScene.View, in scene: ObjectScene
  ) throws(VolumeError) -> Double? {
    let surface = surface.surface(.vertices)
    let step = scene.region.grid.spacing.min() / 10
    guard let larger = try scene.view(of: surface.offset(by: step)) else { return nil }
    let fall = surface.mesh.surfaceArea * step / surface.volumePerLevel
    return (view.fit.halfLevel - larger.fit.halfLevel) / fall
  }
}
