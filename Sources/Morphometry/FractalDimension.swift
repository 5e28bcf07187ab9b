internal import LibC
public import Volumes

/// How the number of boxes that it takes to cover the surface of an object grows as they get smaller: N ~ size^-D.
///
/// Counted are the boxes of a lattice that hold a voxel of the object with a face to the outside; of eight places of the lattice
/// the one that needs fewest boxes. Sizes fall by a factor of 1.2 from a quarter of the longest extent of the object to two longest
/// sides of a voxel, and D is minus the slope of log N over log size, as in BoneJ: Doube et al. 2010,
/// doi:10.1016/j.bone.2010.08.023. Smooth surfaces have 2.
///
/// A slope over less than a factor of ten in size means little, and is not given: objects of less than 80 voxels have none.
public struct FractalDimension: Sendable, Hashable {
  /// NaN where sizes do not span a factor of ten.
  public let dimension: Double
  /// The squared correlation of the logarithms; NaN like the dimension.
  public let determination: Double
  /// The smallest and the largest box, in units.
  public let sizes: ClosedRange<Double>

  private static let factor = 1.2
  private static let smallestSpan = 10.0

  public init(_ object: LabelObject, in labels: LabelVolume) {
    let spacing = labels.grid.spacing
    let extent = SIMD3<Double>(object.upper &- object.lower &+ 1) * spacing
    let smallest = 2 * spacing.max()
    let largest = max(extent.max() / 4, smallest)
    sizes = smallest...largest
    guard largest / smallest >= Self.smallestSpan else {
      (dimension, determination) = (.nan, .nan)
      return
    }
    let places = labels.surfaceVoxels(of: object).map { (SIMD3<Double>($0) + 0.5) * spacing }
    let count = Int(log(largest / smallest) / log(Self.factor)) + 1
    let points = (0..<count).map { step -> SIMD2<Double> in
      let size = largest / pow(Self.factor, Double(step))
      return SIMD2(log(size), log(Double(BoxCount(of: places, extent: extent, size: size).least)))
    }
    (dimension, determination) = Self.fit(points)
  }

  /// Minus the slope of a straight line, and the squared correlation.
  private static func fit(_ points: [SIMD2<Double>]) -> (Double, Double) {
    let mean = points.reduce(.zero, +) / Double(points.count)
    let (squares, product) = points.reduce((SIMD2<Double>.zero, 0.0)) { sums, point in
      let way = point - mean
      return (sums.0 + way * way, sums.1 + way.x * way.y)
    }
    return (-product / squares.x, product * product / (squares.x * squares.y))
  }
}

/// How many boxes of a lattice hold a point.
private struct BoxCount {
  /// Of the eight places of the lattice that differ by half a box.
  let least: Int

  init(of points: [SIMD3<Double>], extent: SIMD3<Double>, size: Double) {
    let boxes = SIMD3<Int>((extent / size).rounded(.up)) &+ 1
    least = (0..<8).reduce(Int.max) { least, place in
      let shift = SIMD3(Double(place & 1), Double(place >> 1 & 1), Double(place >> 2)) / 2
      var isHit = [Bool](repeating: false, count: boxes.x * boxes.y * boxes.z)
      for point in points {
        let box = SIMD3<Int>(point / size + shift)
        isHit[(box.z * boxes.y + box.y) * boxes.x + box.x] = true
      }
      return min(least, isHit.count { $0 })
    }
  }
}

extension Volume where Element == UInt32 {
  /// The voxels of an object with a face to another label or to the outside of the image, from the lower corner of its box.
  fileprivate func surfaceVoxels(of object: LabelObject) -> [SIMD3<Int>] {
    let steps: [SIMD3<Int>] = [
      SIMD3(1, 0, 0), SIMD3(-1, 0, 0), SIMD3(0, 1, 0), SIMD3(0, -1, 0), SIMD3(0, 0, 1),
      SIMD3(0, 0, -1),
    ]
    func isInside(_ index: SIMD3<Int>) -> Bool {
      grid.contains(index) && voxels[grid.offset(index.x, index.y, index.z)] == object.label
    }
    var found: [SIMD3<Int>] = []
    forEachVoxel(of: object) { place in
      if !steps.allSatisfy({ isInside(object.lower &+ place &+ $0) }) { found.append(place) }
    }
    return found
  }
}
