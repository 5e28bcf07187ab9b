/// Where the spacing of a grid came from.
public enum CalibrationSource: String, Sendable, Hashable, Codable {
  case ome = "OME metadata"
  case imageJ = "ImageJ metadata"
  case tiffResolution = "TIFF resolution tags"
  case omeZarr = "OME-Zarr metadata"
  case nrrd = "NRRD header"
  case metaImage = "MetaImage header"
  case nifti = "NIfTI header"
  case commandLine = "command line"
  case phantom = "phantom"
  /// Nobody said: the spacing is one voxel, and so is the unit.
  case none = "none"
}

/// A regular lattice of voxels in space: how many there are, how far apart, and where.
///
/// World coordinates are `origin + index * spacing`, with the *centre* of a voxel at its integer
/// index. Everything is in the order x, y, z; x runs fastest in memory, then y, then z.
public struct Grid: Sendable, Hashable {
  /// Voxels along x, y and z. At least 1 each.
  public let size: SIMD3<Int>
  /// Distance between neighbouring voxel centres along x, y and z, in ``unit``. Positive.
  public var spacing: SIMD3<Double>
  /// World position of the centre of voxel (0, 0, 0), in ``unit``.
  public var origin: SIMD3<Double>
  public var unit: LengthUnit
  public var calibration: CalibrationSource

  /// What counts as a distance between voxels, in any unit: of others neither area nor volume would fit into a
  /// float.
  public static let spacings = 1e-12...1e12

  /// A grid without calibration unless the spacing, its unit and its source are given.
  public init(
    size: SIMD3<Int>, spacing: SIMD3<Double> = .one, origin: SIMD3<Double> = .zero,
    unit: LengthUnit = .voxel, calibration: CalibrationSource = .none
  ) {
    precondition(
      size.x > 0 && size.y > 0 && size.z > 0, "a grid needs at least one voxel, got \(size)")
    precondition(
      spacing.x > 0 && spacing.y > 0 && spacing.z > 0
        && (spacing.x * spacing.y * spacing.z).isFinite,
      "spacing must be positive and finite, got \(spacing)")
    self.size = size
    self.spacing = spacing
    self.origin = origin
    self.unit = unit
    self.calibration = calibration
  }

  @inlinable public var voxelCount: Int { size.x * size.y * size.z }

  /// Volume of one voxel in cubic units.
  public var voxelVolume: Double { spacing.x * spacing.y * spacing.z }

  /// True when lengths are physical, not voxels.
  public var isCalibrated: Bool { unit != .voxel }

  /// Position of a voxel in memory. The one place where offsets are computed.
  @inlinable public func offset(_ x: Int, _ y: Int, _ z: Int) -> Int {
    (z * size.y + y) * size.x + x
  }

  /// The index of the voxel at a position in memory.
  @inlinable public func index(of offset: Int) -> SIMD3<Int> {
    SIMD3(offset % size.x, offset / size.x % size.y, offset / size.x / size.y)
  }

  /// Whether an index lies inside.
  @inlinable public func contains(_ index: SIMD3<Int>) -> Bool {
    index.x >= 0 && index.y >= 0 && index.z >= 0 && index.x < size.x && index.y < size.y
      && index.z < size.z
  }

  /// World position of an index, which may lie between voxels.
  public func world(_ index: SIMD3<Double>) -> SIMD3<Double> { origin + index * spacing }
}
