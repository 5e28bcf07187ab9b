internal import LibC
internal import MeshProcessing
internal import Morphometry
internal import Reconstruction
internal import Synchronization
internal import Volumes

/// The relief that voxels leave in the surfaces of objects of about one size, as digitised balls show, whose area
/// and integral of H are known.
struct BallRelief: Sendable {
  /// What theory says of planes, as much larger or smaller as balls have it.
  let staircase: StaircaseArea
  /// How much one ball differs from the next.
  let scatter: ReliefScatter

  /// A ball of this radius, in voxels, is a plane to the blur, and stands for all larger objects.
  private static let largest = 24.0
  /// The area of all balls together, in square voxels: enough to average over how they lie.
  private static let totalArea = 12000.0
  /// Enough to tell how much balls differ.
  private static let fewest = 8
  /// The largest ball over the smallest one.
  private static let spread = 1.35

  /// What balls have shown already: it depends on the lattice, the size and the blur alone.
  private static let known = Mutex<[[SIMD3<Double>]: BallRelief]>([:])

  /// As ``init(measuring:sigma:spacing:)``, but measured once only for many images.
  init(radius: Double, sigma: SIMD3<Double>, spacing: SIMD3<Double>) throws {
    let key = [SIMD3(radius, 0, 0), sigma, spacing]
    if let known = Self.known.withLock({ $0[key] }) {
      self = known
      return
    }
    try self.init(measuring: radius, sigma: sigma, spacing: spacing)
    let found = self
    Self.known.withLock { $0[key] = found }
  }

  /// - Parameters:
  ///   - radius: In units.
  ///   - sigma: Of the blur that surfaces are made with, along x, y, z, in units.
  private init(
    measuring radius: Double, sigma: SIMD3<Double>, spacing: SIMD3<Double>
  ) throws {
    let plane = StaircaseArea(
      spacing: spacing,
      blurVariance: Grid(size: .one, spacing: spacing).varianceOfGaussian(sigma: sigma))
    let unit = (spacing.min() * spacing.max()).squareRoot()
    let voxels = min(radius / unit, Self.largest)
    let count = max(Self.fewest, Int((Self.totalArea / (4 * .pi * voxels * voxels)).rounded(.up)))
    let excesses = try (0..<count).map {
      try DigitisedBall($0, radius: voxels * unit, spread: Self.spread, spacing: spacing)
        .excess(sigma: sigma, plane)
    }
    let sum = excesses.reduce(.zero, +)
    scatter = ReliefScatter(
      area: excesses.map(\.x), curvature: excesses.map(\.y),
      areaOfEach: 4 * .pi * pow(voxels * unit, 2))
    staircase = plane.scaled(area: sum.x / sum.z, curvature: sum.y / sum.w)
  }
}

/// One of a sequence of balls whose centres fill a voxel evenly, and their radii a range.
private struct DigitisedBall {
  private let radius: Double
  private let labels: LabelVolume

  /// - Parameter spread: The largest radius over the smallest one. Balls of one size are in step with the voxels.
  init(_ index: Int, radius: Double, spread: Double, spacing: SIMD3<Double>) throws {
    // Steps of the generalised golden ratio in four dimensions.
    let steps = SIMD4(0.856_674_884, 0.733_891_857, 0.628_706_721, 0.538_597_257)
    let walk = 0.5 + Double(index) * steps
    let place = walk - walk.rounded(.down)
    let size = radius * pow(spread, place.w - 0.5)
    let half = SIMD3<Int>((size / spacing).rounded(.up)) &+ 2
    var labels = try LabelVolume(grid: Grid(size: 2 &* half &+ 1, spacing: spacing))
    let grid = labels.grid
    var target = labels.mutableVoxels
    for z in 0..<grid.size.z {
      for y in 0..<grid.size.y {
        for x in 0..<grid.size.x {
          let voxel = SIMD3<Double>(SIMD3(x, y, z) &- half)
          let way = (voxel - SIMD3(place.x, place.y, place.z)) * spacing
          if dot(way, way) < size * size { target[grid.offset(x, y, z)] = 1 }
        }
      }
    }
    self.radius = size
    self.labels = labels
  }

  /// The relative excess of area and of the integral of H, and what theory says of both.
  func excess(sigma: SIMD3<Double>, _ plane: StaircaseArea) throws -> SIMD4<Double> {
    let volume = 4 / 3 * .pi * radius * radius * radius
    guard let ball = labels.objects().first,
      let surface = try labels.subvoxelSurface(of: ball, sigma: sigma, volume: volume)
    else { return SIMD4(0, 0, 1, 1) }
    let measured = SurfaceIntegrals(surface.curved, staircase: plane)
    let flawed = 1 + measured.staircaseExcess
    let (area, curvature) = (4 * .pi * radius * radius, 4 * .pi * radius)
    let bent = plane.meanCurvatureExcess(of: surface.curved)
    return SIMD4(
      flawed * measured.area / area - 1, (measured.meanCurvature + bent) / curvature - 1,
      measured.staircaseExcess, bent / curvature)
  }
}
