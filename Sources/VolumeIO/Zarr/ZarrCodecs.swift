/// How the samples of a chunk become the bytes of a file: turned round, put down, packed.
struct ZarrCodecs: Sendable {
  /// How samples are put down.
  indirect enum Serializer: Sendable {
    case bytes(isBigEndian: Bool)
    case shard(ZarrShard)
  }

  /// The axes of the array in the order in which they are stored, slowest first.
  let storedAxes: [Int]
  let serializer: Serializer
  /// In the order in which they were applied.
  let packing: [ZarrByteCodec]

  /// Version 3: a list of codecs.
  init(
    _ codecs: [ZarrMetadata.Codec], dimensions: Int
  ) throws(ZarrArray.Refusal) {
    var storedAxes = Array(0..<dimensions)
    var serializer: Serializer?
    var packing: [ZarrByteCodec] = []
    for codec in codecs {
      switch codec.name ?? "" {
      case "transpose" where serializer == nil:
        storedAxes = try Self.axes(codec.configuration?.order, after: storedAxes)
      case "bytes" where serializer == nil:
        serializer = .bytes(isBigEndian: codec.configuration?.endian == "big")
      case "sharding_indexed" where serializer == nil:
        serializer = .shard(try ZarrShard(codec.configuration, dimensions: dimensions))
      case let name:
        guard serializer != nil, let packer = ZarrByteCodec(rawValue: name) else {
          throw .unsupported("the codec “\(name.prefix(40))”")
        }
        packing.append(packer)
      }
    }
    guard let serializer else { throw .damaged("its codecs do not say how samples are stored") }
    self.storedAxes = storedAxes
    self.serializer = serializer
    self.packing = packing
  }

  /// Version 2: an order, a compressor, and filters, of which none is known.
  init(
    order: String?, compressor: ZarrMetadata.Codec?, filters: [ZarrMetadata.Codec],
    isBigEndian: Bool, dimensions: Int
  ) throws(ZarrArray.Refusal) {
    if let filter = filters.first { throw .unsupported("the filter “\(filter.id ?? "?")”") }
    storedAxes = order == "F" ? (0..<dimensions).reversed() : Array(0..<dimensions)
    serializer = .bytes(isBigEndian: isBigEndian)
    guard let compressor else {
      packing = []
      return
    }
    guard let packer = ZarrByteCodec(rawValue: compressor.id ?? ""), packer != .crc32c else {
      throw .unsupported("the codec “\((compressor.id ?? "?").prefix(40))”")
    }
    packing = [packer]
  }

  private static func axes(
    _ order: ZarrMetadata.TransposeOrder?, after before: [Int]
  ) throws(ZarrArray.Refusal) -> [Int] {
    switch order {
    case .axes(let axes) where axes.sorted() == Array(before.indices):
      return axes.map { before[$0] }
    case .word("C"): return before
    case .word("F"): return before.reversed()
    default: throw .damaged("its codec “transpose” names no order of its axes")
    }
  }

  /// Undoes the packing; `nil` for damaged data.
  func unpacked(_ bytes: [UInt8], limit: Int) -> [UInt8]? {
    var bytes = bytes
    for (index, codec) in packing.enumerated().reversed() {
      // What still has to be unpacked may be a little larger than what comes out of it.
      let slack = index > 0 ? 4096 + limit / 64 : 0
      guard let result = codec.decode(bytes, limit: limit + slack) else { return nil }
      bytes = result
    }
    return bytes
  }
}
