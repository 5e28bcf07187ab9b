/// A mask as runs of set voxels along x, in raster order, with the runs that touch joined.
///
/// What connected components and hole filling both stand on: there are far fewer runs than voxels.
/// Union-find over runs, the smaller index being the root, so that a root is the first run of its
/// component in raster order. After the run-based two-scan of He, Chao & Suzuki 2008,
/// doi:10.1109/TIP.2008.917204.
struct MaskRuns {
  struct Run {
    /// First voxel and the voxel after the last, along x.
    var start: Int32
    var end: Int32
  }

  let grid: Grid
  private(set) var runs: [Run] = []
  /// Where the runs of each row begin in ``runs``, and one more entry for their end.
  private(set) var rowStarts: [Int] = []
  private(set) var parent: [Int32] = []

  /// The runs of a mask, joined by connectivity.
  init(_ mask: Mask, connectivity: VoxelConnectivity) {
    grid = mask.grid
    findRuns(in: mask)
    parent = (0..<Int32(runs.count)).map { $0 }
    join(connectivity)
    flatten()
  }

  /// The root of every run's component, by run.
  var roots: [Int32] { parent }

  func row(_ y: Int, _ z: Int) -> Range<Int> {
    let row = z * grid.size.y + y
    return rowStarts[row]..<rowStarts[row + 1]
  }

  private mutating func findRuns(in mask: Mask) {
    let rows = grid.size.y * grid.size.z
    rowStarts.reserveCapacity(rows + 1)
    let words = mask.words.span
    for row in 0..<rows {
      rowStarts.append(runs.count)
      var open: Int32 = -1
      for word in 0..<mask.wordsPerRow {
        var bits = words[row * mask.wordsPerRow + word]
        let base = Int32(word * 64)
        if open < 0 && bits == 0 || open >= 0 && bits == .max { continue }
        var x: Int32 = 0
        while x < 64 {
          let skip = Int32(
            truncatingIfNeeded: open < 0 ? bits.trailingZeroBitCount : (~bits).trailingZeroBitCount)
          x += skip
          guard x < 64 else { break }
          bits >>= UInt64(skip)
          if open < 0 {
            open = base + x
          } else {
            runs.append(Run(start: open, end: base + x))
            open = -1
          }
        }
      }
      if open >= 0 { runs.append(Run(start: open, end: Int32(grid.size.x))) }
    }
    rowStarts.append(runs.count)
  }

  private mutating func join(_ connectivity: VoxelConnectivity) {
    // How far apart along x two runs may be and still touch, by how the rows lie to each other.
    let faceReach: Int32 = connectivity == .faces ? 0 : 1
    let edgeReach: Int32? =
      switch connectivity {
      case .faces: nil
      case .edges: 0
      case .corners: 1
      }
    for z in 0..<grid.size.z {
      for y in 0..<grid.size.y {
        let here = row(y, z)
        if here.isEmpty { continue }
        if y > 0 { join(here, row(y - 1, z), reach: faceReach) }
        guard z > 0 else { continue }
        join(here, row(y, z - 1), reach: faceReach)
        if let edgeReach {
          if y > 0 { join(here, row(y - 1, z - 1), reach: edgeReach) }
          if y + 1 < grid.size.y { join(here, row(y + 1, z - 1), reach: edgeReach) }
        }
      }
    }
  }

  private mutating func join(_ here: Range<Int>, _ there: Range<Int>, reach: Int32) {
    var a = here.lowerBound
    var b = there.lowerBound
    while a < here.upperBound && b < there.upperBound {
      let (one, other) = (runs[a], runs[b])
      if one.start < other.end + reach && other.start < one.end + reach { union(a, b) }
      if one.end < other.end { a += 1 } else { b += 1 }
    }
  }

  private mutating func find(_ run: Int) -> Int {
    var run = run
    while Int(parent[run]) != run {
      parent[run] = parent[Int(parent[run])]
      run = Int(parent[run])
    }
    return run
  }

  private mutating func union(_ a: Int, _ b: Int) {
    let (rootA, rootB) = (find(a), find(b))
    if rootA < rootB {
      parent[rootB] = Int32(rootA)
    } else if rootB < rootA {
      parent[rootA] = Int32(rootB)
    }
  }

  private mutating func flatten() {
    // A parent always comes before its child, so one pass in order finds every root.
    for run in parent.indices { parent[run] = parent[Int(parent[run])] }
  }
}
