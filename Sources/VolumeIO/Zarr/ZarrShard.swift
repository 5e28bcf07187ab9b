internal import Files

/// A chunk that is many smaller chunks in one file, with an index of where each of them is.
struct ZarrShard: Sendable {
  let innerShape: [Int]
  let codecs: ZarrCodecs
  private let indexCodecs: ZarrCodecs
  private let isIndexFirst: Bool

  /// Where a chunk of the shard is; `nil` for one that is not there.
  typealias Entry = (offset: Int, byteCount: Int)?

  init(
    _ configuration: ZarrMetadata.Configuration?, dimensions: Int
  ) throws(ZarrArray.Refusal) {
    guard let configuration, let shape = configuration.chunkShape, shape.count == dimensions,
      shape.allSatisfy({ $0 > 0 }), let codecs = configuration.codecs
    else { throw .damaged("its shards have no shape of their chunks") }
    innerShape = shape
    self.codecs = try ZarrCodecs(codecs, dimensions: dimensions)
    if case .shard = self.codecs.serializer { throw .unsupported("a shard of shards") }
    indexCodecs = try ZarrCodecs(configuration.indexCodecs ?? [], dimensions: 2)
    isIndexFirst = configuration.indexLocation == "start"
  }

  /// The index of a shard of so many chunks; `nil` when it is damaged.
  func index(of file: PlainFile, chunkCount: Int) throws -> [Entry]? {
    let guards = indexCodecs.packing
    // Only a checksum keeps the size of the index known, and so its place.
    guard guards.allSatisfy({ $0 == .crc32c }), file.byteCount >= chunkCount * 16 else {
      return nil
    }
    let byteCount = chunkCount * 16 + 4 * guards.count
    let stored = try file.bytes(
      from: isIndexFirst ? 0 : max(file.byteCount - byteCount, 0), upTo: byteCount)
    guard stored.count == byteCount,
      let bytes = indexCodecs.unpacked(stored, limit: chunkCount * 16),
      case .bytes(let isBigEndian) = indexCodecs.serializer
    else { return nil }
    let numbers = (0..<chunkCount * 2).map { number in
      let field = bytes[number * 8..<number * 8 + 8]
      return (isBigEndian ? Array(field) : field.reversed()).reduce(UInt64(0)) {
        $0 << 8 | UInt64($1)
      }
    }
    var entries: [Entry] = []
    for chunk in 0..<chunkCount {
      let (offset, count) = (numbers[2 * chunk], numbers[2 * chunk + 1])
      if offset == .max, count == .max {
        entries.append(nil)
        continue
      }
      let (end, overflow) = offset.addingReportingOverflow(count)
      guard !overflow, end <= UInt64(file.byteCount) else { return nil }
      entries.append((Int(offset), Int(count)))
    }
    return entries
  }
}
