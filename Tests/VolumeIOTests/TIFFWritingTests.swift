import Fixtures
import Testing
import VolumeIO
import Volumes

@Suite("Writing TIFF stacks") struct TIFFWritingTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  private static let grid = Grid(
    size: SIMD3(7, 5, 3), spacing: SIMD3(0.25, 0.5, 1.75), unit: .micrometre,
    calibration: .commandLine)

  private func isIdentity<V: Voxel>(
    _ values: [V], as image: (Volume<V>) -> Image, _ back: (Image) -> Volume<V>?
  ) throws -> Bool {
    let voxels = (0..<Self.grid.voxelCount).map { values[$0 % values.count] }
    let volume = try Volume(grid: Self.grid, voxels: voxels)
    let path = "\(folder.path)/out.tif"
    try image(volume).write(to: path)
    let stack = try Stack(contentsOf: path)
    guard let read = back(stack.image) else { return false }
    let grid = read.grid
    return stack.warnings.isEmpty && grid.size == Self.grid.size
      && grid.spacing == Self.grid.spacing && grid.unit == .micrometre
      && grid.calibration == .imageJ
      && read.voxels.indices.allSatisfy { read.voxels[$0] == voxels[$0] }
  }

  @Test("what is written is read back, for every voxel type")
  func roundTrip() throws {
    #expect(
      try isIdentity([0, 255, 7] as [UInt8], as: Image.uint8) {
        if case .uint8(let v) = $0 { v } else { nil }
      })
    #expect(
      try isIdentity([-128, 127, 7], as: Image.int8) {
        if case .int8(let v) = $0 { v } else { nil }
      })
    #expect(
      try isIdentity([0, 65535, 7], as: Image.uint16) {
        if case .uint16(let v) = $0 { v } else { nil }
      })
    #expect(
      try isIdentity([-32768, 32767], as: Image.int16) {
        if case .int16(let v) = $0 { v } else { nil }
      })
    #expect(
      try isIdentity([0, .max, 7], as: Image.uint32) {
        if case .uint32(let v) = $0 { v } else { nil }
      })
    #expect(
      try isIdentity([.min, .max], as: Image.int32) {
        if case .int32(let v) = $0 { v } else { nil }
      })
    #expect(
      try isIdentity([0.1, -1e30], as: Image.float32) {
        if case .float32(let v) = $0 { v } else { nil }
      })
    #expect(
      try isIdentity([0.1, -1e300], as: Image.float64) {
        if case .float64(let v) = $0 { v } else { nil }
      })
  }

  @Test("an image without calibration comes back without one")
  func uncalibrated() throws {
    let volume = try Volume<UInt8>(grid: Grid(size: SIMD3(2, 2, 2)))
    try Image.uint8(volume).write(to: "\(folder.path)/out.tif")
    let grid = try Stack(contentsOf: "\(folder.path)/out.tif").image.grid
    #expect(grid.calibration == .none)
    #expect(grid.unit == .voxel)
  }

  @Test("a file that cannot be written leaves nothing behind")
  func unwritable() throws {
    let image = Image.uint8(try Volume<UInt8>(grid: Grid(size: SIMD3(2, 2, 2))))
    let error = #expect(throws: VolumeFileError.self) {
      try image.write(to: "\(folder.path)/missing/out.tif")
    }
    #expect(error?.description.contains("missing/out.tif") == true)
    #expect(throws: VolumeFileError.self) { try image.write(to: folder.path) }
    #expect(folder.entries.isEmpty)
  }
}
