/// A 3D image: one value per voxel of a ``Grid``.
///
/// A plain value: a copy is independent, and shares memory until one of the two is changed. Voxels
/// lie in one contiguous buffer, x fastest, then y, then z.
@safe public struct Volume<Element: Voxel>: @unchecked Sendable {
  public private(set) var grid: Grid
  private var buffer: VoxelBuffer
  // The buffer's memory, held beside its owner so that a span can depend on this value alone.
  @usableFromInline private(set) var base: UnsafeMutablePointer<Element>

  /// A volume of zeros. Throws when the memory cannot be had.
  public init(grid: Grid) throws(VolumeError) {
    let (bytes, overflow) = grid.voxelCount.multipliedReportingOverflow(
      by: MemoryLayout<Element>.stride)
    guard !overflow else { throw .outOfMemory(bytes: .max) }
    self.grid = grid
    buffer = try VoxelBuffer(bytes: bytes)
    unsafe base = buffer.base.bindMemory(to: Element.self, capacity: grid.voxelCount)
  }

  /// A volume with the given voxels, x fastest, then y, then z.
  public init(grid: Grid, voxels: [Element]) throws(VolumeError) {
    precondition(
      voxels.count == grid.voxelCount,
      "\(voxels.count) voxels do not fill a grid of \(grid.size)")
    try self.init(grid: grid)
    // SAFETY: both have as many voxels as the grid. At once, since nothing is known of the type here: voxel by
    // voxel it would be looked up for every one.
    unsafe voxels.withUnsafeBufferPointer { voxels in
      guard let first = voxels.baseAddress else { return }
      unsafe base.update(from: first, count: voxels.count)
    }
  }

  /// The voxels in memory order.
  @inlinable public var voxels: Span<Element> {
    @_lifetime(borrow self) get {
      // SAFETY: the buffer that owns the memory lives as long as self, and has voxelCount elements.
      let span = unsafe Span(_unsafeStart: base, count: grid.voxelCount)
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }

  /// The voxels in memory order, to be changed in place.
  public var mutableVoxels: MutableSpan<Element> {
    @_lifetime(&self) mutating get {
      makeUnique()
      // SAFETY: as above, and nobody else holds the buffer.
      let span = unsafe MutableSpan(_unsafeStart: base, count: grid.voxelCount)
      return unsafe _overrideLifetime(span, mutating: &self)
    }
  }

  /// The voxel at an index, which must lie inside the volume.
  @inlinable public subscript(x: Int, y: Int, z: Int) -> Element {
    get {
      precondition(
        x >= 0 && y >= 0 && z >= 0 && x < grid.size.x && y < grid.size.y && z < grid.size.z,
        "voxel \(x), \(y), \(z) is outside of a volume of \(grid.size)")
      return unsafe base[grid.offset(x, y, z)]
    }
  }

  /// Says where the volume lies in space; the voxels stay as they are, and without an origin so does
  /// the place of the first one.
  public mutating func calibrate(
    spacing: SIMD3<Double>, origin: SIMD3<Double>? = nil, unit: LengthUnit,
    source: CalibrationSource
  ) {
    grid = Grid(
      size: grid.size, spacing: spacing, origin: origin ?? grid.origin, unit: unit,
      calibration: source)
  }

  private mutating func makeUnique() {
    guard !isKnownUniquelyReferenced(&buffer) else { return }
    guard let copy = try? buffer.copy() else {
      preconditionFailure("not enough memory to copy a volume of \(grid.size) that is changed")
    }
    buffer = copy
    unsafe base = copy.base.bindMemory(to: Element.self, capacity: grid.voxelCount)
  }
}
