/// The voxels around a voxel that a filter looks at, itself among them.
///
/// Symmetric about the voxel, and convex along x: what a structuring element of morphology has to be
/// for opening and closing to be what they should.
public enum Neighbourhood: Sendable, Hashable {
  /// All voxels whose centre is within a radius along each axis, in units of the grid.
  case box(radius: SIMD3<Double>)
  /// All voxels whose centre is in an ellipsoid with these semi-axes, in units of the grid.
  case ball(radius: SIMD3<Double>)
  /// The voxels that share a face, an edge or a corner with it, whatever the spacing.
  case connected(VoxelConnectivity)

  /// More voxels than this take longer than anybody waits; radii that come from a user are checked
  /// against it.
  public static let largestVoxelCount = 1_000_000

  /// A box of the same radius along all axes, in units of the grid.
  public static func box(radius: Double) -> Neighbourhood { .box(radius: SIMD3(repeating: radius)) }

  /// A ball, in units of the grid: fewer voxels where they are further apart.
  public static func ball(radius: Double) -> Neighbourhood {
    .ball(radius: SIMD3(repeating: radius))
  }

  /// How many voxels the neighbourhood has, the one in its middle among them.
  ///
  /// For a neighbourhood so large that nobody would wait for it, the number of voxels of its box.
  public func voxelCount(on grid: Grid) -> Int {
    let edges = SIMD3<Double>(reach(on: grid)) * 2 + 1
    let box = edges.x * edges.y * edges.z
    return box > 1e8 ? Int(min(box, 1e18)) : steps(on: grid).count
  }

  /// The steps from a voxel to those of its neighbourhood, in raster order.
  ///
  /// - Parameter limit: No step along an axis is longer.
  func steps(on grid: Grid, limit: SIMD3<Int>? = nil) -> [SIMD3<Int>] {
    var reach = self.reach(on: grid)
    if let limit { reach = pointwiseMin(reach, limit) }
    var steps: [SIMD3<Int>] = []
    for z in -reach.z...reach.z {
      for y in -reach.y...reach.y {
        for x in -reach.x...reach.x where contains(SIMD3(x, y, z), on: grid) {
          steps.append(SIMD3(x, y, z))
        }
      }
    }
    return steps
  }

  /// The largest step along each axis.
  private func reach(on grid: Grid) -> SIMD3<Int> {
    switch self {
    case .connected: return .one
    case .box(let radius), .ball(let radius):
      precondition(
        radius.min() >= 0 && radius.sum().isFinite, "a radius must not be negative, got \(radius)")
      let voxels = radius / grid.spacing * Self.roundingAllowance
      return SIMD3(Int(min(voxels.x, 1e6)), Int(min(voxels.y, 1e6)), Int(min(voxels.z, 1e6)))
    }
  }

  private func contains(_ step: SIMD3<Int>, on grid: Grid) -> Bool {
    switch self {
    case .box: return true
    case .connected(let connectivity):
      let axes = step &* step
      switch connectivity {
      case .faces: return axes.wrappedSum() <= 1
      case .edges: return axes.wrappedSum() <= 2
      case .corners: return true
      }
    case .ball(let radius):
      // An axis of radius 0 has no step but 0, which must not become 0 / 0.
      let scaled = SIMD3<Double>(step) * grid.spacing
      let ratio = (scaled / radius).replacing(with: 0, where: scaled .== 0)
      return (ratio * ratio).sum() <= Self.roundingAllowance
    }
  }

  /// Three steps of 0.1 are a radius of 0.3, though 3 * 0.1 is rounded to a little more.
  private static let roundingAllowance = 1 + 1e-12
}
