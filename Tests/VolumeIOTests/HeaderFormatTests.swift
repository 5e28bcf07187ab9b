import Fixtures
import Testing
import VolumeIO
import Volumes

/// NRRD, MetaImage and NIfTI: a header, then the voxels.
@Suite("Images behind a header") struct HeaderFormatTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  /// 2 x 3 x 2 voxels of 16 bits.
  private let samples: [UInt8] = (0..<24).map { $0 % 2 == 0 ? $0 / 2 : 1 }
  private let values: [UInt16] = (0..<12).map { $0 + 256 }

  private func stack(_ name: String, _ header: String, _ body: [UInt8]? = nil) throws -> Stack {
    try Stack(contentsOf: folder.file(name, Array(header.utf8) + (body ?? samples)))
  }

  private func voxels(_ stack: Stack) -> [UInt16] {
    if case .uint16(let volume) = stack.image { volume.array } else { [] }
  }

  private func nrrd(_ fields: String...) -> String {
    (["NRRD0004", "# a comment", "type: ushort", "dimension: 3", "sizes: 2 3 2"] + fields)
      .joined(separator: "\n") + "\n\n"
  }

  @Test("NRRD: voxels, spacing, origin and unit")
  func nrrdImage() throws {
    let stack = try stack(
      "a.nrrd",
      nrrd(
        "encoding: raw", "endian: little", "space: left-posterior-superior",
        "space directions: (0.5,0,0) (0,0.25,0) (0,0,2)", "space origin: (1,2,3)",
        #"space units: "um" "um" "um""#))
    #expect(voxels(stack) == values)
    let grid = stack.image.grid
    #expect(grid.spacing == SIMD3(0.5, 0.25, 2))
    #expect(grid.origin == SIMD3(1, 2, 3))
    #expect(grid.unit == .micrometre)
    #expect(grid.calibration == .nrrd)
    #expect(stack.warnings.isEmpty)
  }

  @Test("an origin that is no place is none")
  func nrrdOrigin() throws {
    for origin in ["(nan,0,0)", "(inf,0,0)", "none", "(1,2)"] {
      let header = nrrd(
        "encoding: raw", "endian: little", "space directions: (1,0,0) (0,1,0) (0,0,1)",
        "space origin: \(origin)")
      #expect(try stack("a.nrrd", header).image.grid.origin == .zero)
    }
  }

  @Test("NRRD: text, the other byte order, and data in another file")
  func nrrdEncodings() throws {
    let words = values.map { "\($0)" }.joined(separator: " \n")
    #expect(try voxels(stack("a.nrrd", nrrd("encoding: ascii"), Array(words.utf8))) == values)
    let swapped = samples.indices.map { samples[$0 ^ 1] }
    #expect(try voxels(stack("a.nrrd", nrrd("encoding: raw", "endian: big"), swapped)) == values)
    _ = folder.file("a.raw", [9, 9] + samples)
    let header = nrrd("encoding: raw", "endian: little", "data file: a.raw", "byte skip: 2")
    #expect(try voxels(stack("a.nhdr", header, [])) == values)
    let last = nrrd("encoding: raw", "endian: little", "datafile: a.raw", "byteskip: -1")
    #expect(try voxels(stack("a.nhdr", last, [])) == values)
  }

  @Test("a spacing without a unit is kept, and the unit said to be open")
  func unstatedUnit() throws {
    let stack = try stack(
      "a.nrrd", nrrd("encoding: raw", "endian: little", "spacings: 0.5 0.25 2"))
    #expect(stack.image.grid.spacing == SIMD3(0.5, 0.25, 2))
    #expect(stack.image.grid.unit == .unstated)
    #expect(stack.warnings.count == 1)
  }

  @Test(
    "NRRD that cannot be read says why",
    arguments: [
      (["encoding: bzip2"], "bzip2"), (["encoding: raw"], "comes first"),
      (["encoding: raw", "endian: little", "data file: ../a.raw"], "a.raw"),
      (["encoding: raw", "endian: little", "data file: LIST"], "LIST"),
      (["encoding: raw", "endian: little", "type: block"], "block"),
      (["encoding: raw", "endian: little", "sizes: 2 3 99"], "claims"),
      (["encoding: raw", "endian: little", "sizes: 2 3 -2"], "claims"),
      (["encoding: raw", "endian: little", "sizes: 2 3"], "contradict"),
      (["encoding: raw", "endian: little", "byte skip: 9"], "has 15 bytes"),
      (
        ["encoding: raw", "endian: little", "space directions: (1,1,0) (-1,1,0) (0,0,1)"],
        "not along"
      ),
      (["encoding: gzip"], "damaged"),
      (["encoding: raw", "endian: little", "kinds: 3-color domain domain"], "3-color"),
    ])
  func nrrdRefusals(fields: [String], word: String) throws {
    let header = (["NRRD0004", "type: ushort", "dimension: 3", "sizes: 2 3 2"] + fields)
      .joined(separator: "\n")
    let error = #expect(throws: VolumeFileError.self) {
      try stack("a.nrrd", header + "\n\n")
    }
    #expect(error?.description.contains(word) == true)
  }

  private let metaImage = """
    ObjectType = Image
    NDims = 3
    DimSize = 2 3 2
    ElementType = MET_USHORT
    ElementSpacing = 0.5 0.25 2
    Offset = 1 2 3

    """

  @Test("MetaImage: voxels, spacing and origin, behind the header or in a file")
  func metaImageFiles() throws {
    let local = try stack("a.mha", metaImage + "ElementDataFile = LOCAL\n")
    #expect(voxels(local) == values)
    #expect(local.image.grid.spacing == SIMD3(0.5, 0.25, 2))
    #expect(local.image.grid.origin == SIMD3(1, 2, 3))
    #expect(local.image.grid.unit == .unstated)
    _ = folder.file("a.raw", samples)
    #expect(try voxels(stack("a.mhd", metaImage + "ElementDataFile = a.raw\n", [])) == values)
    for (fields, word) in [
      ("ElementDataFile = LIST\n", "LIST"), ("ElementDataFile = /etc/passwd\n", "passwd"),
      ("ElementNumberOfChannels = 3\nElementDataFile = LOCAL\n", "channels"),
      ("TransformMatrix = 0.6 0.8 0 -0.8 0.6 0 0 0 1\nElementDataFile = LOCAL\n", "not along"),
      ("DimSize = 200 3 2\nElementDataFile = LOCAL\n", "claims"), ("", "where the voxels are"),
    ] {
      let error = #expect(throws: VolumeFileError.self) { try stack("a.mha", metaImage + fields) }
      #expect(error?.description.contains(word) == true, "\(fields)")
    }
  }

  /// A header of NIfTI-1 of 2 x 3 x 1 x 2 voxels: two frames of one slice.
  private func nifti(_ change: (inout [UInt8]) -> Void = { _ in }) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 352)
    func put(_ value: [UInt8], _ place: Int) {
      for (i, byte) in value.enumerated() { bytes[place + i] = byte }
    }
    func float(_ value: Float) -> [UInt8] {
      (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * $0)) }
    }
    put([92, 1, 0, 0], 0)
    for (i, size) in [4, 2, 3, 1, 2, 1, 1, 1].enumerated() { put([UInt8(size), 0], 40 + 2 * i) }
    put([0, 2, 16, 0], 70)
    for (i, size) in [1, 0.5, 0.25, 2].enumerated() { put(float(Float(size)), 76 + 4 * i) }
    put(float(352), 108)
    bytes[123] = 3
    put(Array("n+1".utf8), 344)
    change(&bytes)
    return bytes + samples
  }

  @Test("NIfTI: voxels, spacing, unit and frames")
  func niftiImage() throws {
    let path = folder.file("a.nii", nifti())
    let stack = try Stack(contentsOf: path, selecting: .init(frame: 2))
    #expect(voxels(stack) == Array(values[6...]))
    #expect(stack.frameCount == 2)
    #expect(stack.image.grid.spacing == SIMD3(0.5, 0.25, 2))
    #expect(stack.image.grid.unit == .micrometre)
    #expect(stack.image.grid.calibration == .nifti)
    #expect(stack.warnings.isEmpty)
  }

  @Test("NIfTI with a scale is read as stored, and that is said")
  func niftiScale() throws {
    let path = folder.file("a.nii", nifti { $0[115] = 0x40 })
    let stack = try Stack(contentsOf: path, selecting: .init(frame: 1))
    #expect(voxels(stack) == Array(values[..<6]))
    #expect(stack.warnings.count == 1)
  }

  @Test(
    "a NIfTI header with any byte changed is read or refused, and nothing else",
    arguments: [0, 1, 0x7F, 0x80, 0xFF] as [UInt8])
  func niftiMutations(value: UInt8) throws {
    for place in 0..<352 {
      _ = try? Stack(contentsOf: folder.file("a.nii", nifti { $0[place] = value }))
    }
  }

  @Test("files of a slice each are a stack in the order of their numbers")
  func slices() throws {
    for number in [1, 2, 10, 9] {
      var builder = TIFFBuilder()
      builder.addPage(width: 1, height: 1, pixels: [UInt16(number)])
      _ = folder.file("slices z\(number).tif", builder.encoded())
    }
    for path in [folder.path, "\(folder.path)/*z*.tif"] {
      let stack = try Stack(contentsOf: path)
      guard case .uint8(let volume) = stack.image else { throw VolumeError.outOfMemory(bytes: 0) }
      #expect(volume.array == [1, 2, 9, 10])
    }
    var builder = TIFFBuilder()
    builder.addPage(width: 2, height: 1, pixels: [1, 2])
    _ = folder.file("slices z3.tif", builder.encoded())
    let error = #expect(throws: VolumeFileError.self) { try Stack(contentsOf: folder.path) }
    #expect(error?.description.contains("z3") == true)
    #expect(throws: VolumeFileError.self) { try Stack(contentsOf: "\(folder.path)/*.png") }
  }
}
