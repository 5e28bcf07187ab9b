internal import Reconstruction
internal import Volumes

extension Segmentation {
  /// How many objects are asked, the largest first, and how large the box of one may be, in voxels.
  private static let (mostObjects, largestBox) = (12, 1 << 22)

  /// What it does to the median object that surfaces run at the threshold; empty where they do not, or
  /// where that is less than two per cent of volume and area.
  func levelWarnings(_ options: AnalysisOptions) throws -> [String] {
    guard options.surface == .grey, options.pointSpread == nil, let field, let threshold else {
      return []
    }
    let asked = objects.filter {
      let size = $0.upper &- $0.lower &+ 1
      return !$0.touchesBorder(of: grid) && size.x * size.y * size.z <= Self.largestBox
    }
    .sorted { ($1.voxelCount, $0.label) < ($0.voxelCount, $1.label) }
    .prefix(Self.mostObjects)
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
