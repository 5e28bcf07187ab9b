internal import MeshProcessing
internal import Volumes

/// A way through an object that turns at voxels, pulled taut: as a string that lies along it, with its ends held, would be.
///
/// A turn goes where its neighbours see each other. Else it moves from voxel to voxel as long as that is shorter, and its corner is cut.
struct TautWay {
  private let box: ObjectBox
  private let sight: LineOfSight
  /// Where it starts, turns and ends, in the box.
  private var places: [SIMD3<Int>]

  /// - Parameter voxels: Each sees the next.
  init(along voxels: [Int], in box: ObjectBox) {
    self.box = box
    sight = LineOfSight(in: box)
    places = voxels.map { box.place(of: $0) }
    while pullOnce() {}
  }

  /// In units.
  var length: Double { zip(places, places.dropFirst()).reduce(0) { $0 + straight($1.0, $1.1) } }

  private func straight(_ a: SIMD3<Int>, _ b: SIMD3<Int>) -> Double {
    MeshProcessing.length(SIMD3<Double>(a &- b) * box.spacing)
  }

  /// Whether that made it shorter.
  private mutating func pullOnce() -> Bool {
    var (isShorter, turn) = (false, 1)
    while turn < places.count - 1 {
      if sight.isClear(from: places[turn - 1], to: places[turn + 1]) {
        places.remove(at: turn)
        isShorter = true
      } else {
        if move(turn) || cutCorner(turn) { isShorter = true }
        turn += 1
      }
    }
    return isShorter
  }

  /// Moves a turn to the neighbour by which the way is shortest.
  private mutating func move(_ turn: Int) -> Bool {
    let (here, before, after) = (places[turn], places[turn - 1], places[turn + 1])
    // Less than that is rounding, and would go on for ever.
    var shortest = (straight(before, here) + straight(here, after)) * (1 - 1e-12)
    for step in ObjectBox.neighbours {
      let place = here &+ step
      let length = straight(before, place) + straight(place, after)
      guard length < shortest, box.isInside[box.number(of: place)],
        sight.isClear(from: before, to: place), sight.isClear(from: place, to: after)
      else { continue }
      shortest = length
      places[turn] = place
    }
    return places[turn] != here
  }

  /// Two turns in place of one, as far from it towards its neighbours as they see each other.
  private mutating func cutCorner(_ turn: Int) -> Bool {
    let (here, before, after) = (places[turn], places[turn - 1], places[turn + 1])
    let length = (straight(before, here) + straight(here, after)) * (1 - 1e-12)
    for part in [0.5, 0.25, 0.125, 0.0625] {
      let (first, second) = (
        partway(from: here, to: before, part), partway(from: here, to: after, part)
      )
      guard box.isInside[box.number(of: first)], box.isInside[box.number(of: second)],
        straight(before, first) + straight(first, second) + straight(second, after) < length,
        sight.isClear(from: before, to: first), sight.isClear(from: first, to: second),
        sight.isClear(from: second, to: after)
      else { continue }
      places.replaceSubrange(turn...turn, with: [first, second])
      return true
    }
    return false
  }

  private func partway(from start: SIMD3<Int>, to end: SIMD3<Int>, _ part: Double) -> SIMD3<Int> {
    start &+ SIMD3<Int>((part * SIMD3<Double>(end &- start)).rounded(.toNearestOrEven))
  }
}
