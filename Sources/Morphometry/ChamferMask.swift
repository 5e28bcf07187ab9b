internal import Volumes

/// Distances counted in steps from voxel to voxel, with a whole number for the length of each kind of step.
///
/// Coarse, and for cubic voxels only; to say what programs say that measure so. For distances that are right see
/// ``Volumes/Volume/distanceTransform()``.
struct ChamferMask {
  /// 3, 4 and 5 for steps through a face, an edge and a corner. Borgefors 1996, doi:10.1006/cviu.1996.0065.
  static let borgefors = ChamferMask(lengths: [1: 3, 2: 4, 3: 5])
  /// And 7 for two steps along one axis and one along each of the others. Svensson & Borgefors 2002,
  /// doi:10.1006/cviu.2002.0976.
  static let svensson = ChamferMask(lengths: [1: 3, 2: 4, 3: 5, 6: 7])

  /// The length of a step through a face.
  let unit: Int32
  /// The longest step along an axis, in voxels.
  let reach: Int
  private let steps: [(step: SIMD3<Int>, length: Int32)]
  private let longest: Int32

  /// - Parameter lengths: Of a step, by the square of its Euclidean length.
  private init(lengths: [Int: Int32]) {
    let reach = lengths[6] == nil ? 1 : 2
    var steps: [(step: SIMD3<Int>, length: Int32)] = []
    for z in -reach...reach {
      for y in -reach...reach {
        for x in -reach...reach {
          if let length = lengths[x * x + y * y + z * z] { steps.append((SIMD3(x, y, z), length)) }
        }
      }
    }
    self.steps = steps
    self.reach = reach
    unit = lengths[1] ?? 1
    longest = steps.reduce(1) { max($0, $1.length) }
  }

  /// Longer than any way: there is none.
  static let unreached = Int32.max

  /// For every voxel of a box the length of the shortest way from a voxel through the object; ``unreached`` elsewhere.
  func distances(from start: Int, in box: ObjectBox) -> [Int32] {
    distances(from: [(start, 0)], in: box)
  }

  /// For every voxel of the object the length of the shortest way to one outside; ``unreached`` elsewhere.
  ///
  /// - Parameter isOutside: Which voxels that are not of the object count as outside.
  func depths(in box: ObjectBox, isOutside: (_ place: SIMD3<Int>) -> Bool) -> [Int32] {
    let offsets = steps.map { box.number(of: $0.step) }
    var starts: [(voxel: Int, distance: Int32)] = []
    for voxel in box.voxels {
      var depth = Self.unreached
      for (step, offset) in zip(steps, offsets)
      where step.length < depth && !box.isInside[voxel + offset] {
        if isOutside(box.place(of: voxel) &+ step.step) { depth = step.length }
      }
      if depth < Self.unreached { starts.append((voxel, depth)) }
    }
    return distances(from: starts, in: box)
  }

  /// By a circle of buckets, one for each distance that may be waiting: Dial 1969, doi:10.1145/363269.363610.
  private func distances(
    from starts: [(voxel: Int, distance: Int32)], in box: ObjectBox
  ) -> [Int32] {
    var distances = [Int32](repeating: Self.unreached, count: box.isInside.count)
    var buckets = [[Int]](repeating: [], count: Int(longest) + 1)
    for (voxel, distance) in starts {
      distances[voxel] = distance
      buckets[Int(distance)].append(voxel)
    }
    let offsets = steps.map { (offset: box.number(of: $0.step), length: $0.length) }
    var (distance, waiting) = (Int32(0), starts.count)
    while waiting > 0 {
      let reached = buckets[Int(distance) % buckets.count]
      buckets[Int(distance) % buckets.count].removeAll(keepingCapacity: true)
      waiting -= reached.count
      for voxel in reached where distances[voxel] == distance {
        for (offset, length) in offsets where box.isInside[voxel + offset] {
          guard distance + length < distances[voxel + offset] else { continue }
          distances[voxel + offset] = distance + length
          buckets[Int(distance + length) % buckets.count].append(voxel + offset)
          waiting += 1
        }
      }
      distance += 1
    }
    return distances
  }
}
