import Pictures
import Testing

@Suite struct PictureTests {
  private let red = RGB(r: 255, g: 0, b: 0)

  @Test func pixelsLieRowByRowFromTheTop() {
    var picture = Picture(width: 3, height: 2, fill: .black)
    picture[2, 1] = red
    #expect(picture.pixels == [.black, .black, .black, .black, .black, red])
    #expect(picture[2, 1] == red)
  }

  @Test func besideCentresTheLowerPicture() {
    let left = Picture(width: 2, height: 5, fill: .black)
    let right = Picture(width: 1, height: 1, fill: red)
    let row = left.beside(right, gap: 3, background: .white)
    #expect(row.width == 6 && row.height == 5)
    #expect(row[1, 0] == .black && row[1, 4] == .black)
    #expect(row[2, 2] == .white && row[4, 2] == .white)
    #expect((0..<5).map { row[5, $0] } == [.white, .white, red, .white, .white])
  }

  @Test func scalingRepeatsPixels() {
    let picture = Picture(width: 2, height: 1, pixels: [.black, red])
    let scaled = picture.scaled(by: 3)
    #expect(scaled.width == 6 && scaled.height == 3)
    for y in 0..<3 {
      #expect((0..<6).map { scaled[$0, y] } == [.black, .black, .black, red, red, red])
    }
    #expect(picture.scaled(by: 1) == picture)
  }

  @Test func pngHasSignatureSizeAndEnd() throws {
    let file = try Picture(width: 300, height: 2, fill: red).png()
    #expect(file.prefix(8) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
    #expect(Array(file[12..<16]) == Array("IHDR".utf8))
    #expect(Array(file[16..<24]) == [0, 0, 1, 44, 0, 0, 0, 2])
    #expect(Array(file[24..<26]) == [8, 2], "8 bits per channel, RGB")
    #expect(Array(file.suffix(8).prefix(4)) == Array("IEND".utf8))
  }

  @Test func pngOfNoiseFits() throws {
    var state: UInt64 = 1
    var picture = Picture(width: 257, height: 129, fill: .black)
    for y in 0..<129 {
      for x in 0..<257 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        picture[x, y] = RGB(
          r: UInt8(state >> 56), g: UInt8(state >> 48 & 255), b: UInt8(state >> 40 & 255))
      }
    }
    #expect(try picture.png().count > 257 * 129 * 3)
    #expect(try Picture(width: 1, height: 1, fill: red).png().count > 60)
  }

  @Test func pngTellsWhyItCannotBeWritten() {
    // libpng takes no more than a million columns.
    let picture = Picture(width: 1_000_001, height: 1, fill: .black)
    #expect(throws: PictureError.self) { try picture.png() }
  }
}
