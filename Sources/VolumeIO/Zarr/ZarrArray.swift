internal import Files

/// An array of Zarr, version 2 or 3: a folder of chunks and what they are.
struct ZarrArray: Sendable {
  /// Why an array cannot be read, before it is known what to call it.
  enum Refusal: Error {
    case damaged(String)
    case unsupported(String)
  }

  let path: String
  /// Slowest axis first.
  let shape: [Int]
  let chunkShape: [Int]
  let type: SampleType
  let codecs: ZarrCodecs
  /// The bits of what is not stored.
  let fill: UInt64
  private let keyPrefix: String
  private let keySeparator: String

  init(_ path: String) throws {
    self.path = path
    let isThird = PlainFile.exists("\(path)/zarr.json")
    let name = isThird ? "zarr.json" : ".zarray"
    do throws(Refusal) {
      let metadata = try Self.metadata("\(path)/\(name)")
      shape = metadata.shape
      let type = try Self.sampleType(metadata)
      self.type = type
      chunkShape = try Self.chunkShape(metadata, isThird: isThird)
      codecs = try Self.codecs(metadata, isThird: isThird)
      guard let fill = metadata.fillValue.map({ type.bits(of: $0.text) }) ?? 0 else {
        throw Refusal.damaged("its fill value is no \(type.rawValue)")
      }
      self.fill = fill
      let isDefault = isThird && metadata.chunkKeyEncoding?.name != "v2"
      keyPrefix = isDefault ? "c" : ""
      let separator =
        isThird
        ? metadata.chunkKeyEncoding?.configuration?.separator : metadata.dimensionSeparator
      keySeparator = separator ?? (isDefault ? "/" : ".")
      guard ["/", "."].contains(keySeparator) else {
        throw Refusal.damaged("the names of its chunks are unknown")
      }
      _ = try chunkBytes()
    } catch {
      throw error.named(path)
    }
  }

  private static func metadata(_ file: String) throws(Refusal) -> ZarrMetadata {
    do {
      return try JSONDocument.decode(
        ZarrMetadata.self, from: PlainFile(file).bytes(upTo: 1 << 24))
    } catch {
      throw .damaged("its metadata cannot be read (\(JSONDocument.reason(of: error)))")
    }
  }

  private static func chunkShape(
    _ metadata: ZarrMetadata, isThird: Bool
  ) throws(Refusal) -> [Int] {
    let shape = metadata.shape
    let chunks = isThird ? metadata.chunkGrid?.configuration?.chunkShape : metadata.chunks
    guard let chunks, chunks.count == shape.count, (1...16).contains(shape.count),
      chunks.allSatisfy({ $0 > 0 }), shape.allSatisfy({ $0 > 0 })
    else {
      throw .damaged("it claims the shape \(shape) in chunks of \(chunks ?? [])")
    }
    return chunks
  }

  private static func sampleType(_ metadata: ZarrMetadata) throws(Refusal) -> SampleType {
    if metadata.zarrFormat == 2, let dtype = metadata.dtype, dtype.utf8.count >= 3,
      let bytes = Int(dtype.dropFirst(2))
    {
      let kind = dtype[dtype.index(after: dtype.startIndex)]
      if let type = SampleType(kind: kind, bytes: bytes) { return type }
    }
    if let name = metadata.dataType {
      if let type = SampleType(rawValue: name == "bool" ? "uint8" : name) { return type }
    }
    let name = metadata.dtype ?? metadata.dataType ?? "none"
    throw .unsupported("the type “\(name.prefix(40))”")
  }

  private static func codecs(
    _ metadata: ZarrMetadata, isThird: Bool
  ) throws(Refusal) -> ZarrCodecs {
    let dimensions = metadata.shape.count
    guard !isThird else { return try ZarrCodecs(metadata.codecs ?? [], dimensions: dimensions) }
    return try ZarrCodecs(
      order: metadata.order, compressor: metadata.compressor, filters: metadata.filters ?? [],
      isBigEndian: metadata.dtype?.hasPrefix(">") ?? false, dimensions: dimensions)
  }

  /// Bytes of a chunk before it is packed. C-Blosc's buffers end at 2 GB.
  func chunkBytes() throws(Refusal) -> Int {
    var bytes = type.bytes
    for length in chunkShape {
      let (product, overflow) = bytes.multipliedReportingOverflow(by: length)
      guard !overflow, product < 1 << 31 else {
        throw .damaged("it claims chunks of \(chunkShape) samples")
      }
      bytes = product
    }
    return bytes
  }

  /// The file of a chunk.
  func file(of chunk: [Int]) -> String {
    let numbers = chunk.map { "\($0)" }.joined(separator: keySeparator)
    return keyPrefix.isEmpty
      ? "\(path)/\(numbers)" : "\(path)/\(keyPrefix)\(keySeparator)\(numbers)"
  }
}

extension ZarrArray.Refusal {
  func named(_ path: String) -> VolumeFileError {
    switch self {
    case .damaged(let reason): .damaged(path: path, page: nil, reason: reason)
    case .unsupported(let what):
      .unsupported(
        path: path, page: nil, what: "\(what) in a Zarr",
        advice: "save it with Blosc, Zstandard or gzip, as numbers of 8 to 64 bits")
    }
  }
}
