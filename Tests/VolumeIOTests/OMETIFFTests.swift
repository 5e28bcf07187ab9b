import Fixtures
import Testing
import VolumeIO
import Volumes

@Suite("OME-TIFF") struct OMETIFFTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  /// A file of pages of one pixel, whose values are their numbers, and a description around `pixels`.
  private func file(
    _ name: String, pages: Int, from first: Int = 0, pixels: String
  ) -> String {
    var builder = TIFFBuilder()
    let xml = """
      <OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06"><Image ID="Image:0">\
      \(pixels)</Image></OME>
      """
    for page in 0..<pages {
      builder.addPage(
        width: 1, height: 1, pixels: [UInt16(first + page)],
        extra: page == 0 ? [(270, .ascii(xml))] : [])
    }
    return folder.file(name, builder.encoded())
  }

  private func values(_ stack: Stack) -> [UInt8] {
    if case .uint8(let volume) = stack.image { volume.array } else { [] }
  }

  private func pixels(_ order: String, _ extra: String = "", _ data: String = "<TiffData/>")
    -> String
  {
    """
    <Pixels DimensionOrder="\(order)" Type="uint8" SizeX="1" SizeY="1" SizeZ="3" SizeC="2" \
    SizeT="2" \(extra)>\(data)</Pixels>
    """
  }

  @Test(
    "the order of dimensions says which page is which plane",
    arguments: [
      ("XYZCT", [9, 10, 11]), ("XYCZT", [7, 9, 11]), ("XYZTC", [9, 10, 11]),
      ("XYCTZ", [3, 7, 11]), ("XYTZC", [7, 9, 11]), ("XYTCZ", [3, 7, 11]),
    ])
  func order(order: String, expected: [UInt8]) throws {
    let path = file("a.ome.tif", pages: 12, pixels: pixels(order))
    let stack = try Stack(contentsOf: path, selecting: .init(channel: 2, frame: 2))
    #expect(stack.channelCount == 2)
    #expect(stack.frameCount == 2)
    #expect(values(stack) == expected)
  }

  @Test("physical sizes are in the unit that they name, by default micrometres")
  func units() throws {
    let sizes = #"PhysicalSizeX="0.1" PhysicalSizeY="0.2" PhysicalSizeZ="300""#
    let plain = try Stack(
      contentsOf: file("a.ome.tif", pages: 12, pixels: pixels("XYZCT", sizes)))
    #expect(plain.image.grid.spacing == SIMD3(0.1, 0.2, 300))
    #expect(plain.image.grid.unit == .micrometre)
    #expect(plain.image.grid.calibration == .ome)
    let mixed = try Stack(
      contentsOf: file(
        "a.ome.tif", pages: 12, pixels: pixels("XYZCT", sizes + #" PhysicalSizeZUnit="nm""#)))
    #expect(abs(mixed.image.grid.spacing.z - 0.3) < 1e-12)
    let angstrom = sizes.replacing("300\"", with: "300\" PhysicalSizeXUnit=\"Å\"")
    let small = try Stack(
      contentsOf: file("a.ome.tif", pages: 12, pixels: pixels("XYZCT", angstrom)))
    #expect(small.image.grid.unit == .nanometre)
    #expect(abs(small.image.grid.spacing.x - 0.01) < 1e-15)
    #expect(abs(small.image.grid.spacing.y - 200) < 1e-9)
  }

  @Test(
    "a size that is missing, or no length, is no calibration",
    arguments: ["", #"PhysicalSizeZ="0""#, #"PhysicalSizeZ="NaN""#, #"PhysicalSizeZ="wide""#])
  func noCalibration(size: String) throws {
    let sizes = #"PhysicalSizeX="0.1" PhysicalSizeY="0.2" "# + size
    let stack = try Stack(
      contentsOf: file("a.ome.tif", pages: 12, pixels: pixels("XYZCT", sizes)),
      selecting: .init(channel: 1, frame: 1))
    #expect(stack.image.grid.calibration == .none)
    #expect(stack.warnings.count == 1)
  }

  @Test("planes that other files of the folder hold are read from there")
  func companions() throws {
    func parts(_ second: String) -> String {
      pixels(
        "XYZCT", "",
        #"<TiffData FirstZ="0" IFD="0" PlaneCount="6"/>"#
          + #"<TiffData FirstT="1" IFD="1" PlaneCount="6"><UUID FileName="\#(second)">x</UUID></TiffData>"#
      )
    }
    _ = file("b.ome.tif", pages: 7, from: 100, pixels: #"<BinaryOnly MetadataFile="a.ome.tif"/>"#)
    let path = file("a.ome.tif", pages: 6, pixels: parts("b.ome.tif"))
    let stack = try Stack(contentsOf: path, selecting: .init(channel: 2, frame: 2))
    #expect(values(stack) == [104, 105, 106])
    for name in ["missing.ome.tif", "../b.ome.tif"] {
      let path = file("a.ome.tif", pages: 6, pixels: parts(name))
      let error = #expect(throws: VolumeFileError.self) { try Stack(contentsOf: path) }
      #expect(error?.description.contains(name) == true)
    }
  }

  @Test("pages that the metadata count and the file lacks are a loss")
  func missingPages() throws {
    let path = file("a.ome.tif", pages: 11, pixels: pixels("XYZCT"))
    let error = #expect(throws: VolumeFileError.self) { try Stack(contentsOf: path) }
    #expect(error?.description.contains("OME") == true)
  }

  @Test(
    "metadata that cannot be believed are not, and that is said",
    arguments: [
      "<Pixels SizeX=\"7\" SizeY=\"1\" SizeZ=\"2\" SizeC=\"1\" SizeT=\"1\"/>", "<Pixels",
      "<Image/>",
    ])
  func disbelief(pixels: String) throws {
    let stack = try Stack(contentsOf: file("a.ome.tif", pages: 2, pixels: pixels))
    #expect(values(stack) == [0, 1])
    #expect(stack.image.grid.calibration == .none)
    #expect(stack.warnings.count == 1)
  }

  @Test("a type that the pages do not have is said")
  func otherType() throws {
    let text = pixels("XYZCT").replacing("uint8", with: "int8")
    let stack = try Stack(
      contentsOf: file("a.ome.tif", pages: 12, pixels: text), selecting: .init(channel: 1, frame: 1)
    )
    #expect(stack.image.voxelTypeName == "uint8")
    #expect(stack.warnings.contains { $0.contains("int8") && $0.contains("uint8") })
  }

  @Test("entities are not followed")
  func entities() throws {
    var builder = TIFFBuilder()
    let xml = """
      <!DOCTYPE OME [<!ENTITY a SYSTEM "file:///etc/passwd">]><OME><Image>&a;\
      <Pixels SizeX="1" SizeY="1" SizeZ="1" SizeC="1" SizeT="1"/></Image></OME>
      """
    builder.addPage(width: 1, height: 1, pixels: [4], extra: [(270, .ascii(xml))])
    let stack = try Stack(contentsOf: folder.file("a.ome.tif", builder.encoded()))
    #expect(stack.warnings.contains { $0.contains("document type") })
  }

  @Test("what is written is read back, calibration and all")
  func roundTrip() throws {
    let grid = Grid(
      size: SIMD3(7, 5, 3), spacing: SIMD3(0.25, 0.5, 1.75), unit: .micrometre,
      calibration: .commandLine)
    let volume = try Volume(grid: grid, voxels: (0..<105).map { Float($0) / 7 })
    try Image.float32(volume).write(to: "\(folder.path)/out.ome.tif")
    let stack = try Stack(contentsOf: "\(folder.path)/out.ome.tif")
    guard case .float32(let back) = stack.image else { throw VolumeError.outOfMemory(bytes: 0) }
    #expect(back.array == volume.array)
    #expect(back.grid.spacing == grid.spacing)
    #expect(back.grid.unit == .micrometre)
    #expect(back.grid.calibration == .ome)
    #expect(stack.warnings.isEmpty)
  }
}
