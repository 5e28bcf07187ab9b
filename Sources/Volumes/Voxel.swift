/// A type that the voxels of a volume can have.
public protocol Voxel: BitwiseCopyable, Sendable, Comparable {
  /// The name that users know the type by, for example `uint16`.
  static var typeName: String { get }
  /// True for the floating-point types, whose values can be NaN.
  static var isFloatingPoint: Bool { get }
  /// Converts a run of voxels. Exact up to 24 significant bits.
  static func widen(_ voxels: Span<Self>, into floats: inout MutableSpan<Float>)
  /// The value as a double, exactly.
  var asDouble: Double { get }
  /// The value nearest to a number.
  init(nearest value: Double)

  /// Whole numbers in the order of the values.
  associatedtype Rank: RankScalar
  /// The place of the value among all values of the type; NaN lies above every number.
  var rank: Rank { get }
  init(rank: Rank)

  /// The volume as an image.
  static func image(_ volume: Volume<Self>) -> Image
  /// The volume in an image, where it has this voxel type.
  static func volume(in image: Image) -> Volume<Self>?
}

// Written out per type and not as a default: the loop must be specialised, and a requirement that
// is called through a generic volume is specialised only where it is concrete.
extension UInt8: Voxel {
  public static var typeName: String { "uint8" }
  public static func widen(_ voxels: Span<UInt8>, into floats: inout MutableSpan<Float>) {
    for i in voxels.indices { floats[i] = Float(voxels[i]) }
  }
  public var rank: Int16 { Int16(self) }
  public init(rank: Int16) { self = UInt8(rank) }
  public static func image(_ volume: Volume<UInt8>) -> Image { .uint8(volume) }
  public static func volume(in image: Image) -> Volume<UInt8>? {
    if case .uint8(let volume) = image { volume } else { nil }
  }
}
extension Int8: Voxel {
  public static var typeName: String { "int8" }
  public static func widen(_ voxels: Span<Int8>, into floats: inout MutableSpan<Float>) {
    for i in voxels.indices { floats[i] = Float(voxels[i]) }
  }
  public var rank: Int16 { Int16(self) }
  public init(rank: Int16) { self = Int8(rank) }
  public static func image(_ volume: Volume<Int8>) -> Image { .int8(volume) }
  public static func volume(in image: Image) -> Volume<Int8>? {
    if case .int8(let volume) = image { volume } else { nil }
  }
}
extension UInt16: Voxel {
  public static var typeName: String { "uint16" }
  public static func widen(_ voxels: Span<UInt16>, into floats: inout MutableSpan<Float>) {
    for i in voxels.indices { floats[i] = Float(voxels[i]) }
  }
  public var rank: Int16 { Int16(bitPattern: self ^ 0x8000) }
  public init(rank: Int16) { self = UInt16(bitPattern: rank) ^ 0x8000 }
  public static func image(_ volume: Volume<UInt16>) -> Image { .uint16(volume) }
  public static func volume(in image: Image) -> Volume<UInt16>? {
    if case .uint16(let volume) = image { volume } else { nil }
  }
}
extension Int16: Voxel {
  public static var typeName: String { "int16" }
  public static func widen(_ voxels: Span<Int16>, into floats: inout MutableSpan<Float>) {
    for i in voxels.indices { floats[i] = Float(voxels[i]) }
  }
  public var rank: Int16 { self }
  public init(rank: Int16) { self = rank }
  public static func image(_ volume: Volume<Int16>) -> Image { .int16(volume) }
  public static func volume(in image: Image) -> Volume<Int16>? {
    if case .int16(let volume) = image { volume } else { nil }
  }
}
extension UInt32: Voxel {
  public static var typeName: String { "uint32" }
  public static func widen(_ voxels: Span<UInt32>, into floats: inout MutableSpan<Float>) {
    for i in voxels.indices { floats[i] = Float(voxels[i]) }
  }
  public var rank: Int32 { Int32(bitPattern: self ^ 0x8000_0000) }
  public init(rank: Int32) { self = UInt32(bitPattern: rank) ^ 0x8000_0000 }
  public static func image(_ volume: Volume<UInt32>) -> Image { .uint32(volume) }
  public static func volume(in image: Image) -> Volume<UInt32>? {
    if case .uint32(let volume) = image { volume } else { nil }
  }
}
extension Int32: Voxel {
  public static var typeName: String { "int32" }
  public static func widen(_ voxels: Span<Int32>, into floats: inout MutableSpan<Float>) {
    for i in voxels.indices { floats[i] = Float(voxels[i]) }
  }
  public var rank: Int32 { self }
  public init(rank: Int32) { self = rank }
  public static func image(_ volume: Volume<Int32>) -> Image { .int32(volume) }
  public static func volume(in image: Image) -> Volume<Int32>? {
    if case .int32(let volume) = image { volume } else { nil }
  }
}
extension Float: Voxel {
  public static var typeName: String { "float32" }
  public static func widen(_ voxels: Span<Float>, into floats: inout MutableSpan<Float>) {
    for i in voxels.indices { floats[i] = voxels[i] }
  }
  public var rank: Int32 { Int32(bitPattern: bitPattern).mirroredWhereNegative }
  public init(rank: Int32) {
    self = Float(bitPattern: UInt32(bitPattern: rank.mirroredWhereNegative))
  }
  public static func image(_ volume: Volume<Float>) -> Image { .float32(volume) }
  public static func volume(in image: Image) -> Volume<Float>? {
    if case .float32(let volume) = image { volume } else { nil }
  }
}
extension Double: Voxel {
  public static var typeName: String { "float64" }
  public static func widen(_ voxels: Span<Double>, into floats: inout MutableSpan<Float>) {
    for i in voxels.indices { floats[i] = Float(voxels[i]) }
  }
  public var rank: Int64 { Int64(bitPattern: bitPattern).mirroredWhereNegative }
  public init(rank: Int64) {
    self = Double(bitPattern: UInt64(bitPattern: rank.mirroredWhereNegative))
  }
  public static func image(_ volume: Volume<Double>) -> Image { .float64(volume) }
  public static func volume(in image: Image) -> Volume<Double>? {
    if case .float64(let volume) = image { volume } else { nil }
  }
}

extension Voxel where Self: FixedWidthInteger {
  public static var isFloatingPoint: Bool { false }
  @inlinable public var asDouble: Double { Double(self) }
  public init(nearest value: Double) {
    // No type is wider than 32 bits, so that its ends are exact as doubles.
    self = Self(Swift.min(Swift.max(value, Double(Self.min)), Double(Self.max)).rounded())
  }
}
extension Voxel where Self: BinaryFloatingPoint {
  public static var isFloatingPoint: Bool { true }
  @inlinable public var asDouble: Double { Double(self) }
  public init(nearest value: Double) { self = Self(value) }
}

extension FixedWidthInteger where Self: SignedInteger {
  /// From the bits of a floating-point number to its rank and back: among negative numbers, larger
  /// bits mean smaller values.
  fileprivate var mirroredWhereNegative: Self { self ^ (self >> (Self.bitWidth - 1) & .max) }
}
