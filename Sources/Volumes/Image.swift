/// A volume whose voxel type is known only at run time, as a file gives it.
public enum Image: Sendable {
  case uint8(Volume<UInt8>)
  case int8(Volume<Int8>)
  case uint16(Volume<UInt16>)
  case int16(Volume<Int16>)
  case uint32(Volume<UInt32>)
  case int32(Volume<Int32>)
  case float32(Volume<Float>)
  case float64(Volume<Double>)

  /// A volume as an image.
  public init<V: Voxel>(_ volume: Volume<V>) { self = V.image(volume) }

  /// Runs an operation that is written for any voxel type.
  @inlinable public func perform<Operation: VolumeOperation>(
    _ operation: Operation
  ) throws(Operation.Failure) -> Operation.Output {
    switch self {
    case .uint8(let volume): try operation.run(on: volume)
    case .int8(let volume): try operation.run(on: volume)
    case .uint16(let volume): try operation.run(on: volume)
    case .int16(let volume): try operation.run(on: volume)
    case .uint32(let volume): try operation.run(on: volume)
    case .int32(let volume): try operation.run(on: volume)
    case .float32(let volume): try operation.run(on: volume)
    case .float64(let volume): try operation.run(on: volume)
    }
  }

  public var grid: Grid { perform(GridOfVolume()) }

  /// The name of the voxel type, for example `uint16`.
  public var voxelTypeName: String { perform(NameOfVoxelType()) }

  /// Whether voxels are whole numbers.
  public var hasIntegerVoxels: Bool {
    switch self {
    case .float32, .float64: false
    case .uint8, .int8, .uint16, .int16, .uint32, .int32: true
    }
  }

  /// The largest value that the voxel type can hold; `nil` for floating-point types.
  public var largestValue: Double? {
    switch self {
    case .uint8: Double(UInt8.max)
    case .int8: Double(Int8.max)
    case .uint16: Double(UInt16.max)
    case .int16: Double(Int16.max)
    case .uint32: Double(UInt32.max)
    case .int32: Double(Int32.max)
    case .float32, .float64: nil
    }
  }

  /// Says where the image lies in space; the voxels stay as they are, and without an origin so does
  /// the place of the first one.
  public mutating func calibrate(
    spacing: SIMD3<Double>, origin: SIMD3<Double>? = nil, unit: LengthUnit,
    source: CalibrationSource
  ) {
    func calibrated<V: Voxel>(_ volume: Volume<V>) -> Volume<V> {
      var volume = volume
      volume.calibrate(spacing: spacing, origin: origin, unit: unit, source: source)
      return volume
    }
    self =
      switch self {
      case .uint8(let volume): .uint8(calibrated(volume))
      case .int8(let volume): .int8(calibrated(volume))
      case .uint16(let volume): .uint16(calibrated(volume))
      case .int16(let volume): .int16(calibrated(volume))
      case .uint32(let volume): .uint32(calibrated(volume))
      case .int32(let volume): .int32(calibrated(volume))
      case .float32(let volume): .float32(calibrated(volume))
      case .float64(let volume): .float64(calibrated(volume))
      }
  }
}

/// An operation on a volume of any voxel type, for ``Image/perform(_:)``.
public protocol VolumeOperation {
  associatedtype Output
  associatedtype Failure: Error = Never
  func run<V: Voxel>(on volume: Volume<V>) throws(Failure) -> Output
}

private struct GridOfVolume: VolumeOperation {
  func run<V: Voxel>(on volume: Volume<V>) -> Grid { volume.grid }
}

private struct NameOfVoxelType: VolumeOperation {
  func run<V: Voxel>(on volume: Volume<V>) -> String { V.typeName }
}
