/// Reads words and numbers from a text file, and knows on which line it is.
///
/// Lines end in LF, CR LF or CR. The accessors of words stay on the current line.
struct TextScanner: ~Escapable {
  /// What separates words and ends lines, beyond blanks and line ends.
  enum Syntax {
    case plain
    /// `#` begins a comment, and a backslash at the end of a line joins it with the next.
    case obj
  }

  let path: String
  private(set) var line = 1
  private let bytes: Span<UInt8>
  private let syntax: Syntax
  private var next: Int

  @_lifetime(copy bytes)
  init(
    _ bytes: Span<UInt8>, from start: Int = 0, line: Int = 1, path: String, syntax: Syntax = .plain
  ) {
    self.bytes = bytes
    self.path = path
    self.syntax = syntax
    self.line = line
    next = start
  }

  var position: MeshFilePosition { .line(line) }
  /// Where the scanner stands, in bytes from the beginning of the file.
  var offset: Int { next }
  var bytesLeft: Int { bytes.count - next }
  var isAtEnd: Bool { next >= bytes.count }

  /// Skips blanks; true when nothing but a comment is left on this line.
  mutating func isAtLineEnd() -> Bool {
    while next < bytes.count {
      let byte = bytes[next]
      if isBlank(byte) {
        next += 1
      } else if endsLine(byte) {
        return true
      } else if syntax == .obj, byte == UInt8(ascii: "#") {
        return true
      } else if syntax == .obj, byte == UInt8(ascii: "\\"), isNewline(at: next + 1) {
        next += 1
        skipNewline()
      } else {
        return false
      }
    }
    return true
  }

  /// Goes to the beginning of the next line, whatever is left on this one.
  mutating func skipLine() {
    while !isAtLineEnd() { skipWord() }
    while next < bytes.count, !endsLine(bytes[next]) { next += 1 }
    skipNewline()
  }

  /// Goes to the next word, on this line or a later one; false when there is none.
  mutating func skipToWord() -> Bool {
    while isAtLineEnd() {
      guard !isAtEnd else { return false }
      skipLine()
    }
    return true
  }

  /// The next word on this line; empty when there is none.
  mutating func word() -> String {
    let range = wordRange()
    return String(ascii: bytes.extracting(range))
  }

  /// What is left of this line, a comment at its end included.
  mutating func restOfLine() -> String {
    _ = isAtLineEnd()
    let start = next
    while next < bytes.count, !endsLine(bytes[next]) { next += 1 }
    var end = next
    while end > start, isBlank(bytes[end - 1]) { end -= 1 }
    return String(ascii: bytes.extracting(start..<end))
  }

  /// Whether the next word is this one.
  func nextIs(_ word: StaticString) -> Bool { bytes.extracting(next...).starts(with: word) }

  /// Skips the next word on this line; false when there is none.
  @discardableResult
  mutating func skipWord() -> Bool { !wordRange().isEmpty }

  /// The next word on this line, as a number, which may be infinite or `nan`.
  mutating func number() throws(MeshFileError) -> Float {
    let range = wordRange()
    guard let value = decimalFloat(bytes.extracting(range)) else {
      throw malformed(expected: "a number", found: range)
    }
    return value
  }

  /// The next word on this line, as a finite coordinate.
  mutating func coordinate() throws(MeshFileError) -> Float {
    let value = try number()
    guard value.isFinite else { throw .nonFiniteCoordinate(path: path, at: position) }
    return value
  }

  /// The next word on this line, as a whole number. With a separator, only what stands before it,
  /// as in `7/1/3`.
  mutating func integer(
    _ expected: String, before separator: UInt8? = nil
  ) throws(MeshFileError) -> Int {
    let range = wordRange()
    var end = range.lowerBound
    while end < range.upperBound, bytes[end] != separator { end += 1 }
    guard let value = decimalInteger(bytes.extracting(range.lowerBound..<end)) else {
      throw malformed(expected: expected, found: range)
    }
    return value
  }

  /// Says that something else stands where `expected` should.
  func malformed(expected: String, found: String) -> MeshFileError {
    .malformed(path: path, at: position, expected: expected, found: found)
  }

  private func malformed(expected: String, found range: Range<Int>) -> MeshFileError {
    if range.isEmpty {
      return isAtEnd
        ? .truncated(path: path, at: position, expected: expected)
        : malformed(expected: expected, found: "the end of the line")
    }
    let text = String(ascii: bytes.extracting(range.prefix(24)))
    return malformed(expected: expected, found: "“\(text)”")
  }

  private mutating func wordRange() -> Range<Int> {
    guard !isAtLineEnd() else { return next..<next }
    let start = next
    while next < bytes.count, !isBlank(bytes[next]), !endsLine(bytes[next]) {
      if syntax == .obj, bytes[next] == UInt8(ascii: "\\"), isNewline(at: next + 1) { break }
      next += 1
    }
    return start..<next
  }

  private mutating func skipNewline() {
    guard next < bytes.count else { return }
    let isPair =
      bytes[next] == UInt8(ascii: "\r") && next + 1 < bytes.count
      && bytes[next + 1] == UInt8(ascii: "\n")
    next += isPair ? 2 : 1
    line += 1
  }

  private func isNewline(at index: Int) -> Bool { index < bytes.count && endsLine(bytes[index]) }
}

@inline(__always)
private func endsLine(_ byte: UInt8) -> Bool {
  byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
}

@inline(__always)
private func isBlank(_ byte: UInt8) -> Bool {
  byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == 0x0B || byte == 0x0C
}
