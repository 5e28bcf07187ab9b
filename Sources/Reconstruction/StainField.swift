internal import LibC
internal import Volumes

/// The covariance of every two places of an object, as a convolution:
///
///      variance · (exp(-d² / (2 length²)) + common)
///
/// A field that smooth is nearly the same within a quarter of its length: it is kept for cells of about that size.
struct StainField {
  private let box: Grid
  /// Of the part of the box that the object is seen in.
  let cells: Grid
  /// The first voxel of that part, and how many voxels a cell has.
  private let first: SIMD3<Int>
  private let cellSize: SIMD3<Int>
  private let variance: Float
  private let length: Double
  private let common: Float
  /// What the Gaussians of a cell and all of a large volume add up to.
  private let sum: Float

  /// - Parameters:
  ///   - picture: What the object looks like in its box.
  ///   - faintest: The least of it that can be seen.
  ///   - common: The variance of what all places have in common, over that of how they differ.
  init(
    around picture: Volume<Float>, above faintest: Float, deviation: Double, length: Double,
    common: Double = 0
  ) {
    variance = Float(deviation * deviation)
    self.length = length
    self.common = Float(common)
    box = picture.grid
    var (low, high) = (box.size, SIMD3<Int>.zero)
    for voxel in picture.voxels.indices where picture.voxels[voxel] > faintest {
      let place = box.index(of: voxel)
      (low, high) = (pointwiseMin(low, place), pointwiseMax(high, place))
    }
    first = low
    let quarters = (length / (4 * box.spacing)).rounded(.toNearestOrAwayFromZero)
    cellSize = pointwiseMax(SIMD3<Int>(quarters), .one)
    let size = pointwiseMax((high &- low) / cellSize &+ 1, .one)
    let centre = SIMD3<Double>(first) + SIMD3<Double>(cellSize &- 1) / 2
    let cells = Grid(
      size: size, spacing: box.spacing * SIMD3<Double>(cellSize), origin: box.world(centre))
    self.cells = cells
    var sum = 1.0
    for axis in 0..<3 { sum *= Self.sum(ofSteps: cells.spacing[axis] / length) }
    self.sum = Float(sum)
  }

  /// Over the cells of an axis, as far as a blur sees them.
  private static func sum(ofSteps step: Double) -> Double {
    let reach = Int(4 / step + 0.5)
    return (-reach...reach).reduce(0) { $0 + exp(-0.5 * pow(Double($1) * step, 2)) }
  }

  /// Which cell a voxel of the box is in; `nil` outside of the part that the object is seen in.
  func cell(of voxel: SIMD3<Int>) -> Int? {
    let place = voxel &- first
    let cell = place / cellSize
    guard place.min() >= 0, cells.contains(cell) else { return nil }
    return cells.offset(cell.x, cell.y, cell.z)
  }

  /// The covariance times a vector.
  func applied(to vector: [Float]) throws(VolumeError) -> [Float] {
    let spread = try Volume<Float>(grid: cells, voxels: vector)
      .gaussianBlurred(sigma: length, border: .constant(0))
    let everywhere = common * vector.reduce(0, +)
    return vector.indices.map { variance * (sum * spread.voxels[$0] + everywhere) }
  }

  /// What a field is at the centres of voxels of the box.
  func values(of field: [Float], at voxels: [SIMD3<Int>]) throws(VolumeError) -> [Double] {
    let volume = try Volume<Float>(grid: cells, voxels: field)
    return Image.float32(volume).values(at: voxels.map { box.world(SIMD3<Double>($0)) })
  }
}
