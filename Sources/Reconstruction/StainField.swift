internal import LibC
internal import Volumes

/// The covariance exp(-d² / (2 length²)) of every two voxels of an object, as a convolution.
struct StainField {
  /// Of the part of the box that the object is seen in.
  let grid: Grid
  /// For every voxel of that part which one of the box it is. Those of the box have neighbours on all sides.
  let places: [Int]
  private let length: Double
  /// What the covariances of a voxel with all of a large volume add up to.
  private let sum: Float

  /// - Parameters:
  ///   - picture: What the object looks like in its box.
  ///   - faintest: The least of it that can be seen.
  init(around picture: Volume<Float>, above faintest: Float, length: Double) {
    self.length = length
    let whole = picture.grid
    var (low, high) = (whole.size, SIMD3<Int>.zero)
    for voxel in picture.voxels.indices where picture.voxels[voxel] > faintest {
      let place = whole.index(of: voxel)
      (low, high) = (pointwiseMin(low, place), pointwiseMax(high, place))
    }
    let first = pointwiseMax(low &- 1, .one)
    let last = pointwiseMin(high &+ 1, whole.size &- 2)
    let grid = Grid(size: pointwiseMax(last &- first &+ 1, .zero), spacing: whole.spacing)
    self.grid = grid
    places = (0..<grid.voxelCount).map {
      let place = first &+ grid.index(of: $0)
      return whole.offset(place.x, place.y, place.z)
    }
    var sum = 1.0
    for axis in 0..<3 { sum *= Self.sum(ofSteps: grid.spacing[axis] / length) }
    self.sum = Float(sum)
  }

  /// Over the voxels of an axis, as far as a blur sees them.
  private static func sum(ofSteps step: Double) -> Double {
    let reach = Int(4 / step + 0.5)
    return (-reach...reach).reduce(0) { $0 + exp(-0.5 * pow(Double($1) * step, 2)) }
  }

  /// The covariance times a vector.
  func applied(to vector: [Float]) throws(VolumeError) -> [Float] {
    let blurred = try Volume<Float>(grid: grid, voxels: vector)
      .gaussianBlurred(sigma: length, border: .constant(0))
    return vector.indices.map { sum * blurred.voxels[$0] }
  }
}
