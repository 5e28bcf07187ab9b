internal import LibC
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
  /// By how much the last round has changed the level.
  private(set) var change = 0.0
  /// What the last round has added.
  private(set) var lastGain = RoundGain()

  private static let rounds = 5

  /// `nil` where there is no surface that looks like the field.
  init?(from start: Double, in scene: ObjectScene) throws(VolumeError) {
    level = start
    guard let first = scene.surface(at: start), let view = try scene.view(of: first),
      let growth = try SurfaceGrowth(of: first, view, in: scene)
    else { return nil }
    (surface, self.view) = (first, view)
    for _ in 1..<Self.rounds {
      guard try advance(by: growth, in: scene) else { return nil }
    }
  }

  /// One round; returns whether the surface still explains the image.
  private mutating func advance(
    by growth: SurfaceGrowth, in scene: ObjectScene
  ) throws(VolumeError) -> Bool {
    let remainder = LevelSearch.believed(growth.remainder)
    let mismatch = surface.mismatch(with: try CubicSpline(scene.filtered(view.picture)))
    // The surface will be smaller by what is too bright, and the level therefore higher.
    let next = view.fit.halfLevel + remainder * view.fit.contrast * mismatch.brightness
    // A blur that is not that of the image leads far away.
    let most = LevelSearch.limit * view.fit.contrast
    change = min(max((next - level) / (1 - remainder), -most), most)
    level += change
    let before = surface.surface(.vertices)
    surface.match(mismatch, at: level)
    let after = surface.surface(.vertices)
    guard let view = try scene.view(of: after) else { return false }
    self.view = view
    lastGain = RoundGain(from: before, to: after, beside: change)
    return true
  }

  /// How many rounds like the last one it would take to find what is still missing.
  ///
  /// A wave of the surface that is seen through the blur with a strength b keeps 1 - b of its error in each round
  /// (Landweber 1951, doi:10.2307/2372313). With waves of all strengths alike 1 / (n + 1) of the error is left after n
  /// rounds, which is n times what the last one took. Beside an edge, where the curvature jumps, much is in
  /// waves that are hardly seen: 2 n ln n times.
  /// - Parameter unresolvedFraction: The part of the surface that may as well be an edge, from 0 to 1.
  static func roundsLeft(unresolvedFraction: Double) -> Double {
    let done = Double(rounds - 1)
    return (1 - unresolvedFraction) * done + unresolvedFraction * 2 * done * log(done)
  }
}
