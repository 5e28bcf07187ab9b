/// How many triangles the wall between each pair of labels has in a part of the image.
struct WallCounts: Sendable {
  /// The pairs in the order in which they were met: the smaller label in the upper half.
  private(set) var pairs: [UInt64] = []
  private(set) var triangleCounts: [Int] = []
  private var indices: [UInt64: Int] = [:]
  /// The pairs met last and their indices, by a few bits of the pair: neighbouring faces are often
  /// of the same wall.
  private var recentPairs = [UInt64](repeating: 0, count: 256)
  private var recentIndices = [Int](repeating: 0, count: 256)

  mutating func add(_ triangles: Int, to face: NetFace) {
    triangleCounts[index(of: face)] += triangles
  }

  /// The number of the wall that a face is part of.
  @inline(__always)
  mutating func index(of face: NetFace) -> Int {
    let pair = UInt64(face.front) << 32 | UInt64(face.back)
    let place = Int((face.back &+ face.front &* 7) & 255)
    if recentPairs[place] == pair { return recentIndices[place] }
    let index = searchedIndex(of: pair)
    recentPairs[place] = pair
    recentIndices[place] = index
    return index
  }

  @inline(never)
  private mutating func searchedIndex(of pair: UInt64) -> Int {
    if let index = indices[pair] { return index }
    indices[pair] = pairs.count
    pairs.append(pair)
    triangleCounts.append(0)
    return pairs.count - 1
  }
}

/// Where the triangles of every wall go, in a list of all of them: wall by wall, and within a wall slab
/// by slab.
struct WallPlan {
  let walls: [SurfaceComplex.Wall]
  let triangleCount: Int
  /// For every slab, where each of its walls in ``WallCounts/pairs`` begins.
  let starts: [[Int]]

  init(_ slabs: [WallCounts]) {
    var totals: [UInt64: Int] = [:]
    for slab in slabs {
      for (pair, count) in zip(slab.pairs, slab.triangleCounts) {
        totals[pair, default: 0] += count
      }
    }
    var next: [UInt64: Int] = [:]
    var walls: [SurfaceComplex.Wall] = []
    var end = 0
    for (pair, count) in totals.sorted(by: { $0.key < $1.key }) {
      next[pair] = end
      walls.append(
        SurfaceComplex.Wall(
          front: UInt32(pair >> 32), back: UInt32(truncatingIfNeeded: pair),
          triangles: end..<end + count))
      end += count
    }
    self.walls = walls
    triangleCount = end
    starts = slabs.map { slab in
      zip(slab.pairs, slab.triangleCounts).map { pair, count in
        let start = next[pair, default: 0]
        next[pair] = start + count
        return start
      }
    }
  }
}
