import Fixtures
import Testing
import VolumeIO
import Volumes

@Suite("OME-Zarr") struct OMEZarrTests {
  let folder: TemporaryFolder
  var path: String { "\(folder.path)/a.ome.zarr" }
  init() throws { folder = try TemporaryFolder() }

  private static let grid = Grid(
    size: SIMD3(131, 70, 67), spacing: SIMD3(0.25, 0.5, 1.75), origin: SIMD3(1, -2, 3),
    unit: .nanometre, calibration: .commandLine)

  private func image() throws -> Image {
    .uint16(
      try Volume(grid: Self.grid, voxels: (0..<Self.grid.voxelCount).map { UInt16($0 % 65521) }))
  }

  private func voxels(_ stack: Stack) -> [UInt16] {
    if case .uint16(let volume) = stack.image { volume.array } else { [] }
  }

  /// Rewrites a file of the container as text.
  private func edit(_ name: String, _ change: (String) -> String) {
    let text = change(String(decoding: folder.contents("a.ome.zarr/\(name)"), as: UTF8.self))
    _ = folder.file("a.ome.zarr/\(name)", Array(text.utf8))
  }

  @Test("what is written is read back: voxels, spacing, origin and unit")
  func roundTrip() throws {
    try image().write(to: path)
    let stack = try Stack(contentsOf: path)
    #expect(voxels(stack) == (0..<Self.grid.voxelCount).map { UInt16($0 % 65521) })
    let grid = stack.image.grid
    #expect(grid.spacing == Self.grid.spacing)
    #expect(grid.origin == Self.grid.origin)
    #expect(grid.unit == .nanometre)
    #expect(grid.calibration == .omeZarr)
    #expect(stack.warnings.isEmpty)
  }

  @Test("a box is the same voxels, at their place, and no other chunk is opened")
  func box() throws {
    try image().write(to: path)
    // The chunk at x 128 and beyond is destroyed, which only who reads it can tell.
    _ = folder.file("a.ome.zarr/0/0/0/1", [1, 2, 3])
    let box = VoxelBox(start: SIMD3(100, 3, 2), size: SIMD3(28, 5, 4))
    let part = try Stack(contentsOf: path, selecting: .init(box: box))
    var expected: [UInt16] = []
    for z in 2..<6 {
      for y in 3..<8 {
        expected += (100..<128).map { UInt16(Self.grid.offset($0, y, z) % 65521) }
      }
    }
    #expect(voxels(part) == expected)
    #expect(part.image.grid.origin == Self.grid.world(SIMD3(100, 3, 2)))
    let error = #expect(throws: VolumeFileError.self) { try Stack(contentsOf: path) }
    #expect(error?.description.contains("0/0/0/1") == true)
  }

