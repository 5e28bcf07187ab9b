/// Collects the bytes of a file.
struct ByteWriter {
  private(set) var bytes: [UInt8] = []

  init(capacity: Int) { bytes.reserveCapacity(capacity) }

  /// Adds a whole number, little-endian.
  @inline(__always)
  mutating func append<Number: FixedWidthInteger>(_ number: Number) {
    unsafe withUnsafeBytes(of: number.littleEndian) { unsafe bytes.append(contentsOf: $0) }
  }

  /// Adds a float, little-endian.
  @inline(__always)
  mutating func append(_ value: Float) { append(value.bitPattern) }

  @inline(__always)
  mutating func append(_ position: SIMD3<Float>) {
    append(SIMD3(position.x.bitPattern, position.y.bitPattern, position.z.bitPattern))
  }

  /// Adds three whole numbers at once, little-endian.
  @inline(__always)
  mutating func append(_ numbers: SIMD3<UInt32>) {
    let ordered = SIMD3(
      numbers.x.littleEndian, numbers.y.littleEndian, numbers.z.littleEndian)
    // SAFETY: a vector of three has room for four, of which the first twelve bytes are the numbers.
    unsafe withUnsafeBytes(of: ordered) {
      unsafe bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: $0[..<12]))
    }
  }

  /// Adds text as it is.
  mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

  /// Adds three numbers with blanks between, in as many digits as it takes to read the same floats.
  mutating func appendText(_ position: SIMD3<Float>) {
    append("\(position.x) \(position.y) \(position.z)")
  }
}
