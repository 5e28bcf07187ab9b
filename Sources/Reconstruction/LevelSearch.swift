internal import Volumes

/// A rough search for the level that leads to itself, from a threshold that may be far off.
///
/// The surface at a level, seen through the blur, makes background and contrast, and half-way between them is the next
/// level. Each step leaves about the same part of the error, so that from two of them it can be told where they
/// lead (Aitken).
struct LevelSearch {
  /// As far as it has been found.
  private(set) var level: Double

  private static let rounds = 8
  /// The search ends when the level changes by less than this part of the contrast.
  private static let tolerance = 2e-3
  /// What it may still change by, where the search ends without.
  static let limit = 0.02

  /// `nil` where the search leads nowhere.
  init?(from start: Double, in scene: ObjectScene) throws(VolumeError) {
    level = start
    var before: (level: Double, change: Double)?
    var remainder = 0.0
    var change = Double.infinity
    for _ in 0..<Self.rounds {
      guard let surface = scene.surface(at: level), let fit = try scene.view(of: surface)?.fit
      else { return nil }
      let next = fit.halfLevel - level
      // Steps that are all but none tell nothing new.
      if let before, level != before.level {
        remainder = Self.believed(1 - (before.change - next) / (level - before.level))
      }
      before = (level, next)
      level += next / (1 - remainder)
      change = abs(next) / fit.contrast
      if change < Self.tolerance { break }
    }
    guard change < Self.limit else { return nil }
  }

  /// The part of an error that a step leaves, within reason.
  static func believed(_ remainder: Double) -> Double { min(max(remainder, -0.5), 0.85) }
}
