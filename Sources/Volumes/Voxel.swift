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
}

// Written out per type and not as a default: the loop must be specialised, and a requirement that
// is called through a generic volume is specialised only where it is concrete.
extension UInt8: Voxel {
  public static var typeName: String { "uint8" }
  public static func widen(_ voxels: Span<UInt8>, into floats: inout MutableSpan<Float>) {
    for i in voxels.indices { floats[i] = Float(voxels[i]) }
  }
}
extension Int8: Voxel {
  public static var typeName: String { "int8" }
  public static func widen(_ voxels: Span<Int8>, into floats: inout MutableSpan<Float>) {
    for i in voxels.indices { floats[i] = Float(voxels[i]) }
  }
}
extension UInt16: Voxel {
  public static var typeName: String { "uint16" }
  public static func widen(_ voxels: Span<UInt16>, into floats: inout MutableSpan<Float>) {
    for i in voxels.indices { floats[i] = Float(voxels[i]) }
  }
}
extension Int16: Voxel {
  public static var typeName: String { "int16" }
  public static func widen(_ voxels: Span<Int16>, into floats: inout MutableSpan<Float>) {
    for i in voxels.indices { floats[i] = Float(voxels[i]) }
  }
}
extension UInt32: Voxel {
  public static var typeName: String { "uint32" }
  public static func widen(_ voxels: Span<UInt32>, into floats: inout MutableSpan<Float>) {
    for i in voxels.indices { floats[i] = Float(voxels[i]) }
  }
}
extension Int32: Voxel {
  public static var typeName: String { "int32" }
  public static func widen(_ voxels: Span<Int32>, into floats: inout MutableSpan<Float>) {
    for i in voxels.indices { floats[i] = Float(voxels[i]) }
  }
}
extension Float: Voxel {
  public static var typeName: String { "float32" }
  public static func widen(_ voxels: Span<Float>, into floats: inout MutableSpan<Float>) {
    for i in voxels.indices { floats[i] = voxels[i] }
  }
}
extension Double: Voxel {
  public static var typeName: String { "float64" }
  public static func widen(_ voxels: Span<Double>, into floats: inout MutableSpan<Float>) {
    for i in voxels.indices { floats[i] = Float(voxels[i]) }
  }
}

extension Voxel where Self: BinaryInteger {
  public static var isFloatingPoint: Bool { false }
  @inlinable public var asDouble: Double { Double(self) }
}
extension Voxel where Self: BinaryFloatingPoint {
  public static var isFloatingPoint: Bool { true }
  @inlinable public var asDouble: Double { Double(self) }
}
