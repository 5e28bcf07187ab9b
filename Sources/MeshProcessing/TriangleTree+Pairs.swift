/// What pairs of triangles tell, found by going down two trees at once wherever their boxes allow.
extension TriangleTree {
  /// The distance of the nearest points of two surfaces, 0 where they cross; infinite where it is not less than a limit.
  ///
  /// Exact but for rounding: between triangles, not vertices. One surface inside of another is as far away as any.
  package func distance(to other: TriangleTree, below limit: Double = .infinity) -> Double {
    var best = limit * limit
    considerNearby(other, &best)
    search(0, other, 0, &best)
    return best < limit * limit ? best.squareRoot() : .infinity
  }

  /// Goes to and fro between points that are nearest to each other, for a start.
  private func considerNearby(_ other: TriangleTree, _ best: inout Double) {
    var here = SIMD3<Double>(corners[0])
    for _ in 0..<3 {
      let there = other.nearestPoint(to: here)
      here = nearestPoint(to: there)
      best = min(best, dot(here - there, here - there).nextUp)
    }
  }

  private func search(_ box: Int, _ other: TriangleTree, _ otherBox: Int, _ best: inout Double) {
    guard box < firstLeaf || otherBox < other.firstLeaf else {
      return searchLeaves(box - firstLeaf, other, otherBox - other.firstLeaf, &best)
    }
    let pairs = halves(box, other, otherBox)
    let (near, far) =
      pairs.0.squaredDistance <= pairs.1.squaredDistance ? pairs : (pairs.1, pairs.0)
    if Double(near.squaredDistance) < best { search(near.box, other, near.otherBox, &best) }
    if Double(far.squaredDistance) < best { search(far.box, other, far.otherBox, &best) }
  }

  private func searchLeaves(
    _ leaf: Int, _ other: TriangleTree, _ otherLeaf: Int, _ best: inout Double
  ) {
    let others = other.triangles(ofLeaf: otherLeaf)
    for first in triangles(ofLeaf: leaf) {
      let box = box(of: first)
      for second in others {
        // Cheap, and mostly enough.
        let gap = box.squaredDistance(to: other.box(of: second))
        guard Double(gap) < best else { continue }
        let isZero = gap == 0 && doCross(self[first], other[second])
        best = isZero ? 0 : min(best, squaredDistance(of: self[first], from: other[second]))
      }
    }
  }

  private func box(of triangle: Int) -> Box {
    Box(corners[3 * triangle], corners[3 * triangle + 1], corners[3 * triangle + 2])
  }

  private struct BoxPair {
    let box: Int
    let otherBox: Int
    let squaredDistance: Float
  }

  /// The two pairs of boxes that come of halving the larger one.
  private func halves(
    _ box: Int, _ other: TriangleTree, _ otherBox: Int
  ) -> (BoxPair, BoxPair) {
    func pair(_ box: Int, _ otherBox: Int) -> BoxPair {
      BoxPair(
        box: box, otherBox: otherBox,
        squaredDistance: boxes[box].squaredDistance(to: other.boxes[otherBox]))
    }
    let isOtherHalved =
      box >= firstLeaf
      || (otherBox < other.firstLeaf && other.boxes[otherBox].extent > boxes[box].extent)
    return isOtherHalved
      ? (pair(box, 2 * otherBox + 1), pair(box, 2 * otherBox + 2))
      : (pair(2 * box + 1, otherBox), pair(2 * box + 2, otherBox))
  }

  /// Hands on every pair of triangles whose boxes touch, by their numbers in the mesh, each once.
  func forEachTouchingPair(_ body: (Int, Int) -> Void) { visit(0, 0, body) }

  private func visit(_ first: Int, _ second: Int, _ body: (Int, Int) -> Void) {
    guard first == second || boxes[first].squaredDistance(to: boxes[second]) == 0 else { return }
    if first < firstLeaf {
      // Both lie equally deep, so both have halves.
      let (a, b, c, d) = (2 * first + 1, 2 * first + 2, 2 * second + 1, 2 * second + 2)
      visit(a, c, body)
      visit(a, d, body)
      if first != second { visit(b, c, body) }
      visit(b, d, body)
      return
    }
    for i in triangles(ofLeaf: first - firstLeaf) {
      for j in triangles(ofLeaf: second - firstLeaf) where first != second || i < j {
        body(number(of: i), number(of: j))
      }
    }
  }
}
