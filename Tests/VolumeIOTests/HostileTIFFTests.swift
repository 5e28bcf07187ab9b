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
    "complex samples, odd depths and unknown codecs are refused by name",
    arguments: [
      (UInt16(339), UInt16(6), "complex"), (258, 40, "40 bits"), (259, 12345, "compression 12345"),
      (259, 34712, "JPEG 2000"),
    ])
  func unsupported(tag: UInt16, value: UInt16, word: String) throws {
    var builder = TIFFBuilder()
    builder.addPage(
      width: 4, height: 1, pixels: Array(repeating: 1, count: 32), extra: [(tag, .short([value]))])
    #expect(try error(reading: builder.encoded()).contains(word))
  }

  @Test("a list of pages that leads back into itself is read once, with a warning")
  func loop() throws {
    var bytes = stack
    // The link of the last directory, which is the last four bytes before its long values.
    let directory = bytes.count - (2 + 9 * 12 + 4)
    for i in 0..<4 { bytes[bytes.count - 4 + i] = UInt8(truncatingIfNeeded: directory >> (8 * i)) }
    let stack = try Stack(contentsOf: folder.file("bad.tif", bytes))
    #expect(stack.image.grid.size.z == 3)
    #expect(stack.warnings.contains { $0.contains("leads back into itself") })
  }

  @Test("strips that are the same bytes of the file are read with a warning")
  func sharedStrips() throws {
    var builder = TIFFBuilder()
    builder.addPage(
      width: 4, height: 2, pixels: [1, 2, 3, 4, 5, 6, 7, 8],
      extra: [(278, .long([1])), (273, .long([8, 8])), (279, .long([4, 4]))])
    let stack = try Stack(contentsOf: folder.file("bad.tif", builder.encoded()))
    #expect(stack.warnings.contains { $0.contains("same bytes") })
  }
}
