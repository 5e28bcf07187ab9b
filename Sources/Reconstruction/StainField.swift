internal import LibC
internal import Volumes

/// A Gaussian random field with the covariance variance · exp(-d² / (2 length²)) over the part of a box that an object is
/// seen in:
///
///      field = deviation · spread · nodes
///
/// with values at the nodes of a lattice that know nothing of each other, each spread as a Gaussian narrower by √2
/// (process convolution; Higdon 2002, doi:10.1007/978-1-4471-0657-9_2). A field that smooth is nearly the same within a
/// quarter of its length: it is kept for cells of about that size.
struct StainField {
  private let box: Grid
  /// Of the part of the box that the object is seen in.
  let cells: Grid
  /// The first voxel of that part, and how many voxels a cell has.
  private let first: SIMD3<Int>
  private let cellSize: SIMD3<Int>
  private let deviation: Float
  private let x: NodeSpread
  private let y: NodeSpread
  private let z: NodeSpread

  /// - Parameters:
  ///   - picture: What the object looks like in its box.
  ///   - faintest: The least of it that can be seen.
  init(
    around picture: Volume<Float>, above faintest: Float, deviation: Double, length: Double
  ) {
    self.deviation = Float(deviation)
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
    cells = Grid(
      size: size, spacing: box.spacing * SIMD3<Double>(cellSize), origin: box.world(centre))
    let steps = cells.spacing / length
    x = NodeSpread(cellCount: size.x, step: steps.x)
    y = NodeSpread(cellCount: size.y, step: steps.y)
    z = NodeSpread(cellCount: size.z, step: steps.z)
  }

  var nodeCount: Int { x.nodeCount * y.nodeCount * z.nodeCount }

  /// Which cell a voxel of the box is in; `nil` outside of the part that the object is seen in.
  func cell(of voxel: SIMD3<Int>) -> Int? {
    let place = voxel &- first
    let cell = place / cellSize
    guard place.min() >= 0, cells.contains(cell) else { return nil }
    return cells.offset(cell.x, cell.y, cell.z)
  }

  /// What the nodes make of every cell.
  func spread(_ nodes: [Float]) -> [Float] {
    let inX = x.spread(nodes.map { deviation * $0 }, run: 1)
    let inXY = y.spread(inX, run: x.cellCount)
    return z.spread(inXY, run: x.cellCount * y.cellCount)
  }

  /// What the cells tell every node: the transpose.
  func gathered(_ values: [Float]) -> [Float] {
    gathered(values, x, y, z).map { deviation * $0 }
  }

  /// The diagonal, one number a node, of spreadᵀ · values · spread.
  func diagonal(_ values: [Float]) -> [Float] {
    gathered(values, x.squared, y.squared, z.squared).map { deviation * deviation * $0 }
  }

  private func gathered(
    _ values: [Float], _ x: NodeSpread, _ y: NodeSpread, _ z: NodeSpread
  ) -> [Float] {
    let alongZ = z.gathered(values, run: x.cellCount * y.cellCount)
    return x.gathered(y.gathered(alongZ, run: x.cellCount), run: 1)
  }

  /// What a field is at the centres of voxels of the box.
  func values(of field: [Float], at voxels: [SIMD3<Int>]) throws(VolumeError) -> [Double] {
    let volume = try Volume<Float>(grid: cells, voxels: field)
    return Image.float32(volume).values(at: voxels.map { box.world(SIMD3<Double>($0)) })
  }
}
