/// A label image as runs of equal labels along x, in raster order, with the runs that touch joined.
///
/// There are far fewer runs than voxels. The first run of a component in raster order is its root.
/// Slabs of planes are joined on several threads, then to each other. After the run-based two-scan of
/// He, Chao & Suzuki 2008, doi:10.1109/TIP.2008.917204.
struct LabelRuns {
  private struct Run {
    /// First voxel and the voxel after the last, along x.
    var start: Int32
    var end: Int32
    var label: UInt32
  }

  private let grid: Grid
  private let connectivity: VoxelConnectivity
  private var runs: [Run] = []
  /// Where the runs of each row begin in ``runs``, and one more entry for their end.
  private var rowStarts: [Int] = []

  /// The runs of the labels, joined by connectivity where the labels are the same.
  init(_ labels: LabelVolume, connectivity: VoxelConnectivity) {
    grid = labels.grid
    self.connectivity = connectivity
    let voxels = labels.voxels
    for row in 0..<grid.size.y * grid.size.z {
      rowStarts.append(runs.count)
      var x = 0
      while x < grid.size.x {
        let start = x
        let label = voxels[row * grid.size.x + start]
        repeat { x += 1 } while x < grid.size.x && voxels[row * grid.size.x + x] == label
        guard label != 0 else { continue }
        runs.append(Run(start: Int32(start), end: Int32(x), label: label))
      }
    }
    rowStarts.append(runs.count)
  }

  /// The components, numbered from 1 in raster order.
  func components() throws(VolumeError) -> LabelVolume {
    let numbers = numbers()
    var volume = try LabelVolume(grid: grid)
    volume.withDisjointWrites { target in
      Parallel.forEach(grid.size.z) { z in
        for y in 0..<grid.size.y {
          for run in row(y, z) {
            let start = grid.offset(Int(runs[run].start), y, z)
            // SAFETY: a run lies inside its row, and a row belongs to one plane.
            unsafe (target.base + start).update(
              repeating: numbers[run], count: Int(runs[run].end - runs[run].start))
          }
        }
      }
    }
    return volume
  }

  private func row(_ y: Int, _ z: Int) -> Range<Int> {
    let row = z * grid.size.y + y
    return rowStarts[row]..<rowStarts[row + 1]
  }

  /// For every run the number of its component.
  private func numbers() -> [UInt32] {
    var numbers = roots()
    var last: UInt32 = 0
    for run in numbers.indices {
      let root = Int(numbers[run])
      if root == run { last += 1 }
      numbers[run] = root == run ? last : numbers[root]
    }
    return numbers
  }

  /// For every run the first run of its component.
  private func roots() -> [UInt32] {
    precondition(runs.count < UInt32.max, "\(runs.count) runs of voxels are too many to number")
    var roots = Array(0..<UInt32(runs.count))
    guard !roots.isEmpty else { return roots }
    unsafe roots.withUnsafeMutableBufferPointer { buffer in
      let sets = unsafe UnionFind(DisjointWrites(buffer))
      let slabs = Parallel.pieces(of: grid.size.z, size: 16)
      // The runs of a slab are nobody else's until all slabs are done.
      Parallel.forEach(slabs) { planes in
        for z in planes {
          joinPlane(z, below: z > planes.lowerBound, itself: true, in: sets)
        }
      }
      for slab in slabs.dropFirst() {
        joinPlane(slab.lowerBound, below: true, itself: false, in: sets)
      }
      sets.flatten()
    }
    return roots
  }

  /// Joins the runs of a plane with those of the plane below and with each other.
  private func joinPlane(_ z: Int, below: Bool, itself: Bool, in sets: UnionFind) {
    // How far apart along x two runs may be and still touch, by how the rows lie to each other.
    let faceReach: Int32 = connectivity == .faces ? 0 : 1
    let edgeReach: Int32? =
      switch connectivity {
      case .faces: nil
      case .edges: 0
      case .corners: 1
      }
    let height = grid.size.y
    for y in 0..<height {
      let here = row(y, z)
      if here.isEmpty { continue }
      if itself && y > 0 { join(here, row(y - 1, z), reach: faceReach, in: sets) }
      guard below else { continue }
      join(here, row(y, z - 1), reach: faceReach, in: sets)
      if let edgeReach {
        if y > 0 { join(here, row(y - 1, z - 1), reach: edgeReach, in: sets) }
        if y + 1 < height { join(here, row(y + 1, z - 1), reach: edgeReach, in: sets) }
      }
    }
  }

  private func join(_ here: Range<Int>, _ there: Range<Int>, reach: Int32, in sets: UnionFind) {
    let runs = runs.span
    var a = here.lowerBound
    var b = there.lowerBound
    while a < here.upperBound && b < there.upperBound {
      let (one, other) = (runs[a], runs[b])
      let gap = max(one.start, other.start) - min(one.end, other.end)
      if gap < reach && one.label == other.label && !sets.shareParent(a, b) { sets.join(a, b) }
      // Runs may follow each other without a gap, and the next one touch a corner.
      if one.end == other.end && reach > 0 && a + 1 < here.upperBound
        && runs[a + 1].start == one.end && runs[a + 1].label == other.label
      {
        sets.join(a + 1, b)
      }
      if one.end < other.end { a += 1 } else { b += 1 }
    }
  }
}
