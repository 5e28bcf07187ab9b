/// The types of numbers that files store voxels as. Each is read as the ``Voxel`` that holds it exactly.
enum SampleType: String, Sendable {
  case uint8, int8, uint16, int16, uint32, int32, uint64, int64, float16, float32, float64

  var bytes: Int {
    switch self {
    case .uint8, .int8: 1
    case .uint16, .int16, .float16: 2
    case .uint32, .int32, .float32: 4
    case .uint64, .int64, .float64: 8
    }
  }

  /// The type of a number of so many bytes, as many headers spell it: `u2`, `i4`, `f8`.
  init?(kind: Character, bytes: Int) {
    switch (kind, bytes) {
    case ("u", 1), ("b", 1): self = .uint8
    case ("u", 2): self = .uint16
    case ("u", 4): self = .uint32
    case ("u", 8): self = .uint64
    case ("i", 1): self = .int8
    case ("i", 2): self = .int16
    case ("i", 4): self = .int32
    case ("i", 8): self = .int64
    case ("f", 2): self = .float16
    case ("f", 4): self = .float32
    case ("f", 8): self = .float64
    default: return nil
    }
  }
}

extension SampleType {
  /// The bits of a number that is written as a word; `nil` where it is none of this type.
  func bits(of word: String) -> UInt64? {
    switch self {
    case .uint8: UInt8(word).map { UInt64($0) }
    case .uint16: UInt16(word).map { UInt64($0) }
    case .uint32: UInt32(word).map { UInt64($0) }
    case .uint64: UInt64(word)
    case .int8: Int8(word).map { UInt64(UInt8(bitPattern: $0)) }
    case .int16: Int16(word).map { UInt64(UInt16(bitPattern: $0)) }
    case .int32: Int32(word).map { UInt64(UInt32(bitPattern: $0)) }
    case .int64: Int64(word).map { UInt64(bitPattern: $0) }
    case .float16: Float16(word).map { UInt64($0.bitPattern) }
    case .float32: Float(word).map { UInt64($0.bitPattern) }
    case .float64: Double(word).map(\.bitPattern)
    }
  }
}
