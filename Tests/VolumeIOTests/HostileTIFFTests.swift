import Fixtures
import Testing
import VolumeIO
import Volumes

@Suite("Damaged and strange TIFF files") struct HostileTIFFTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  private func error(reading bytes: [UInt8]) throws -> String {
    let path = folder.file("bad.tif", bytes)
    let error = #expect(throws: VolumeFileError.self) { try Stack(contentsOf: path) }
    let text = error?.description ?? ""
    #expect(text.contains("bad.tif"))
    #expect(!text.contains("\n"))
    return text
  }

  private var stack: [UInt8] {
    var builder = TIFFBuilder()
    for page in 0..<3 {
      builder.addPage(
        width: 5, height: 4, bits: 16, pixels: (0..<20).map { UInt16(page * 100 + $0) },
        extra: page == 0
          ? [(270, .ascii("ImageJ=1.53t\nimages=3\nslices=3\nunit=um\nspacing=2\n"))] : [])
    }
    return builder.encoded()
  }

  @Test("an empty file, a text and a PNG are named as what they are")
  func notTIFF() throws {
    #expect(try error(reading: []).contains("empty"))
    #expect(try error(reading: Array("x,y,z\n1,2,3\n".utf8)).contains("text"))
    #expect(try error(reading: [0x89, 0x50, 0x4E, 0x47]).contains("89 50 4E 47"))
  }

  @Test("a header without pages")
  func zeroPages() throws {
    #expect(try error(reading: [0x49, 0x49, 42, 0, 0, 0, 0, 0]).contains("page 1"))
  }

  @Test("a missing path and a folder")
  func missing() throws {
    for path in ["\(folder.path)/nothing.tif", folder.path] {
      let error = #expect(throws: VolumeFileError.self) { try Stack(contentsOf: path) }
      #expect(error?.description.contains(path) == true)
    }
  }

  @Test("a file that is cut anywhere is refused")
  func truncated() throws {
    let whole = stack
    for count in 0..<whole.count {
      let path = folder.file("bad.tif", Array(whole.prefix(count)))
      #expect(throws: VolumeFileError.self, "\(count) of \(whole.count) bytes") {
        try Stack(contentsOf: path)
      }
    }
  }

  @Test("flipped bits are read or refused, and nothing else")
  func flippedBits() throws {
    let whole = stack
    for position in whole.indices {
      for bit in [0, 3, 7] {
        var bytes = whole
        bytes[position] ^= UInt8(1 << bit)
        _ = try? Stack(contentsOf: folder.file("bad.tif", bytes))
      }
    }
  }

  @Test("a claim of more voxels than the file can hold asks for no memory")
  func hugeClaim() throws {
    var builder = TIFFBuilder()
    builder.addPage(
      width: 2_000_000, height: 2_000_000, bits: 16, pixels: [1],
      extra: [(278, .long([2_000_000]))])
    #expect(try error(reading: builder.encoded()).contains("cannot hold"))
  }

  @Test(
    "colour, odd depths and unknown codecs are refused by name",
    arguments: [
      (UInt16(277), UInt16(3), "colour"), (258, 12, "12 bits"), (259, 12345, "compression 12345"),
    ])
  func unsupported(tag: UInt16, value: UInt16, word: String) throws {
    var builder = TIFFBuilder()
    builder.addPage(
      width: 4, height: 1, pixels: Array(repeating: 1, count: 12), extra: [(tag, .short([value]))])
    #expect(try error(reading: builder.encoded()).contains(word))
  }
}
