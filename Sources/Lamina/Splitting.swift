internal import Volumes

/// How touching objects are cut apart, as a word: `distance`, `distance:0.9`, `intensity:0.95`.
public struct Splitting: Sendable, Hashable, TextCodable {
  /// What the necks between objects are seen by.
  public enum Landscape: String, Sendable, Hashable, CaseIterable {
    /// The distance to the background, smoothed by one voxel: by shape alone.
    case distance
    /// The smoothed grey values above the threshold: for objects that are brightest in their middle,
    /// and not for nuclei whose chromatin has a texture.
    case intensity
  }

  public let landscape: Landscape
  /// Objects are cut at necks below this share of the lower of the summits on both sides: 0 cuts
  /// nowhere, 1 everywhere.
  public let neckShare: Double

  public init(by landscape: Landscape, neckShare: Double = 0.9) {
    precondition((0...1).contains(neckShare), "a share lies between 0 and 1, got \(neckShare)")
    self.landscape = landscape
    self.neckShare = neckShare
  }

  public static let byDistance = Splitting(by: .distance)

  public init?(_ description: String) {
    let parts = description.lowercased().split(separator: ":", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), let landscape = Landscape(rawValue: String(parts[0])),
      let share = parts.count == 2 ? Double(parts[1]) : 0.9, (0...1).contains(share)
    else { return nil }
    self.init(by: landscape, neckShare: share)
  }

  public var description: String { "\(landscape.rawValue):\(neckShare)" }
}

extension Splitting {
  /// The landscape whose summits are the objects of a mask.
  func landscape(
    of mask: Mask, in field: Volume<Float>, above threshold: Double
  ) throws -> Volume<Float> {
    switch landscape {
    case .distance:
      // The staircase of voxels makes summits of its own, about as wide as a voxel.
      try mask.distanceTransform().gaussianBlurred(sigma: mask.grid.spacing.min())
    case .intensity: try field.heights(above: Float(threshold))
    }
  }
}
