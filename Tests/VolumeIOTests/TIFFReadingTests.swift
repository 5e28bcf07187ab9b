import Fixtures
import Testing
import VolumeIO
import Volumes

@Suite("Reading TIFF stacks") struct TIFFReadingTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  private func imageJ(
    _ lines: [String], resolution: (UInt32, UInt32) = (5, 1), pages: Int = 3,
    bigEndian: Bool = false
  ) throws -> Stack {
    var builder = TIFFBuilder(isBigEndian: bigEndian)
    for page in 0..<pages {
      let extra: [(UInt16, TIFFBuilder.Value)] =
        page > 0
        ? []
        : [
          (270, .ascii((["ImageJ=1.53t", "images=\(pages)"] + lines).joined(separator: "\n"))),
          (282, .rational(resolution.0, resolution.1)),
          (283, .rational(resolution.0, resolution.1)), (296, .short([1])),
        ]
      builder.addPage(
        width: 3, height: 2, bits: 16, pixels: (0..<6).map { UInt16(1000 * page + $0 + 300) },
        extra: extra)
    }
    return try Stack(contentsOf: folder.file("a.tif", builder.encoded()))
  }

  private func voxels(_ stack: Stack) throws -> [UInt16] {
    guard case .uint16(let volume) = stack.image else { return [] }
    return volume.voxels.indices.map { volume.voxels[$0] }
  }

  @Test("voxels come in the order x, y, z, in either byte order", arguments: [false, true])
  func order(bigEndian: Bool) throws {
    let stack = try imageJ(["slices=3"], bigEndian: bigEndian)
    #expect(stack.image.grid.size == SIMD3(3, 2, 3))
    let expected: [UInt16] = [0, 1000, 2000].flatMap { page in (300..<306).map { page + $0 } }
    #expect(try voxels(stack) == expected)
  }

  @Test(
    "the usual spellings of units",
    arguments: [
      ("micron", LengthUnit.micrometre), ("um", .micrometre), ("\\u00B5m", .micrometre),
      ("µm", .micrometre), ("nm", .nanometre), ("mm", .millimetre), ("inch", .inch),
    ])
  func units(spelling: String, unit: LengthUnit) throws {
    let stack = try imageJ(["slices=3", "unit=\(spelling)", "spacing=0.5"])
    #expect(stack.image.grid.unit == unit)
    #expect(stack.image.grid.spacing == SIMD3(0.2, 0.2, 0.5))
    #expect(stack.image.grid.calibration == .imageJ)
    #expect(stack.warnings.isEmpty)
  }

  @Test("a micro sign in Latin-1 is understood")
  func latin1() throws {
    var builder = TIFFBuilder()
    let text = Array("ImageJ=1\nimages=1\nspacing=2\nunit=".utf8) + [0xB5] + Array("m".utf8)
    builder.addPage(
      width: 1, height: 2, pixels: [1, 2],
      extra: [(270, .bytes(text)), (282, .rational(4, 1)), (283, .rational(2, 1))])
    let grid = try Stack(contentsOf: folder.file("a.tif", builder.encoded())).image.grid
    #expect(grid.unit == .micrometre)
    #expect(grid.spacing == SIMD3(0.25, 0.5, 2))
  }

  @Test("the units of y and z are converted to that of x")
  func mixedUnits() throws {
    let lines = ["slices=3", "unit=micron", "zunit=nm", "spacing=500"]
    let spacing = try imageJ(lines).image.grid.spacing
    #expect(spacing.x == 0.2)
    #expect(abs(spacing.z - 0.5) < 1e-15)
  }

  @Test("a negative distance of slices counts without its sign")
  func negativeSpacing() throws {
    let lines = ["slices=3", "unit=um", "spacing=-0.5"]
    #expect(try imageJ(lines).image.grid.spacing.z == 0.5)
  }

  @Test(
    "what is no calibration is none, and is said",
    arguments: [
      ["unit=parsec", "spacing=1"], ["unit=um", "spacing=nan"], ["unit=um", "spacing=0"],
      ["unit=um", "spacing=wide"],
    ])
  func noCalibration(lines: [String]) throws {
    let stack = try imageJ(["slices=3"] + lines)
    #expect(stack.image.grid.calibration == .none)
    #expect(stack.image.grid.spacing == .one)
    #expect(stack.image.grid.unit == .voxel)
    #expect(stack.warnings.count == 1)
  }

  @Test("values that ImageJ shows otherwise are read as stored, and that is said")
  func valueCalibration() throws {
    let lines = ["slices=3", "unit=um", "spacing=1", "cf=0", "c0=-32768.0", "c1=1.0"]
    let stack = try imageJ(lines)
    #expect(try voxels(stack).first == 300)
    #expect(stack.warnings.count == 1)
    #expect(stack.warnings.first?.contains("-32768") == true)
    #expect(try imageJ(["slices=3", "unit=um", "spacing=1", "c0=0", "c1=1"]).warnings.isEmpty)
  }

  @Test("a resolution of zero is no pixel size")
  func zeroResolution() throws {
    let stack = try imageJ(["slices=3", "unit=um", "spacing=1"], resolution: (0, 1))
    #expect(stack.image.grid.calibration == .none)
    #expect(stack.warnings.count == 1)
  }

  @Test("channels run fastest, then slices, then frames")
  func hyperstack() throws {
    let lines = ["channels=2", "slices=3", "frames=2", "hyperstack=true"]
    let first = try imageJ(lines, pages: 12)
    #expect(first.channelCount == 2)
    #expect(first.frameCount == 2)
    #expect(first.warnings.count == 2)
    #expect(first.image.grid.size == SIMD3(3, 2, 3))
    let chosen = try Stack(
      contentsOf: "\(folder.path)/a.tif", selecting: .init(channel: 2, frame: 2))
    #expect(chosen.warnings.isEmpty)
    let starts = try voxels(chosen).enumerated().filter { $0.offset % 6 == 0 }.map(\.element)
    #expect(starts == [7300, 9300, 11300])
    #expect(throws: VolumeFileError.self) {
      try Stack(contentsOf: "\(folder.path)/a.tif", selecting: .init(channel: 3))
    }
  }

  @Test("a description that does not fit the pages is not believed")
  func wrongCount() throws {
    let stack = try imageJ(["channels=2", "slices=1000000000"], pages: 3)
    #expect(stack.image.grid.size.z == 3)
    #expect(stack.warnings.count == 1)
  }

  @Test("fewer pages than ImageJ counted are a loss")
  func missingPages() throws {
    let error = #expect(throws: VolumeFileError.self) { try imageJ(["images=9"], pages: 3) }
    #expect(error?.description.contains("9 images") == true)
  }

  @Test("pages in a row that are alike are a series; the longest is read, and that is said")
  func series() throws {
    var builder = TIFFBuilder()
    builder.addPage(width: 2, height: 1, pixels: [1, 2])
    for value: UInt16 in [3, 5] {
      builder.addPage(width: 1, height: 2, pixels: [value, value + 1])
    }
    builder.addPage(width: 2, height: 1, pixels: [7, 8])
    let path = folder.file("a.tif", builder.encoded())
    let longest = try Stack(contentsOf: path)
    #expect(longest.image.grid.size == SIMD3(1, 2, 2))
    #expect(longest.seriesCount == 3)
    #expect(longest.warnings.count == 1)
    #expect(longest.warnings.first?.contains("series 2 is used") == true)
    let last = try Stack(contentsOf: path, selecting: .init(series: 3))
    #expect(last.image.grid.size == SIMD3(2, 1, 1))
    #expect(last.warnings.isEmpty)
    #expect(throws: VolumeFileError.self) {
      try Stack(contentsOf: path, selecting: .init(series: 4))
    }
  }

  @Test("a page that cannot be read is not passed over")
  func unreadablePage() throws {
    var builder = TIFFBuilder()
    builder.addPage(width: 2, height: 1, pixels: [1, 2], extra: [(259, .short([34712]))])
    builder.addPage(width: 2, height: 1, pixels: [3, 4])
    let path = folder.file("a.tif", builder.encoded())
    #expect(throws: VolumeFileError.self) { try Stack(contentsOf: path) }
    let chosen = try Stack(contentsOf: path, selecting: .init(series: 2))
    #expect(chosen.image.grid.size.z == 1)
  }

  @Test("previews are not slices")
  func previews() throws {
    var builder = TIFFBuilder()
    for value: UInt16 in [1, 2] {
      builder.addPage(width: 1, height: 1, pixels: [value])
      builder.addPage(width: 1, height: 1, pixels: [9], extra: [(254, .long([1]))])
    }
    let stack = try Stack(contentsOf: folder.file("a.tif", builder.encoded()))
    guard case .uint8(let volume) = stack.image else { throw VolumeError.outOfMemory(bytes: 0) }
    #expect(volume.array == [1, 2])
  }

  @Test("the samples of a colour are channels", arguments: [1, 2, 3])
  func samples(channel: Int) throws {
    var builder = TIFFBuilder()
    builder.addPage(
      width: 2, height: 1, pixels: [10, 20, 30, 11, 21, 31],
      extra: [(277, .short([3])), (258, .short([8, 8, 8])), (262, .short([2]))])
    let path = folder.file("a.tif", builder.encoded())
    let stack = try Stack(contentsOf: path, selecting: .init(channel: channel))
    guard case .uint8(let volume) = stack.image else { throw VolumeError.outOfMemory(bytes: 0) }
    #expect(stack.channelCount == 3)
    #expect(volume.array == [UInt8(channel * 10), UInt8(channel * 10 + 1)])
  }

  @Test("samples of 12 bits are unpacked, the most significant bit first")
  func packed() throws {
    var builder = TIFFBuilder()
    builder.addPage(
      width: 3, height: 1, pixels: [0x12, 0x34, 0x56, 0x78, 0x90], extra: [(258, .short([12]))])
    let stack = try Stack(contentsOf: folder.file("a.tif", builder.encoded()))
    guard case .uint16(let volume) = stack.image else { throw VolumeError.outOfMemory(bytes: 0) }
    #expect(volume.array == [0x123, 0x456, 0x789])
  }

  /// A stack that is one page, its other planes behind its pixels, as ImageJ writes it above 4 GB.
  private func behindFirst(_ description: String, bigEndian: Bool) throws -> Stack {
    var builder = TIFFBuilder(isBigEndian: bigEndian)
    builder.addPage(
      width: 2, height: 2, bits: 16, pixels: (256..<276).map { $0 },
      extra: [(270, .ascii(description))])
    return try Stack(contentsOf: folder.file("a.tif", builder.encoded()))
  }

  @Test("planes behind the only page are slices", arguments: [false, true])
  func oneDirectory(bigEndian: Bool) throws {
    for (planes, description) in [
      (5, "ImageJ=1.53t\nimages=5\nslices=5\n"), (5, #"{"shape": [5, 2, 2], "truncated": true}"#),
    ] {
      let stack = try behindFirst(description, bigEndian: bigEndian)
      #expect(stack.image.grid.size == SIMD3(2, 2, planes))
      #expect(try voxels(stack) == (256..<276).map { UInt16($0) })
    }
    #expect(throws: VolumeFileError.self) {
      try behindFirst("ImageJ=1.53t\nimages=500\n", bigEndian: bigEndian)
    }
  }
}
