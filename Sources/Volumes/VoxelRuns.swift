/// A mask or a label image as runs of equal voxels along x, in raster order, with the runs that touch
/// joined.
///
/// What connected components and hole filling both stand on: there are far fewer runs than voxels.
/// Union-find over runs, the smaller index being the root, so that a root is the first run of its
/// component in raster order. Slabs of planes are joined on several threads, then to each other. After
/// the run-based two-scan of He, Chao & Suzuki 2008, doi:10.1109/TIP.2008.917204.
struct VoxelRuns {
  struct Run {
    /// First voxel and the voxel after the last, along x.
    var start: Int32
    var end: Int32
  }

  let grid: Grid
  private(set) var runs: [Run] = []
  /// The label of every run; empty for a mask, whose runs are all of the same.
  private(set) var labels: [UInt32] = []
  /// Where the runs of each row begin in ``runs``, and one more entry for their end.
  private(set) var rowStarts: [Int] = []
  /// The root of every run's component, by run.
  private(set) var roots: [Int32] = []

  /// The runs of a mask, joined by connectivity.
  init(_ mask: Mask, connectivity: VoxelConnectivity) {
    grid = mask.grid
    findRuns(in: mask)
    joinAll(connectivity)
  }

  /// The runs of the labels, joined by connectivity where the labels are the same.
  init(_ labels: LabelVolume, connectivity: VoxelConnectivity) {
    grid = labels.grid
    findRuns(in: labels)
    joinAll(connectivity)
  }

  func row(_ y: Int, _ z: Int) -> Range<Int> {
    let row = z * grid.size.y + y
    return rowStarts[row]..<rowStarts[row + 1]
  }

  private mutating func findRuns(in mask: Mask) {
    let rows = grid.size.y * grid.size.z
    rowStarts.reserveCapacity(rows + 1)
    let words = mask.words.span
    runs.reserveCapacity(mask.runCount)
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

  private mutating func findRuns(in volume: LabelVolume) {
    let voxels = volume.voxels
    for row in 0..<grid.size.y * grid.size.z {
      rowStarts.append(runs.count)
      var x = 0
      while x < grid.size.x {
        let start = x
        let label = voxels[row * grid.size.x + start]
        repeat { x += 1 } while x < grid.size.x && voxels[row * grid.size.x + x] == label
        guard label != 0 else { continue }
        runs.append(Run(start: Int32(start), end: Int32(x)))
        labels.append(label)
      }
    }
    rowStarts.append(runs.count)
  }

  private mutating func joinAll(_ connectivity: VoxelConnectivity) {
    roots = (0..<Int32(runs.count)).map { $0 }
    let slabs = Parallel.pieces(of: grid.size.z, size: 16)
    var roots = roots
    unsafe roots.withUnsafeMutableBufferPointer { buffer in
      guard !buffer.isEmpty else { return }
      let forest = unsafe RunForest(runs: self, parents: DisjointWrites(buffer))
      // The runs of a slab are nobody else's until all slabs are done.
      Parallel.forEach(slabs) { planes in
        for z in planes {
          forest.joinPlane(z, connectivity, below: z > planes.lowerBound, itself: true)
        }
      }
      for slab in slabs.dropFirst() {
        forest.joinPlane(slab.lowerBound, connectivity, below: true, itself: false)
      }
      forest.flatten()
    }
    self.roots = roots
  }
}

/// The runs as trees of which each becomes a component.
// SAFETY: parents has an element for every run, and runs are what all indices here count.
private struct RunForest: Sendable {
  let runs: VoxelRuns
  let parents: DisjointWrites<Int32>

  /// Joins the runs of a plane with those of the plane below and with each other.
  func joinPlane(_ z: Int, _ connectivity: VoxelConnectivity, below: Bool, itself: Bool) {
    // How far apart along x two runs may be and still touch, by how the rows lie to each other.
    let faceReach: Int32 = connectivity == .faces ? 0 : 1
    let edgeReach: Int32? =
      switch connectivity {
      case .faces: nil
      case .edges: 0
      case .corners: 1
      }
    let height = runs.grid.size.y
    for y in 0..<height {
      let here = runs.row(y, z)
      if here.isEmpty { continue }
      if itself && y > 0 { join(here, runs.row(y - 1, z), reach: faceReach) }
      guard below else { continue }
      join(here, runs.row(y, z - 1), reach: faceReach)
      if let edgeReach {
        if y > 0 { join(here, runs.row(y - 1, z - 1), reach: edgeReach) }
        if y + 1 < height { join(here, runs.row(y + 1, z - 1), reach: edgeReach) }
      }
    }
  }

  private func join(_ here: Range<Int>, _ there: Range<Int>, reach: Int32) {
    let spans = runs.runs.span
    let isLabelled = !runs.labels.isEmpty
    var a = here.lowerBound
    var b = there.lowerBound
    while a < here.upperBound && b < there.upperBound {
      let (one, other) = (spans[a], spans[b])
      // One branch for both questions: most runs that touch are known to belong together.
      let gap = max(one.start, other.start) - min(one.end, other.end)
      let isJoined = unsafe parents.base[a] == parents.base[b]
      if (isJoined ? reach : gap) < reach { union(a, b) }
      // Runs of labels may follow each other without a gap, and the next one touch a corner.
      if isLabelled && one.end == other.end && reach > 0 && a + 1 < here.upperBound
        && spans[a + 1].start == one.end
      {
        union(a + 1, b)
      }
      // Without a branch, which nobody could predict.
      let endsFirst = one.end < other.end
      a += endsFirst ? 1 : 0
      b += endsFirst ? 0 : 1
    }
  }

  private func find(_ run: Int32) -> Int32 {
    let parents = unsafe parents.base
    var run = run
    while unsafe parents[Int(run)] != run {
      unsafe parents[Int(run)] = parents[Int(parents[Int(run)])]
      run = unsafe parents[Int(run)]
    }
    return run
  }

  private func union(_ a: Int, _ b: Int) {
    guard runs.labels.isEmpty || runs.labels[a] == runs.labels[b] else { return }
    let (rootA, rootB) = (find(Int32(truncatingIfNeeded: a)), find(Int32(truncatingIfNeeded: b)))
    if rootA < rootB {
      unsafe parents.base[Int(rootB)] = rootA
    } else if rootB < rootA {
      unsafe parents.base[Int(rootA)] = rootB
    }
  }

  func flatten() {
    // A parent always comes before its child, so one pass in order finds every root.
    for run in 0..<parents.count {
      unsafe parents.base[run] = parents.base[Int(parents.base[run])]
    }
  }
}

extension Mask {
  /// How many runs of set voxels there are along x.
  fileprivate var runCount: Int {
    var count = 0
    var carry: UInt64 = 0
    for index in words.indices {
      if index % wordsPerRow == 0 { carry = 0 }
      count += (words[index] & ~(words[index] << 1 | carry)).nonzeroBitCount
      carry = words[index] >> 63
    }
    return count
  }
}
