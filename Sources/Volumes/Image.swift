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

  /// Runs an operation that is written for any voxel type.
  public func perform<Operation: VolumeOperation>(
    _ operation: Operation
  ) throws -> Operation.Output {
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

  public var grid: Grid {
    switch self {
    case .uint8(let volume): volume.grid
    case .int8(let volume): volume.grid
    case .uint16(let volume): volume.grid
    case .int16(let volume): volume.grid
    case .uint32(let volume): volume.grid
    case .int32(let volume): volume.grid
    case .float32(let volume): volume.grid
    case .float64(let volume): volume.grid
    }
  }

  /// The name of the voxel type, for example `uint16`.
  public var voxelTypeName: String {
    switch self {
    case .uint8: UInt8.typeName
    case .int8: Int8.typeName
    case .uint16: UInt16.typeName
    case .int16: Int16.typeName
    case .uint32: UInt32.typeName
    case .int32: Int32.typeName
    case .float32: Float.typeName
    case .float64: Double.typeName
    }
  }

  /// Says where the image lies in space; the voxels stay as they are.
  public mutating func calibrate(
    spacing: SIMD3<Double>, unit: LengthUnit, source: CalibrationSource
  ) {
    func calibrated<V: Voxel>(_ volume: Volume<V>) -> Volume<V> {
      var volume = volume
      volume.calibrate(spacing: spacing, unit: unit, source: source)
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
  func run<V: Voxel>(on volume: Volume<V>) throws -> Output
}
