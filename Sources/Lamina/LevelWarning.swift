internal import Reconstruction
internal import Volumes

extension Segmentation {
  /// What it does to the median object that surfaces run at the threshold; empty where they do not, or
  /// where that is less than two per cent of volume and area.
  func levelWarnings(_ options: AnalysisOptions) throws -> [String] {
    guard options.surface == .grey, options.pointSpread == nil, let field, let threshold else {
      return []
    }
    let asked = largestWholeObjects
    let effects = try Parallel.map(asked.count) {
      try field.levelEffect(on: asked[$0], in: labels, level: threshold)
    }.compactMap { $0 }
    let (volume, area) = (median(effects.map(\.volumeChange)), median(effects.map(\.areaChange)))
    guard max(abs(volume), abs(area)) > 0.02 else { return [] }
    let who =
      effects.count == 1 ? "the object" : "the median of the \(effects.count) largest objects"
    return [
      "surfaces run at the threshold, \(threshold.text(digits: 5)), and what is measured depends on it:"
        + " at half of its own contrast (\(median(effects.map(\.halfLevel)).text(digits: 5))) \(who) has"
        + " \(volume.asChange) volume and \(area.asChange) area, before blur is undone; --psf auto does"
        + " both, and says how well the numbers are known"
    ]
  }
}

extension Double {
  /// A relative change: `11 % less`.
  fileprivate var asChange: String {
    "\(abs(100 * self).text(digits: 2)) % \(self < 0 ? "less" : "more")"
  }
}
