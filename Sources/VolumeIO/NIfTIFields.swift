/// The numbers of a NIfTI header at their places, which the two versions of the format have elsewhere.
struct NIfTIFields {
  private let bytes: [UInt8]
  private let isBigEndian: Bool
  private let isFirstVersion: Bool

  init(_ bytes: [UInt8], isBigEndian: Bool, isFirstVersion: Bool) {
    self.bytes = bytes
    self.isBigEndian = isBigEndian
    self.isFirstVersion = isFirstVersion
  }

  /// The number of dimensions, and the size of each of seven.
  var dimensions: [Int] {
    (0..<8).map { isFirstVersion ? integer(40 + 2 * $0, bytes: 2) : integer(16 + 8 * $0, bytes: 8) }
  }
  var dataType: Int { isFirstVersion ? integer(70, bytes: 2) : integer(12, bytes: 2) }
  var bits: Int { isFirstVersion ? integer(72, bytes: 2) : integer(14, bytes: 2) }
  var dataOffset: Int? { isFirstVersion ? Int(exactly: real(108)) : integer(168, bytes: 8) }
  var unitCode: Int { isFirstVersion ? integer(123, bytes: 1) : integer(500, bytes: 4) }

  /// Along x, y and z.
  var pixelSizes: [Double] { (1...3).map(pixelSize) }

  /// A factor of 0 means that there is none.
  var scaling: (scale: Double, shift: Double) {
    let scale = isFirstVersion ? real(112) : real(176)
    let shift = isFirstVersion ? real(116) : real(184)
    return scale == 0 || !scale.isFinite || !shift.isFinite ? (1, 0) : (scale, shift)
  }

  /// The steps from voxel to voxel along each axis and the place of the first one, from the rows of the
  /// sform, or the quaternion of the qform.
  var affine: (steps: [SIMD3<Double>], origin: SIMD3<Double>)? {
    let codeAt = isFirstVersion ? (q: 252, s: 254) : (q: 344, s: 348)
    let codeBytes = isFirstVersion ? 2 : 4
    if integer(codeAt.s, bytes: codeBytes) > 0 {
      let rows = (0..<3).map { row in
        (0..<4).map {
          isFirstVersion ? real(280 + 16 * row + 4 * $0) : real(400 + 32 * row + 8 * $0)
        }
      }
      let columns = (0..<4).map { SIMD3(rows[0][$0], rows[1][$0], rows[2][$0]) }
      return (Array(columns[0..<3]), columns[3])
    }
    guard integer(codeAt.q, bytes: codeBytes) > 0 else { return nil }
    let numbers = (0..<6).map { isFirstVersion ? real(256 + 4 * $0) : real(352 + 8 * $0) }
    return (rotation(numbers[0], numbers[1], numbers[2]), SIMD3(numbers[3], numbers[4], numbers[5]))
  }

  /// The columns of the rotation of a unit quaternion, each as long as a voxel.
  private func rotation(_ b: Double, _ c: Double, _ d: Double) -> [SIMD3<Double>] {
    let a = max(0, 1 - b * b - c * c - d * d).squareRoot()
    let sign = pixelSize(0) < 0 ? -1.0 : 1.0
    return [
      SIMD3(a * a + b * b - c * c - d * d, 2 * (b * c + a * d), 2 * (b * d - a * c))
        * pixelSize(1),
      SIMD3(2 * (b * c - a * d), a * a + c * c - b * b - d * d, 2 * (c * d + a * b))
        * pixelSize(2),
      SIMD3(2 * (b * d + a * c), 2 * (c * d - a * b), a * a + d * d - b * b - c * c)
        * (sign * pixelSize(3)),
    ]
  }

  private func pixelSize(_ index: Int) -> Double {
    isFirstVersion ? real(76 + 4 * index) : real(104 + 8 * index)
  }

  private func integer(_ offset: Int, bytes size: Int) -> Int {
    let raw = digits(offset, size)
    let shift = 64 - 8 * size
    // Signed, whatever its size.
    return Int(Int64(bitPattern: raw << UInt64(shift)) >> Int64(shift))
  }

  /// A float as the decimal number of fewest digits that is the same one: 0.2 and not 0.200000003.
  private func real(_ offset: Int) -> Double {
    guard isFirstVersion else { return Double(bitPattern: digits(offset, 8)) }
    let value = Float(bitPattern: UInt32(truncatingIfNeeded: digits(offset, 4)))
    return Double("\(value)") ?? Double(value)
  }

  private func digits(_ offset: Int, _ size: Int) -> UInt64 {
    let field = bytes[offset..<offset + size]
    return (isBigEndian ? Array(field) : field.reversed()).reduce(UInt64(0)) {
      $0 << 8 | UInt64($1)
    }
  }
}
