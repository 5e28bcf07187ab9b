extension Volume where Element == UInt32 {
  /// The objects, each cut where it narrows: touching nuclei come apart, lobed ones stay whole.
  ///
  ///     voxel by voxel, from the summits of the landscape downwards:
  ///       next to nothing yet        a new part, whose summit it is
  ///       next to one part           belongs to it
  ///       next to several            they meet at a neck: parts are joined unless the neck lies
  ///                                  below a share of the lower summit
  ///
  /// The usual landscape is the distance to the background, slightly smoothed: its summits are the
  /// radii of the parts, and where parts meet it is the radius of the neck. As only their ratio counts,
  /// no size has to be given. This is the watershed of the landscape's summits, with those of small
  /// dynamics relative to their height left out.
  /// Vincent & Soille 1991, doi:10.1109/34.87344; Grimaud 1992 (dynamics).
  /// - Parameters:
  ///   - landscape: High inside of the parts and low between them; not negative in the objects.
  ///   - share: 0 cuts nowhere, 1 at every neck.
  ///   - connectivity: Every part is connected in this sense.
  /// - Returns: Labels from 1, in raster order of the first voxel.
  public func split(
    atNecksOf landscape: Volume<Float>, below share: Double,
    connectivity: VoxelConnectivity = .corners
  ) throws -> LabelVolume {
    precondition(landscape.grid.size == grid.size, "labels and landscape differ in size")
    return try split(below: share, connectivity: connectivity) {
      try landscape.cropped(from: $0.lower, to: $0.upper)
    }
  }

  /// As ``split(atNecksOf:below:connectivity:)``, with landscapes that are made object by object:
  /// no more is held than those of the objects at hand.
  ///
  ///     labels.split(below: 0.9) { try labels.depths(of: $0) }
  ///
  /// - Parameter landscape: The landscape in the box of an object, from its lower to its upper corner.
  public func split(
    below share: Double, connectivity: VoxelConnectivity = .corners,
    atNecksOf landscape: @Sendable (LabelObject) throws -> Volume<Float>
  ) throws -> LabelVolume {
    precondition((0...1).contains(share), "a share lies between 0 and 1, got \(share)")
    var parts = try LabelVolume(grid: grid)
    let objects = objects()
    try parts.withDisjointWrites { target in
      try Parallel.forEach(objects.count) { index in
        var object = Immersion(
          of: objects[index], in: self, over: try landscape(objects[index]), connectivity)
        object.run(share: Float(share))
        object.write(into: target)
      }
    }
    parts.number(within: self)
    return parts
  }

  /// Numbers the parts of all objects in raster order; so far each object counts its own.
  private mutating func number(within objects: LabelVolume) {
    var numbers: [UInt64: UInt32] = [:]
    var lastKey: UInt64 = 0
    var lastNumber: UInt32 = 0
    let owners = objects.voxels
    var parts = mutableVoxels
    for i in parts.indices where parts[i] != 0 {
      let key = UInt64(owners[i]) << 32 | UInt64(parts[i])
      if key != lastKey {
        lastNumber = numbers[key, default: UInt32(numbers.count) + 1]
        numbers[key] = lastNumber
        lastKey = key
      }
      parts[i] = lastNumber
    }
  }
}

/// One object on its way under water.
private struct Immersion {
  private let object: LabelObject
  private let grid: Grid
  /// The box of the object with one voxel around it, so that no neighbour lies outside.
  private let box: SIMD3<Int>
  private let offsets: [Int]
  private let heights: [Float]
  /// The part of every voxel of the box; 0 for none yet.
  private var part: [UInt32]
  /// For every part the one that it was joined to, and how high its summit is.
  private var parent: [UInt32] = [0]
  private var summit: [Float] = [0]
  /// Scratch: the parts around the voxel at hand.
  private var met: [UInt32] = []

  /// - Parameter landscape: That of the object's own box.
  init(
    of object: LabelObject, in labels: LabelVolume, over landscape: Volume<Float>,
    _ connectivity: VoxelConnectivity
  ) {
    precondition(
      landscape.grid.size == object.upper &- object.lower &+ 1,
      "a landscape of \(landscape.grid.size) is not the box of object \(object.label)")
    self.object = object
    grid = labels.grid
    let box = object.upper &- object.lower &+ 3
    self.box = box
    offsets = Neighbourhood.connected(connectivity).steps(on: labels.grid)
      .filter { $0 != .zero }.map { ($0.z * box.y + $0.y) * box.x + $0.x }
    part = Array(repeating: 0, count: box.x * box.y * box.z)
    var heights = [Float](repeating: -.infinity, count: part.count)
    let (owners, levels) = (labels.voxels, landscape.voxels)
    for z in 0..<box.z - 2 {
      for y in 0..<box.y - 2 {
        let row = labels.grid.offset(object.lower.x, object.lower.y + y, object.lower.z + z)
        let level = landscape.grid.offset(0, y, z)
        let height = ((z + 1) * box.y + y + 1) * box.x + 1
        for x in 0..<box.x - 2 where owners[row + x] == object.label {
          heights[height + x] = levels[level + x]
        }
      }
    }
    self.heights = heights
  }

  mutating func run(share: Float) {
    for key in keysFromTheTop() {
      let voxel = Int(key & 0xFFFF_FFFF)
      let height = heights[voxel]
      met.removeAll(keepingCapacity: true)
      var highest = (height: -Float.infinity, part: UInt32(0))
      for offset in offsets where part[voxel + offset] != 0 {
        let neighbour = root(part[voxel + offset])
        if !met.contains(neighbour) { met.append(neighbour) }
        if heights[voxel + offset] > highest.height {
          highest = (heights[voxel + offset], neighbour)
        }
      }
      if met.isEmpty {
        parent.append(UInt32(parent.count))
        summit.append(height)
        part[voxel] = UInt32(parent.count - 1)
        continue
      }
      if met.count > 1 { joinMet(at: height, share: share) }
      part[voxel] = highest.part
    }
  }

  /// The voxels of the object by descending height, of equal ones in raster order: depth in the upper
  /// half, place in the lower.
  private func keysFromTheTop() -> [UInt64] {
    var keys: [UInt64] = []
    keys.reserveCapacity(object.voxelCount)
    for voxel in heights.indices where heights[voxel] > -.infinity {
      let depth = UInt32(bitPattern: ~heights[voxel].rank) ^ 0x8000_0000
      keys.append(UInt64(depth) << 32 | UInt64(voxel))
    }
    keys.sort()
    return keys
  }

  /// Joins those of the parts that meet at a height between which it is no neck, the lower summit to
  /// the higher.
  private mutating func joinMet(at height: Float, share: Float) {
    let byHeight = met.sorted { (summit[Int($1)], $0) < (summit[Int($0)], $1) }
    for (index, lower) in byHeight.enumerated().dropFirst() {
      guard height >= share * summit[Int(lower)] else { continue }
      parent[Int(lower)] = root(byHeight[index - 1])
    }
  }

  private func root(_ part: UInt32) -> UInt32 {
    var part = part
    while parent[Int(part)] != part { part = parent[Int(part)] }
    return part
  }

  func write(into target: DisjointWrites<UInt32>) {
    for z in object.lower.z...object.upper.z {
      for y in object.lower.y...object.upper.y {
        for x in object.lower.x...object.upper.x {
          let place = SIMD3(x, y, z) &- object.lower &+ 1
          let part = part[(place.z * box.y + place.y) * box.x + place.x]
          // SAFETY: the voxels of an object belong to its piece of work.
          if part != 0 { unsafe target.base[grid.offset(x, y, z)] = root(part) }
        }
      }
    }
  }
}
