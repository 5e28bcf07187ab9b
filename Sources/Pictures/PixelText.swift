extension Picture {
  /// Writes numbers and units, a letter 6 pixels wide and 7 high, times a factor.
  ///
  /// Letters are those of numbers, H, K and units of length; what else is asked for is a box.
  /// - Parameters:
  ///   - left: Of the first letter. What does not fit on the picture is left out.
  ///   - top: Of the letters.
  mutating func write(_ text: String, left: Int, top: Int, factor: Int, color: RGB) {
    for (place, letter) in text.enumerated() {
      let glyph = PixelFont.glyph(of: letter)
      for y in 0..<PixelFont.height * factor {
        for x in 0..<PixelFont.width * factor where glyph[y / factor][x / factor] {
          let (column, row) = (left + place * PixelFont.advance * factor + x, top + y)
          if column < width, row < height { self[column, row] = color }
        }
      }
    }
  }
}

/// Letters of 5 by 7 pixels.
enum PixelFont {
  static let width = 5
  static let height = 7
  /// From one letter to the next.
  static let advance = 6

  /// Rows from the top, each from the left.
  static func glyph(of letter: Character) -> [[Bool]] {
    let rows = glyphs[letter] ?? "11111 10001 10001 10001 10001 10001 11111"
    return rows.split(separator: " ").map { $0.map { $0 == "1" } }
  }

  private static let glyphs: [Character: String] = [
    "0": "01110 10001 10011 10101 11001 10001 01110",
    "1": "00100 01100 00100 00100 00100 00100 01110",
    "2": "01110 10001 00001 00110 01000 10000 11111",
    "3": "11110 00001 00001 01110 00001 00001 11110",
    "4": "00010 00110 01010 10010 11111 00010 00010",
    "5": "11111 10000 11110 00001 00001 10001 01110",
    "6": "00110 01000 10000 11110 10001 10001 01110",
    "7": "11111 00001 00010 00100 01000 01000 01000",
    "8": "01110 10001 10001 01110 10001 10001 01110",
    "9": "01110 10001 10001 01111 00001 00010 01100",
    "-": "00000 00000 00000 11111 00000 00000 00000",
    ".": "00000 00000 00000 00000 00000 01100 01100",
    "/": "00001 00010 00010 00100 01000 01000 10000",
    "H": "10001 10001 10001 11111 10001 10001 10001",
    "K": "10001 10010 10100 11000 10100 10010 10001",
    "e": "00000 00000 01110 10001 11111 10000 01110",
    "l": "01100 00100 00100 00100 00100 00100 01110",
    "m": "00000 00000 11010 10101 10101 10101 10101",
    "n": "00000 00000 11110 10001 10001 10001 10001",
    "o": "00000 00000 01110 10001 10001 10001 01110",
    "v": "00000 00000 10001 10001 10001 01010 00100",
    "x": "00000 00000 10001 01010 00100 01010 10001",
    "µ": "00000 00000 10001 10001 10011 11101 10000",
    "²": "01100 00010 00100 01110 00000 00000 00000",
    " ": "00000 00000 00000 00000 00000 00000 00000",
  ]
}
