internal import Phantoms
internal import Reconstruction
internal import Volumes

extension Calibration {
  /// How many phantoms ``runContacts(finished:)`` makes.
  public var contactCount: Int { 2 * ContactPhantom.Shape.allCases.count * radii.count * count }

  /// Makes pairs of balls that meet and measures the areas over which they do, any way round and parallel to the slices:
  /// a row for each way of meeting and each radius of the rim.
  ///
  /// They are label images: of the settings only ``spacing``, ``radii``, ``count`` and ``seed`` have to do with them.
  /// - Parameter finished: Called after every phantom.
  public func runContacts(finished: @Sendable () -> Void = {}) throws -> [Row] {
    var rows: [Row] = []
    for radius in radii {
      for isParallel in [false, true] {
        for shape in ContactPhantom.Shape.allCases {
          let trials = try Parallel.map(count) { index in
            defer { finished() }
            return try trial(
              ContactPhantom(
                shape, radius: radius, isParallel: isParallel, spacing: spacing,
                seed: seed &+ UInt64(index)))
          }
          let name = shape.rawValue + (isParallel ? "-parallel" : "")
          rows.append(Row(name, radius, "contact_area", trials))
        }
      }
    }
    return rows
  }

  /// The area of one contact. One that was not found at all is 100 % too small.
  private func trial(_ phantom: ContactPhantom) throws -> Trial {
    guard let found = try phantom.labels().contactAreas().first else {
      return Trial(error: -1, claimed: .nan, limit: .nan)
    }
    let truth = phantom.contactArea
    return Trial(
      error: found.area / truth - 1, claimed: found.uncertainty / truth, limit: .nan)
  }
}
