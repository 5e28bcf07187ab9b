/// Copies the samples of a chunk to where they belong in an image.
struct ChunkCopy {
  private let size: Int
  private let swapsBytes: Bool
  /// Along x, y and z: the first sample in the chunk and in the image, how many there are, and the
  /// distance of two of them in either, in samples.
  private var from = SIMD3(0, 0, 0)
  private var to = SIMD3(0, 0, 0)
  private var count = SIMD3(1, 1, 1)
  private var sourceStride = SIMD3(0, 0, 0)
  private var targetStride = SIMD3(0, 0, 0)
  /// The sample of the chunk at the index on all other axes.
  private var base = 0

  /// - Parameters:
  ///   - origin: The index of the first sample of the chunk in the array.
  ///   - shape: The size of the chunk, slowest axis first.
  ///   - storedAxes: The axes in the order in which the chunk stores them, slowest first.
  init(
    region: ZarrRegion, origin: [Int], shape: [Int], storedAxes: [Int], swapsBytes: Bool
  ) {
    size = region.array.type.bytes
    self.swapsBytes = swapsBytes
    var strides = [Int](repeating: 1, count: shape.count)
    var stride = 1
    for axis in storedAxes.reversed() {
      strides[axis] = stride
      stride *= shape[axis]
    }
    for axis in shape.indices where !region.axes.contains(axis) {
      base += (region.ranges[axis].lowerBound - origin[axis]) * strides[axis]
    }
    var step = 1
    for (direction, axis) in region.axes.enumerated() {
      targetStride[direction] = step
      guard let axis else { continue }
      let range = region.ranges[axis]
      let low = max(range.lowerBound, origin[axis])
      let high = min(range.upperBound, origin[axis] + shape[axis])
      from[direction] = low - origin[axis]
      to[direction] = low - range.lowerBound
      count[direction] = high - low
      sourceStride[direction] = strides[axis]
      step *= range.count
    }
  }

  func run(_ samples: [UInt8], into memory: SampleMemory) {
    for z in 0..<count.z {
      for y in 0..<count.y {
        let source = from &+ SIMD3(0, y, z)
        let target = to &+ SIMD3(0, y, z)
        copyRow(
          samples, at: base + (source &* sourceStride).wrappedSum(),
          into: memory, at: (target &* targetStride).wrappedSum())
      }
    }
  }

  private func copyRow(
    _ samples: [UInt8], at source: Int, into memory: SampleMemory, at target: Int
  ) {
    let row = unsafe memory[target * size..<(target + count.x) * size]
    unsafe samples.withUnsafeBytes { samples in
      // SAFETY: every index lies inside of the chunk, whose samples were counted, and of the row.
      if sourceStride.x == 1 && !swapsBytes {
        unsafe row.copyMemory(
          from: UnsafeRawBufferPointer(
            rebasing: samples[source * size..<(source + count.x) * size]))
        return
      }
      for x in 0..<count.x {
        let start = (source + x * sourceStride.x) * size
        for byte in 0..<size {
          unsafe row[x * size + (swapsBytes ? size - 1 - byte : byte)] = samples[start + byte]
        }
      }
    }
  }
}
