/// Reads numbers one after the other from the bytes of a binary file. Never reads beyond the end.
struct ByteReader: ~Escapable {
  let path: String
  let isBigEndian: Bool
  private(set) var offset: Int
  private let bytes: Span<UInt8>

  @_lifetime(copy bytes)
  init(_ bytes: Span<UInt8>, from offset: Int, isBigEndian: Bool = false, path: String) {
    self.bytes = bytes
    self.offset = offset
    self.isBigEndian = isBigEndian
    self.path = path
  }

  var position: MeshFilePosition { .byte(offset) }
  var bytesLeft: Int { bytes.count - offset }

  /// The next whole number.
  @inline(__always)
  mutating func integer<Number: FixedWidthInteger & UnsignedInteger>(
    _ expected: String, as _: Number.Type = Number.self
  ) throws(MeshFileError) -> Number {
    let size = Number.bitWidth / 8
    guard bytesLeft >= size else { throw .truncated(path: path, at: position, expected: expected) }
    var number: Number = 0
    for i in 0..<size {
      let byte = Number(truncatingIfNeeded: bytes[offset + (isBigEndian ? i : size - 1 - i)])
      number = (size > 1 ? number << 8 : 0) | byte
    }
    offset += size
    return number
  }

  /// The next coordinate of a vertex.
  @inline(__always)
  mutating func coordinate() throws(MeshFileError) -> Float {
    let place = position
    let value = Float(bitPattern: try integer("a coordinate"))
    guard value.isFinite else { throw .nonFiniteCoordinate(path: path, at: place) }
    return value
  }

  /// Passes over bytes that nobody needs, of which there must be enough.
  mutating func skip(_ count: Int, _ expected: String) throws(MeshFileError) {
    guard bytesLeft >= count else {
      throw .truncated(path: path, at: position, expected: expected)
    }
    offset += count
  }
}
