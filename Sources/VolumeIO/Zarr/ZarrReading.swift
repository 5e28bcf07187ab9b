internal import Files
internal import Volumes

/// The part of an array that becomes an image: an index or a range on each axis.
struct ZarrRegion: Sendable {
  let array: ZarrArray
  /// Along every axis of the array.
  let ranges: [Range<Int>]
  /// Which axes of the array are x, y and z of the image; `nil` where it has none.
  let axes: [Int?]

  /// The image, read chunk by chunk. Chunks that the region does not touch are left alone.
  func image(_ calibration: Calibration) throws -> Image {
    let size = SIMD3(length(0), length(1), length(2))
    let chunks = try touchedChunks()
    try checkPlausibility(size, chunks)
    return try Image(array.type, grid: calibration.grid(size: size), path: array.path) { memory in
      if array.fill != 0 { fill(memory) }
      switch array.codecs.serializer {
      case .bytes(let isBigEndian):
        try Parallel.forEach(chunks.count) { index in
          let chunk = chunks[index]
          guard let file = try openChunk(chunk) else { return }
          try put(
            file.bytes(), array.codecs, isBigEndian, of: file.path, origin: origin(of: chunk),
            shape: array.chunkShape, into: memory)
        }
      case .shard(let shard):
        for chunk in chunks {
          if let file = try openChunk(chunk) {
            try read(shard, in: file, origin: origin(of: chunk), into: memory)
          }
        }
      }
    }
  }

  private func length(_ axis: Int) -> Int { axes[axis].map { ranges[$0].count } ?? 1 }

  private func origin(of chunk: [Int]) -> [Int] { zip(chunk, array.chunkShape).map { $0 * $1 } }

  /// The numbers of the chunks that the region touches.
  private func touchedChunks() throws(VolumeFileError) -> [[Int]] {
    let spans = zip(ranges, array.chunkShape).map { range, length in
      range.lowerBound / length...(range.upperBound - 1) / length
    }
    return try Self.product(spans, path: array.path)
  }

  private static func product(
    _ spans: [ClosedRange<Int>], path: String
  ) throws(VolumeFileError) -> [[Int]] {
    var count = 1
    for span in spans {
      count = count.multipliedClamped(by: span.count)
      guard count <= 1 << 22 else {
        throw .damaged(path: path, page: nil, reason: "it claims more than \(1 << 22) chunks")
      }
    }
    return spans.reduce([[]]) { prefixes, span in
      prefixes.flatMap { prefix in span.map { prefix + [$0] } }
    }
  }

  /// Refuses a size that the chunks which are there cannot fill, before memory is asked for. Chunks
  /// that hold nothing but the fill value may be missing, but hardly all but one in a thousand.
  private func checkPlausibility(_ size: SIMD3<Int>, _ chunks: [[Int]]) throws {
    let bytes = [size.x, size.y, size.z].reduce(array.type.bytes) { $0.multipliedClamped(by: $1) }
    guard bytes > 64 << 20 else { return }
    let present = chunks.count { PlainFile.exists(array.file(of: $0)) }
    let possible = try present.multipliedClamped(by: array.chunkBytes()).multipliedClamped(by: 1000)
    guard bytes <= possible else {
      throw VolumeFileError.damaged(
        path: array.path, page: nil,
        reason: "it claims \(size.x) x \(size.y) x \(size.z) \(array.type.rawValue) but has"
          + " \(present) of \(chunks.count) chunks")
    }
  }

  private func fill(_ memory: SampleMemory) {
    let size = array.type.bytes
    let pattern = (0..<size).map { UInt8(truncatingIfNeeded: array.fill >> UInt64(8 * $0)) }
    Parallel.forEach(Parallel.pieces(of: memory.byteCount / size, size: 1 << 20)) { range in
      let part = unsafe memory[range.lowerBound * size..<range.upperBound * size]
      for index in part.indices { unsafe part[index] = pattern[index % size] }
    }
  }

  /// The file of a chunk; `nil` for one that is missing, which is all fill value.
  private func openChunk(_ chunk: [Int]) throws -> PlainFile? {
    let path = array.file(of: chunk)
    return PlainFile.exists(path) ? try PlainFile(path) : nil
  }

  /// The chunks of a shard that the region touches, each read alone.
  private func read(
    _ shard: ZarrShard, in file: PlainFile, origin: [Int], into memory: SampleMemory
  ) throws {
    let counts = zip(array.chunkShape, shard.innerShape).map { ($0 + $1 - 1) / $1 }
    let total = counts.reduce(1) { $0.multipliedClamped(by: $1) }
    guard total <= 1 << 24, let index = try shard.index(of: file, chunkCount: total),
      case .bytes(let isBigEndian) = shard.codecs.serializer
    else { throw damaged(file.path, "the index of a shard") }
    var spans: [ClosedRange<Int>] = []
    for axis in ranges.indices {
      let low = max(ranges[axis].lowerBound - origin[axis], 0)
      let high = min(ranges[axis].upperBound - origin[axis], array.chunkShape[axis]) - 1
      spans.append(low / shard.innerShape[axis]...high / shard.innerShape[axis])
    }
    let inner = try Self.product(spans, path: file.path)
    try Parallel.forEach(inner.count) { number in
      let chunk = inner[number]
      let place = zip(chunk, counts).reduce(0) { $0 * $1.1 + $1.0 }
      guard let entry = index[place] else { return }
      let start = (0..<chunk.count).map { origin[$0] + chunk[$0] * shard.innerShape[$0] }
      try put(
        file.bytes(from: entry.offset, upTo: entry.byteCount), shard.codecs, isBigEndian,
        of: file.path, origin: start, shape: shard.innerShape, into: memory)
    }
  }

  /// Unpacks a chunk and copies what lies inside of the region.
  private func put(
    _ packed: [UInt8], _ codecs: ZarrCodecs, _ isBigEndian: Bool, of path: String, origin: [Int],
    shape: [Int], into memory: SampleMemory
  ) throws {
    let size = array.type.bytes
    let bytes = shape.reduce(size, *)
    // No codec packs samples tighter than this; small chunks of one value are.
    guard bytes <= max(packed.count.multipliedClamped(by: 2000), 64 << 20),
      let samples = codecs.unpacked(packed, limit: bytes), samples.count == bytes
    else { throw damaged(path, "a chunk") }
    let copy = ChunkCopy(
      region: self, origin: origin, shape: shape, storedAxes: codecs.storedAxes,
      swapsBytes: isBigEndian && size > 1)
    copy.run(samples, into: memory)
  }

  private func damaged(_ path: String, _ what: String) -> VolumeFileError {
    .damaged(path: path, page: nil, reason: "\(what) cannot be unpacked")
  }
}
