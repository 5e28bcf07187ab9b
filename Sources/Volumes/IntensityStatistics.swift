/// Mean, spread and range of the grey values of a set of voxels.
public struct IntensityStatistics: Sendable, Hashable {
  /// Voxels with a number for a value.
  public let count: Int
  /// Voxels that are NaN or infinite; they are in no other figure.
  public let nonFiniteCount: Int
  /// NaN when there is no voxel, as are the figures below.
  public let mean: Double
  /// Standard deviation of the voxels, with N in the denominator.
  public let standardDeviation: Double
  public let minimum: Double
  public let maximum: Double

  fileprivate init(_ sums: IntensitySums) {
    count = sums.count
    nonFiniteCount = sums.nonFinite
    let n = Double(sums.count)
    let shiftedMean = sums.sum / n
    mean = count > 0 ? sums.shift + shiftedMean : .nan
    standardDeviation =
      count > 0 ? max(0, sums.squares / n - shiftedMean * shiftedMean).squareRoot() : .nan
    minimum = count > 0 ? sums.minimum : .nan
    maximum = count > 0 ? sums.maximum : .nan
  }
}

/// Running sums about a value close to the mean, so that the spread of bright voxels is not lost in
/// rounding.
private struct IntensitySums {
  let shift: Double
  var count = 0
  var nonFinite = 0
  var sum = 0.0
  var squares = 0.0
  var minimum = Double.infinity
  var maximum = -Double.infinity

  init(around shift: Double) { self.shift = shift.isFinite ? shift : 0 }

  @inline(__always)
  mutating func add(_ value: Double) {
    guard value.isFinite else {
      nonFinite += 1
      return
    }
    let shifted = value - shift
    count += 1
    sum += shifted
    squares += shifted * shifted
    minimum = min(minimum, value)
    maximum = max(maximum, value)
  }

  mutating func add(_ other: IntensitySums) {
    count += other.count
    nonFinite += other.nonFinite
    sum += other.sum
    squares += other.squares
    minimum = min(minimum, other.minimum)
    maximum = max(maximum, other.maximum)
  }
}

extension Image {
  /// The statistics of all voxels.
  public func statistics() -> IntensityStatistics { perform(WholeStatistics()) }

  /// The statistics of the voxels of one object. The image and the labels must have the same size.
  public func statistics(of object: LabelObject, in labels: LabelVolume) -> IntensityStatistics {
    perform(ObjectStatistics(object: object, labels: labels))
  }
}

extension Image {
  /// The statistics of the voxels of every object, by label, in one pass over the image. The image
  /// and the labels must have the same size.
  public func statistics(ofObjectsIn labels: LabelVolume) -> [UInt32: IntensityStatistics] {
    perform(AllObjectStatistics(labels: labels))
  }
}

private struct AllObjectStatistics: VolumeOperation {
  let labels: LabelVolume
  func run<V: Voxel>(on volume: Volume<V>) -> [UInt32: IntensityStatistics] {
    let grid = volume.grid
    precondition(labels.grid.size == grid.size, "labels and image differ in size")
    let objects = labels.objects()
    let index = Dictionary(uniqueKeysWithValues: objects.enumerated().map { ($1.label, $0) })
    // About the first voxel of each object, the same in every piece of work.
    let shifts = objects.map { object in
      volume.voxels[grid.offset(of: object, in: labels)].asDouble
    }
    let parts = Parallel.map(Parallel.pieces(of: grid.size.z, size: 16)) { planes in
      var sums = shifts.map { IntensitySums(around: $0) }
      let (voxels, owners) = (volume.voxels, labels.voxels)
      var last = (label: UInt32(0), index: 0)
      for i in grid.offset(0, 0, planes.lowerBound)..<grid.offset(0, 0, planes.upperBound)
      where owners[i] != 0 {
        if owners[i] != last.label { last = (owners[i], index[owners[i]] ?? 0) }
        sums[last.index].add(voxels[i].asDouble)
      }
      return sums
    }
    var totals = shifts.map { IntensitySums(around: $0) }
    for part in parts {
      for object in totals.indices { totals[object].add(part[object]) }
    }
    return Dictionary(
      uniqueKeysWithValues: zip(objects, totals).map { ($0.label, IntensityStatistics($1)) })
  }
}

extension Grid {
  /// Where the first voxel of an object lies in memory.
  fileprivate func offset(of object: LabelObject, in labels: LabelVolume) -> Int {
    let start = offset(0, object.lower.y, object.lower.z)
    return (start..<voxelCount).first { labels.voxels[$0] == object.label } ?? start
  }
}

private struct WholeStatistics: VolumeOperation {
  func run<V: Voxel>(on volume: Volume<V>) -> IntensityStatistics { volume.statistics() }
}

private struct ObjectStatistics: VolumeOperation {
  let object: LabelObject
  let labels: LabelVolume
  func run<V: Voxel>(on volume: Volume<V>) -> IntensityStatistics {
    volume.statistics(of: object, in: labels)
  }
}

extension Volume {
  fileprivate func statistics() -> IntensityStatistics {
    let shift = voxels[0].asDouble
    let parts = Parallel.map(Parallel.pieces(of: voxels.count, size: 1 << 20)) { range in
      var sums = IntensitySums(around: shift)
      let span = voxels.extracting(range)
      for i in span.indices { sums.add(span[i].asDouble) }
      return sums
    }
    var total = IntensitySums(around: shift)
    for part in parts { total.add(part) }
    return IntensityStatistics(total)
  }

  fileprivate func statistics(
    of object: LabelObject, in labels: LabelVolume
  ) -> IntensityStatistics {
    precondition(labels.grid.size == grid.size, "labels and image differ in size")
    var sums: IntensitySums?
    for z in object.lower.z...object.upper.z {
      for y in object.lower.y...object.upper.y {
        let start = grid.offset(object.lower.x, y, z)
        let end = start + object.upper.x - object.lower.x + 1
        let values = voxels.extracting(start..<end)
        let owners = labels.voxels.extracting(start..<end)
        for x in values.indices where owners[x] == object.label {
          let value = values[x].asDouble
          if sums == nil { sums = IntensitySums(around: value) }
          sums?.add(value)
        }
      }
    }
    return IntensityStatistics(sums ?? IntensitySums(around: 0))
  }
}
