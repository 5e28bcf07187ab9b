internal import Volumes

/// A rough search for the level that leads to itself, from one that may be far off.
///
/// The surface at a level, seen through the known blur, makes background and contrast, and half-way between them is the
/// next level. Each step leaves about the same part of the error, so that from two of them it can be told where they
/// lead (Aitken). Where they lead nowhere, as for a ring that is hardly wider than the blur, the level is taken that comes
/// nearest to leading to itself.
struct LevelSearch {
  /// As far as it has been found.
  private(set) var level: Double
  /// By how much the level that follows differs from it, as a part of the contrast.
  private var change = Double.infinity

  private static let rounds = 8
  /// The search ends when the level changes by less than this part of the contrast.
  private static let tolerance = 2e-3
  /// What it may still change by, as a part of the contrast, where the search ends without.
  static let limit = 0.05

  /// `nil` where the search leads nowhere near.
  init?(from start: Double, in scene: ObjectScene) throws(VolumeError) {
    level = start
    var trial = start
    var before: (level: Double, change: Double)?
    var remainder = 0.0
    for _ in 0..<Self.rounds {
      guard let surface = scene.surface(at: trial), let fit = try scene.view(of: surface)?.fit
      else { break }
      let next = fit.halfLevel - trial
      // Steps that are all but none tell nothing new.
      if let before, trial != before.level {
        remainder = Self.believed(1 - (before.change - next) / (trial - before.level))
      }
      if abs(next) < change * fit.contrast {
        (level, change) = (trial, abs(next) / fit.contrast)
      }
      if change < Self.tolerance { break }
      before = (trial, next)
      trial += next / (1 - remainder)
    }
    guard change < Self.limit else { return nil }
  }

  /// The part of an error that a step leaves, within reason.
  static func believed(_ remainder: Double) -> Double { min(max(remainder, -0.5), 0.95) }
}