  @Test("a box that reaches out of the image is refused")
  func outside() throws {
    try image().write(to: path)
    for (start, size) in [
      (SIMD3(131, 0, 0), SIMD3(1, 1, 1)), (SIMD3(0, 0, 60), SIMD3(1, 1, 8)),
      (SIMD3(Int.max, 0, 0), SIMD3(Int.max, 1, 1)),
    ] {
      let box = VoxelBox(start: start, size: size)
      #expect(throws: VolumeFileError.self) {
        try Stack(contentsOf: path, selecting: .init(box: box))
      }
    }
  }

  @Test("the scales and translations of a resolution and of all of them multiply and add")
  func transformations() throws {
    try image().write(to: path)
    edit(".zattrs") {
      $0.replacing(
        #""axes" :"#,
        with: #""coordinateTransformations": [{"type": "scale", "scale": [2, 2, 4]}, "#
          + #"{"type": "translation", "translation": [10, 0, 0]}], "axes" :"#)
    }
    let grid = try Stack(contentsOf: path).image.grid
    #expect(grid.spacing == SIMD3(1, 1, 3.5))
    #expect(grid.origin == SIMD3(4, -4, 16))
  }

  @Test("images that are groups of a container are its series, in the order of their numbers")
  func series() throws {
    for (number, value) in [(0, 5), (2, 6), (10, 7)] as [(Int, UInt16)] {
      let image = Image.uint16(try Volume(SIMD3(2, 2, 2)) { _, _, _ in value })
      try image.write(to: "\(folder.path)/image.zarr")
      try TemporaryFolder.move("\(folder.path)/image.zarr", to: "\(path)/\(number)")
    }
    _ = folder.file("a.ome.zarr/.zattrs", Array(#"{"bioformats2raw.layout": 3}"#.utf8))
    _ = folder.file("a.ome.zarr/.zgroup", Array(#"{"zarr_format": 2}"#.utf8))
    let first = try Stack(contentsOf: path)
    #expect(first.seriesCount == 3)
    #expect(first.warnings.count == 1)
    #expect(voxels(first).first == 5)
    for (series, value) in [(1, 5), (2, 6), (3, 7)] as [(Int, UInt16)] {
      let stack = try Stack(contentsOf: path, selecting: .init(series: series))
      #expect(voxels(stack).first == value)
      #expect(stack.warnings.isEmpty)
    }
  }

  @Test("a missing chunk is the fill value")
  func fillValue() throws {
    try image().write(to: path)
    try TemporaryFolder.remove("\(path)/0/0/0/1")
    edit("0/.zarray") { $0.replacing(#""fill_value" : 0"#, with: #""fill_value" : 7"#) }
    let box = VoxelBox(start: SIMD3(127, 0, 0), size: SIMD3(2, 1, 1))
    #expect(try voxels(Stack(contentsOf: path, selecting: .init(box: box))) == [127, 7])
  }

  @Test("labels go into the container in its version, and into its list", arguments: [2, 3])
  func labels(version: Int) throws {
    try image().write(to: path)
    if version == 3 {
      // Only the metadata of the group tell the version; the array is not read here.
      _ = folder.file(
        "a.ome.zarr/zarr.json",
        Array(
          #"""
          {"zarr_format": 3, "node_type": "group", "attributes": {"ome": {"version": "0.5",
            "multiscales": [{"axes": [], "datasets": []}]}}}
          """#.utf8))
    }
    let labels = Image.uint32(try Volume(grid: Self.grid))
    for name in ["nuclei", "cells", "nuclei"] { try labels.write(to: "\(path)/labels/\(name)") }
    let back = try Stack(contentsOf: "\(path)/labels/nuclei")
    #expect(back.image.voxelTypeName == "uint32")
    #expect(back.image.grid.spacing == Self.grid.spacing)
    let list = folder.contents("a.ome.zarr/labels/\(version == 3 ? "zarr.json" : ".zattrs")")
    let words = String(decoding: list, as: UTF8.self).filter { !$0.isWhitespace }
    #expect(words.contains(#""labels":["nuclei","cells"]"#))
    let alone = "\(folder.path)/other.ome.zarr/labels/nuclei"
    #expect(throws: VolumeFileError.self) { try labels.write(to: alone) }
    let field = Image.float32(try Volume(grid: Self.grid))
    #expect(throws: VolumeFileError.self) { try field.write(to: "\(path)/labels/field") }
  }

  @Test(
    "what is no length, no array and no place in the container is said",
    arguments: [
      (".zattrs", "0.25", "-1", nil), (".zattrs", "nanometer", "parsec", nil),
      (".zattrs", #""path" : "0""#, #""path" : "../0""#, "outside"),
      ("0/.zarray", "131", "9999999", "claims"), ("0/.zarray", "131", "-5", "shape"),
      ("0/.zarray", "blosc", "lz4", "codec “lz4”"), ("0/.zarray", "<u2", "<c8", "type “<c8”"),
      (".zattrs", "{", "", "no JSON"),
    ] as [(String, String, String, String?)])
  func refusals(file: String, old: String, new: String, word: String?) throws {
    try image().write(to: path)
    edit(file) { $0.replacing(old, with: new) }
    if let word {
      let error = #expect(throws: VolumeFileError.self) { try Stack(contentsOf: path) }
      #expect(error?.description.contains(word) == true)
    } else {
      let stack = try Stack(contentsOf: path)
      #expect(stack.image.grid.calibration == .none)
      #expect(stack.warnings.count == 1)
    }
  }
}
