internal import MeshProcessing
public import Volumes

/// The voxels whose centres lie in the convex hull of an object, as scikit-image has them: the hull
/// of the middles of the voxels' faces, in indices of voxels whatever their spacing.
public struct ConvexVoxels: Sendable, Hashable {
  /// How many there are.
  public let count: Int
  /// The largest distance of two points midway between one of these voxels and a neighbour that is
  /// none, in units.
  public let largestDiameter: Double

  public init(_ object: LabelObject, in labels: LabelVolume) {
    let rows = ConvexRows(object, in: labels)
    count = rows.count
    let spacing = labels.grid.spacing
    // Twice the index is whole for middles, too.
    largestDiameter =
      FarthestPair(
        among: rows.borderMiddles.map { SIMD3<Double>($0) / 2 * spacing }
      ).distance
  }
}

/// The rows of convex voxels along x, each from its first to its last; from the lower corner of the
/// object.
private struct ConvexRows {
  private let size: SIMD3<Int>
  private var rows: [ClosedRange<Int>?]

  init(_ object: LabelObject, in labels: LabelVolume) {
    size = object.upper &- object.lower &+ 1
    rows = Array(repeating: nil, count: size.y * size.z)
    let (corners, planes) = Self.hull(of: labels.rowEnds(of: object))
    for z in 0..<size.z {
      for y in 0..<size.y {
        rows[z * size.y + y] = Self.row(SIMD3(0, 2 * y, 2 * z), 0...size.x - 1, corners, planes)
      }
    }
  }

  var count: Int { rows.reduce(0) { $0 + ($1?.count ?? 0) } }

  /// Twice the middles of the voxels' faces and one corner and the outward normal of every face of
  /// their hull.
  private static func hull(
    of ends: [SIMD3<Int>]
  ) -> (corners: [SIMD3<Int>], normals: [SIMD3<Int>]) {
    // One voxel of room, so that no coordinate is negative.
    let steps: [SIMD3<Int>] = [SIMD3(1, 0, 0), SIMD3(0, 1, 0), SIMD3(0, 0, 1)]
    let middles = ends.flatMap { end in
      steps.flatMap { [2 &* end &+ 1 &+ $0, 2 &* end &+ 1 &- $0] }
    }
    let faces = QuickHull.faces(of: middles) ?? []
    return (
      faces.map { middles[Int($0.a)] &- 1 },
      faces.map {
        let a = middles[Int($0.a)]
        let (p, q) = (middles[Int($0.b)] &- a, middles[Int($0.c)] &- a)
        return SIMD3(
          p.y &* q.z &- p.z &* q.y, p.z &* q.x &- p.x &* q.z, p.x &* q.y &- p.y &* q.x)
      }
    )
  }

  /// The part of a row that lies behind all planes: twice its place is `start + 2 x`.
  private static func row(
    _ start: SIMD3<Int>, _ range: ClosedRange<Int>, _ corners: [SIMD3<Int>],
    _ normals: [SIMD3<Int>]
  ) -> ClosedRange<Int>? {
    var (low, high) = (range.lowerBound, range.upperBound)
    for (corner, normal) in zip(corners, normals) {
      // normal.x · 2 x has to be at most this.
      let limit = (normal &* (corner &- start)).wrappedSum()
      let slope = 2 * normal.x
      if slope > 0 {
        high = min(high, floorOfRatio(limit, slope))
      } else if slope < 0 {
        low = max(low, -floorOfRatio(limit, -slope))
      } else if limit < 0 {
        return nil
      }
      if low > high { return nil }
    }
    return low...high
  }

  private static func floorOfRatio(_ a: Int, _ b: Int) -> Int {
    let (quotient, rest) = a.quotientAndRemainder(dividingBy: b)
    return rest < 0 ? quotient - 1 : quotient
  }

  private func row(_ y: Int, _ z: Int) -> ClosedRange<Int>? {
    (0..<size.y).contains(y) && (0..<size.z).contains(z) ? rows[z * size.y + y] : nil
  }

  /// Twice the points midway between a voxel and a neighbour that is none. Of those that follow one
  /// another along a row, the first and the last are enough.
  var borderMiddles: [SIMD3<Int>] {
    var middles: [SIMD3<Int>] = []
    for z in 0..<size.z {
      for y in 0..<size.y {
        guard let row = row(y, z) else { continue }
        middles.append(SIMD3(2 * row.lowerBound - 1, 2 * y, 2 * z))
        middles.append(SIMD3(2 * row.upperBound + 1, 2 * y, 2 * z))
        for (dy, dz) in [(-1, 0), (1, 0), (0, -1), (0, 1)] {
          for x in Self.ends(of: row, beside: self.row(y + dy, z + dz)) {
            middles.append(SIMD3(2 * x, 2 * y + dy, 2 * z + dz))
          }
        }
      }
    }
    return middles
  }

  /// The ends of the parts of a row that another one does not cover.
  private static func ends(of row: ClosedRange<Int>, beside other: ClosedRange<Int>?) -> [Int] {
    guard let other, other.overlaps(row) else { return [row.lowerBound, row.upperBound] }
    var ends: [Int] = []
    if row.lowerBound < other.lowerBound { ends += [row.lowerBound, other.lowerBound - 1] }
    if row.upperBound > other.upperBound { ends += [other.upperBound + 1, row.upperBound] }
    return ends
  }
}
