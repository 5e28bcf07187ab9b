/// The triangles of a mesh in a tree of boxes, to find the one that is nearest to a point.
///
/// Triangles are sorted along a space-filling curve (Morton 1966) and the boxes of runs of four are
/// joined pairwise up to the root, which needs no pointers: the children of box i are 2 i + 1 and
/// 2 i + 2.
package struct TriangleTree: Sendable {
  struct Box {
    var lower = SIMD3<Float>(repeating: .infinity)
    var upper = SIMD3<Float>(repeating: -.infinity)

    init() {}

    init(_ a: SIMD3<Float>, _ b: SIMD3<Float>, _ c: SIMD3<Float>) {
      include(a, a)
      include(b, b)
      include(c, c)
    }

    @inline(__always)
    fileprivate mutating func include(_ lower: SIMD3<Float>, _ upper: SIMD3<Float>) {
      self.lower = pointwiseMin(self.lower, lower)
      self.upper = pointwiseMax(self.upper, upper)
    }

    /// Infinite for an empty box.
    @inline(__always)
    func squaredDistance(to point: SIMD3<Float>) -> Float {
      // pointwiseMax is a loop, which takes three times as long.
      let (below, above) = (lower - point, point - upper)
      let beyond = below.replacing(with: above, where: below .< above)
      let outside = beyond.replacing(with: 0, where: beyond .< 0)
      return (outside * outside).sum()
    }

    /// 0 where they touch, infinite for an empty box.
    @inline(__always)
    func squaredDistance(to other: Box) -> Float {
      let (below, above) = (lower - other.upper, other.lower - upper)
      let beyond = below.replacing(with: above, where: below .< above)
      let outside = beyond.replacing(with: 0, where: beyond .< 0)
      return (outside * outside).sum()
    }

    /// The longest side.
    var extent: Float { (upper - lower).max() }
  }

  /// Which triangle of the mesh each one is.
  let numbers: [UInt32]
  /// Three corners a triangle.
  let corners: [SIMD3<Float>]
  let boxes: [Box]
  /// The number of the first leaf among the boxes.
  let firstLeaf: Int

  private static let leafSize = 4

  /// A tree of the triangles of a mesh, at least one.
  package init(_ mesh: TriangleMesh) {
    precondition(!mesh.isEmpty, "a tree needs at least one triangle")
    var corners: [SIMD3<Float>] = []
    corners.reserveCapacity(3 * mesh.triangles.count)
    let order = Self.order(of: mesh)
    numbers = order.map { UInt32($0) }
    for index in order {
      let triangle = mesh.triangles[index]
      corners.append(mesh.positions[Int(triangle.a)])
      corners.append(mesh.positions[Int(triangle.b)])
      corners.append(mesh.positions[Int(triangle.c)])
    }
    self.corners = corners
    let leaves = (mesh.triangles.count + Self.leafSize - 1) / Self.leafSize
    var width = 1
    while width < leaves { width *= 2 }
    firstLeaf = width - 1
    var boxes = [Box](repeating: Box(), count: 2 * width - 1)
    for (place, corner) in corners.enumerated() {
      boxes[firstLeaf + place / (3 * Self.leafSize)].include(corner, corner)
    }
    for parent in (0..<firstLeaf).reversed() {
      boxes[parent] = boxes[2 * parent + 1]
      boxes[parent].include(boxes[2 * parent + 2].lower, boxes[2 * parent + 2].upper)
    }
    self.boxes = boxes
  }

  /// The triangles by the place of their centres on a Morton curve.
  private static func order(of mesh: TriangleMesh) -> [Int] {
    mesh.triangles.lazy.map { triangle in
      (mesh.positions[Int(triangle.a)] + mesh.positions[Int(triangle.b)]
        + mesh.positions[Int(triangle.c)]) / 3
    }.mortonOrder()
  }

  /// The triangle nearest to a point and the squared distance to it.
  ///
  /// - Parameter guess: A triangle that may be near, as an earlier search has found it.
  package func nearest(
    to point: SIMD3<Double>, guess: Int = 0
  ) -> (triangle: Int, squaredDistance: Double) {
    var best = (triangle: guess, squaredDistance: squaredDistance(to: point, from: guess))
    search(0, for: point, &best)
    return best
  }

  /// A triangle by its place in the tree.
  subscript(triangle: Int) -> Corners {
    (
      SIMD3<Double>(corners[3 * triangle]), SIMD3<Double>(corners[3 * triangle + 1]),
      SIMD3<Double>(corners[3 * triangle + 2])
    )
  }

  /// The number in the mesh of a triangle that a search has found.
  package func number(of triangle: Int) -> Int { Int(numbers[triangle]) }

  /// The point of the surface that is nearest to a point.
  package func nearestPoint(to point: SIMD3<Double>) -> SIMD3<Double> {
    nearestPoint(to: point, on: nearest(to: point).triangle)
  }

  /// A triangle within a distance of a point, not always the nearest; `nil` where there is none.
  ///
  /// - Parameter guess: A triangle that may be near, as an earlier search has found it.
  package func triangle(within distance: Double, of point: SIMD3<Double>, guess: Int) -> Int? {
    let square = distance * distance
    if squaredDistance(to: point, from: guess) <= square { return guess }
    return firstTriangle(in: 0, SIMD3<Float>(point), point, within: square)
  }

  private func firstTriangle(
    in box: Int, _ place: SIMD3<Float>, _ point: SIMD3<Double>, within square: Double
  ) -> Int? {
    guard box < firstLeaf else {
      return triangles(ofLeaf: box - firstLeaf).first {
        squaredDistance(to: point, from: $0) <= square
      }
    }
    var (near, far) = (2 * box + 1, 2 * box + 2)
    var nearDistance = boxes[near].squaredDistance(to: place)
    var farDistance = boxes[far].squaredDistance(to: place)
    if farDistance < nearDistance {
      swap(&near, &far)
      swap(&nearDistance, &farDistance)
    }
    guard Double(nearDistance) <= square else { return nil }
    if let found = firstTriangle(in: near, place, point, within: square) { return found }
    guard Double(farDistance) <= square else { return nil }
    return firstTriangle(in: far, place, point, within: square)
  }

  /// Searches a box, the nearer half first, unless it is farther away than what has been found.
  private func search(
    _ box: Int, for point: SIMD3<Double>, _ best: inout (triangle: Int, squaredDistance: Double)
  ) {
    guard box < firstLeaf else { return searchLeaf(box - firstLeaf, for: point, &best) }
    let place = SIMD3<Float>(point)
    var (near, far) = (2 * box + 1, 2 * box + 2)
    var nearDistance = boxes[near].squaredDistance(to: place)
    var farDistance = boxes[far].squaredDistance(to: place)
    if farDistance < nearDistance {
      swap(&near, &far)
      swap(&nearDistance, &farDistance)
    }
    if Double(nearDistance) < best.squaredDistance { search(near, for: point, &best) }
    if Double(farDistance) < best.squaredDistance { search(far, for: point, &best) }
  }

  @inline(__always)
  private func searchLeaf(
    _ leaf: Int, for point: SIMD3<Double>, _ best: inout (triangle: Int, squaredDistance: Double)
  ) {
    for triangle in triangles(ofLeaf: leaf) {
      let distance = squaredDistance(to: point, from: triangle)
      if distance < best.squaredDistance { best = (triangle, distance) }
    }
  }

  @inline(__always)
  func triangles(ofLeaf leaf: Int) -> Range<Int> {
    let count = corners.count / 3
    return min(leaf * Self.leafSize, count)..<min((leaf + 1) * Self.leafSize, count)
  }

  private func squaredDistance(to point: SIMD3<Double>, from triangle: Int) -> Double {
    let difference = point - nearestPoint(to: point, on: triangle)
    return dot(difference, difference)
  }

  @inline(__always)
  private func nearestPoint(to point: SIMD3<Double>, on triangle: Int) -> SIMD3<Double> {
    let (a, b, c) = self[triangle]
    return MeshProcessing.nearestPoint(to: point, a, b, c)
  }
}
