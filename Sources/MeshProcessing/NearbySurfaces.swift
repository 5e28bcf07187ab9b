/// Boxes around many surfaces, sorted along x, to find those that are near to one without a look at all.
package struct NearbySurfaces: Sendable {
  private struct Entry {
    let surface: Int
    let box: TriangleTree.Box
  }

  /// By where they begin along x; empty surfaces are none.
  private let sorted: [Entry]
  /// Where each surface is among them.
  private let places: [Int?]
  /// The widest box along x.
  private let widest: Float

  package init(_ trees: [TriangleTree?]) {
    sorted = trees.indices.compactMap { index in
      trees[index].map { Entry(surface: index, box: $0.boxes[0]) }
    }.sorted { ($0.box.lower.x, $0.surface) < ($1.box.lower.x, $1.surface) }
    var places = [Int?](repeating: nil, count: trees.count)
    for (place, entry) in sorted.enumerated() { places[entry.surface] = place }
    self.places = places
    widest = sorted.reduce(0) { max($0, $1.box.upper.x - $1.box.lower.x) }
  }

  /// How many surfaces there are beside one.
  package var otherCount: Int { sorted.count - 1 }

  /// The longest side of the box around a surface.
  package func extent(of surface: Int) -> Double {
    places[surface].map { Double(sorted[$0].box.extent) } ?? 0
  }

  /// The other surfaces whose boxes are no farther from that of one than a distance, the nearest box first.
  package func around(_ surface: Int, within distance: Double) -> [(surface: Int, gap: Double)] {
    guard let place = places[surface] else { return [] }
    let box = sorted[place].box
    // Floats are rounded; what is a little farther away does no harm.
    let reach = Float(distance).nextUp
    let before = sorted[..<place].reversed().prefix {
      $0.box.lower.x + widest >= box.lower.x - reach
    }
    let after = sorted[(place + 1)...].prefix { $0.box.lower.x <= box.upper.x + reach }
    var found: [(surface: Int, gap: Double)] = []
    for entry in [before.map { $0 }, after.map { $0 }].joined() {
      let gap = Double(entry.box.squaredDistance(to: box)).squareRoot()
      if gap <= distance { found.append((entry.surface, gap)) }
    }
    return found.sorted { ($0.gap, $0.surface) < ($1.gap, $1.surface) }
  }
}
