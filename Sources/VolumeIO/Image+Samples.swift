internal import Volumes

extension Image {
  /// An image whose voxels `fill` writes as samples of a type, x fastest, in this machine's byte order.
  ///
  /// The memory is zero before. Half floats become `float32`. 64-bit integers become `uint32` or
  /// `int32` where every one of them fits, as labels do, else `float64`, which must hold each exactly.
  init(
    _ type: SampleType, grid: Grid, path: String, fill: (SampleMemory) throws -> Void
  ) throws {
    switch type {
    case .uint8: self = .uint8(try Volume(grid: grid, samples: fill))
    case .int8: self = .int8(try Volume(grid: grid, samples: fill))
    case .uint16: self = .uint16(try Volume(grid: grid, samples: fill))
    case .int16: self = .int16(try Volume(grid: grid, samples: fill))
    case .uint32: self = .uint32(try Volume(grid: grid, samples: fill))
    case .int32: self = .int32(try Volume(grid: grid, samples: fill))
    case .float32: self = .float32(try Volume(grid: grid, samples: fill))
    case .float64: self = .float64(try Volume(grid: grid, samples: fill))
    case .float16:
      var halves = try Volume<UInt16>(grid: grid, samples: fill)
      self = .float32(try halves.converted { (bits: UInt16) in Float(Float16(bitPattern: bits)) })
    case .uint64:
      var wide = try Volume<Double>(grid: grid, samples: fill)
      self = try wide.narrowed(from: UInt64.self, path: path)
    case .int64:
      var wide = try Volume<Double>(grid: grid, samples: fill)
      self = try wide.narrowed(from: Int64.self, path: path)
    }
  }
}

extension Volume {
  /// A volume whose memory is filled with bytes.
  fileprivate init(grid: Grid, samples fill: (SampleMemory) throws -> Void) throws {
    try self.init(grid: grid)
    try withSamples(fill)
  }

  private mutating func withSamples<Result>(
    _ body: (SampleMemory) throws -> Result
  ) rethrows -> Result {
    var result: Result?
    try withDisjointWrites { voxels in
      // SAFETY: the memory of the volume, which lives until the closure is over.
      let memory = unsafe SampleMemory(
        UnsafeMutableRawPointer(voxels.base), byteCount: voxels.count * MemoryLayout<Element>.stride
      )
      result = try body(memory)
    }
    guard let result else { preconditionFailure("the memory of a volume was not reached") }
    return result
  }

  /// A volume of another type, each voxel made from the bits of one here.
  fileprivate mutating func converted<Bits: BitwiseCopyable, Output: Voxel>(
    _ value: @Sendable (Bits) -> Output
  ) throws -> Volume<Output> {
    var output = try Volume<Output>(grid: grid)
    let pieces = Parallel.pieces(of: grid.voxelCount, size: 1 << 18)
    withSamples { source in
      output.withDisjointWrites { target in
        Parallel.forEach(pieces) { range in
          // SAFETY: index i is one of the volume's, and every piece has its own.
          for i in range { unsafe target.base[i] = value(source.load(i, as: Bits.self)) }
        }
      }
    }
    return output
  }
}

extension Volume<Double> {
  /// The 64-bit integers in this memory as an image of the smallest type that holds them all exactly.
  fileprivate mutating func narrowed<Wide: FixedWidthInteger & BitwiseCopyable & Sendable>(
    from _: Wide.Type, path: String
  ) throws -> Image {
    let pieces = Parallel.pieces(of: grid.voxelCount, size: 1 << 18)
    let extremes = withSamples { source in
      Parallel.map(pieces) { range -> (low: Wide, high: Wide, isExact: Bool) in
        var (low, high, isExact) = (Wide.max, Wide.min, true)
        for i in range {
          let value = source.load(i, as: Wide.self)
          low = min(low, value)
          high = max(high, value)
          isExact = isExact && Double(exactly: value) != nil
        }
        return (low, high, isExact)
      }
    }
    let low = extremes.map(\.low).min() ?? 0
    let high = extremes.map(\.high).max() ?? 0
    if low >= 0, high <= UInt32.max {
      return .uint32(try converted { (value: Wide) in UInt32(truncatingIfNeeded: value) })
    }
    if low >= Int32.min, high <= Int32.max {
      return .int32(try converted { (value: Wide) in Int32(truncatingIfNeeded: value) })
    }
    guard extremes.allSatisfy(\.isExact) else {
      throw VolumeFileError.unsupported(
        path: path, page: nil, what: "a 64-bit integer of more than 53 significant bits",
        advice: "renumber the labels, or save the image with 32 bits")
    }
    return .float64(try converted { (value: Wide) in Double(value) })
  }
}
