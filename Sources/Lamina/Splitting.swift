internal import Volumes

/// How touching objects are cut apart, as a word: `distance`, `both:0.94`, `intensity:0.95`.
public struct Splitting: Sendable, Hashable, TextCodable {
  /// What the necks between objects are seen by.
  public enum Landscape: String, Sendable, Hashable, CaseIterable {
    /// The distance to the background, smoothed by one voxel: by shape alone.
    case distance
    /// The distance and the grey values: for nuclei packed so closely that a dark seam tells more than a
    /// waist. Cuts some single nuclei with a dark middle.
    case both
    /// The smoothed grey values above the threshold: for objects that are brightest in their middle,
    /// and not for nuclei whose chromatin has a texture.
    case intensity

    /// The share below which a neck is one, where nothing else is said.
    fileprivate var usualShare: Double {
      switch self {
      case .both: 0.94
      case .distance, .intensity: 0.9
      }
    }
  }

  public let landscape: Landscape
  /// Objects are cut at necks below this share of the lower of the summits on both sides: 0 cuts
  /// nowhere, 1 everywhere.
  public let neckShare: Double

  /// - Parameter neckShare: `nil` for what suits the landscape: 0.94 for both, 0.9 for one of them.
  public init(by landscape: Landscape, neckShare: Double? = nil) {
    let share = neckShare ?? landscape.usualShare
    precondition((0...1).contains(share), "a share lies between 0 and 1, got \(share)")
    self.landscape = landscape
    self.neckShare = share
  }

  public static let byDistance = Splitting(by: .distance)

  public init?(_ description: String) {
    let parts = description.lowercased().split(separator: ":", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), let landscape = Landscape(rawValue: String(parts[0]))
    else { return nil }
    let share = parts.count == 2 ? Double(parts[1]) : landscape.usualShare
    guard let share, (0...1).contains(share) else { return nil }
    self.init(by: landscape, neckShare: share)
  }

  public var description: String { "\(landscape.rawValue):\(neckShare)" }
}
