internal import LibC
internal import Volumes

/// The covariance exp(-d² / (2 length²)) of every two places of an object, as a convolution.
///
/// A field that smooth is nearly the same within half of its length: it is kept for cells of about that size.
struct StainField {
  private let box: Grid
  /// Of the part of the box that the object is seen in.
  let cells: Grid
  /// The first voxel of that part, and how many voxels a cell has.
  private let first: SIMD3<Int>
  private let cellSize: SIMD3<Int>
  private let length: Double
  /// What the covariances of a cell with all of a large volume add up to.
  private let sum: Float

  /// - Parameters:
  ///   - picture: What the object looks like in its box.
  ///   - faintest: The least of it that can be seen.
  init(around picture: Volume<Float>, above faintest: Float, length: Double) {
    self.length = length
    box = picture.grid
    var (low, high) = (box.size, SIMD3<Int>.zero)
    for voxel in picture.voxels.indices where picture.voxels[voxel] > faintest {
      let place = box.index(of: voxel)
      (low, high) = (pointwiseMin(low, place), pointwiseMax(high, place))
    }
    first = low
    let halves = (length / (2 * box.spacing)).rounded(.toNearestOrAwayFromZero)
    cellSize = pointwiseMax(SIMD3<Int>(halves), .one)
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

  /// The covariance times a vector, of each of two fields that know nothing of each other.
  func applied(to vector: [SIMD2<Float>]) throws(VolumeError) -> [SIMD2<Float>] {
    var result = vector
    for field in 0..<2 {
      var part = try Volume<Float>(grid: cells)
      var target = part.mutableVoxels
      for cell in vector.indices { target[cell] = vector[cell][field] }
      let blurred = try part.gaussianBlurred(sigma: length, border: .constant(0))
      let spread = blurred.voxels
      for cell in vector.indices { result[cell][field] = sum * spread[cell] }
    }
    return result
  }

  /// What a field is at the centres of voxels of the box.
  func values(of field: [Float], at voxels: [SIMD3<Int>]) throws(VolumeError) -> [Double] {
    let volume = try Volume<Float>(grid: cells, voxels: field)
    return Image.float32(volume).values(at: voxels.map { box.world(SIMD3<Double>($0)) })
  }
}
