internal import CBlosc
internal import Files
internal import Volumes

/// Writes a volume as an array of Zarr: its metadata, and a file for every chunk that is not all zero.
struct ZarrArrayWriter: VolumeOperation {
  /// An empty folder.
  let folder: String
  let version: ZarrVersion

  /// z, y, x: about a million voxels, flat like most stacks.
  private static let largestChunk = [64, 128, 128]

  func run<V: Voxel>(on volume: Volume<V>) throws {
    let size = volume.grid.size
    let shape = [size.z, size.y, size.x]
    let chunk = zip(shape, Self.largestChunk).map(min)
    let counts = zip(shape, chunk).map { ($0 + $1 - 1) / $1 }
    try writeMetadata(shape, chunk, V.self)
    // A new volume is all zero.
    let zero = try Volume<V>(grid: Grid(size: .one))[0, 0, 0]
    try Parallel.forEach(counts.reduce(1, *)) { number in
      let place = [
        number / counts[2] / counts[1], number / counts[2] % counts[1], number % counts[2],
      ]
      let voxels = Self.voxels(
        of: volume, from: zip(place, chunk).map { $0 * $1 }, chunk, outside: zero)
      // Chunks of nothing are left out; some are kept, so that a sparse image is no empty claim.
      guard number % 512 == 0 || voxels.contains(where: { $0 != zero }) else { return }
      let prefix = version == .third ? "c/" : ""
      let row = "\(folder)/\(prefix)\(place[0])/\(place[1])"
      try makeFolder(row)
      try createFile(Self.packed(voxels), at: "\(row)/\(place[2])")
    }
  }

  private func writeMetadata<V: Voxel>(_ shape: [Int], _ chunk: [Int], _: V.Type) throws {
    switch version {
    case .second:
      let array = Self.secondMetadata(JSONValue(shape), JSONValue(chunk), V.self)
      try writeFile(array.bytes(), to: "\(folder)/.zarray")
    case .third:
      let array = Self.thirdMetadata(JSONValue(shape), JSONValue(chunk), V.self)
      try writeFile(array.bytes(), to: "\(folder)/zarr.json")
    }
  }

  private static func secondMetadata<V: Voxel>(
    _ shape: JSONValue, _ chunk: JSONValue, _: V.Type
  ) -> JSONValue {
    let itemSize = MemoryLayout<V>.size
    let kind = V.isFloatingPoint ? "f" : V.typeName.hasPrefix("u") ? "u" : "i"
    return [
      "zarr_format": 2, "shape": shape, "chunks": chunk,
      "dtype": .text("\(itemSize == 1 ? "|" : "<")\(kind)\(itemSize)"), "order": "C",
      "fill_value": 0, "filters": nil, "dimension_separator": "/",
      "compressor": [
        "id": "blosc", "cname": "zstd", "clevel": 5, "shuffle": 1, "blocksize": 0,
      ],
    ]
  }

  private static func thirdMetadata<V: Voxel>(
    _ shape: JSONValue, _ chunk: JSONValue, _: V.Type
  ) -> JSONValue {
    let blosc: JSONValue = [
      "cname": "zstd", "clevel": 5, "shuffle": "shuffle",
      "typesize": .integer(MemoryLayout<V>.size), "blocksize": 0,
    ]
    return [
      "zarr_format": 3, "node_type": "array", "shape": shape, "data_type": .text(V.typeName),
      "chunk_grid": ["name": "regular", "configuration": ["chunk_shape": chunk]],
      "chunk_key_encoding": ["name": "default", "configuration": ["separator": "/"]],
      "fill_value": V.isFloatingPoint ? 0.0 : 0, "attributes": [:],
      "dimension_names": ["z", "y", "x"],
      "codecs": [
        ["name": "bytes", "configuration": ["endian": "little"]],
        ["name": "blosc", "configuration": blosc],
      ],
    ]
  }

  /// The voxels of a chunk, and zero beyond the border of the volume.
  private static func voxels<V: Voxel>(
    of volume: Volume<V>, from start: [Int], _ chunk: [Int], outside zero: V
  ) -> [V] {
    let size = volume.grid.size
    var voxels = [V](repeating: zero, count: chunk.reduce(1, *))
    let source = volume.voxels
    for z in start[0]..<min(start[0] + chunk[0], size.z) {
      for y in start[1]..<min(start[1] + chunk[1], size.y) {
        let from = volume.grid.offset(start[2], y, z)
        let to = ((z - start[0]) * chunk[1] + y - start[1]) * chunk[2]
        for x in 0..<min(chunk[2], size.x - start[2]) { voxels[to + x] = source[from + x] }
      }
    }
    return voxels
  }

  private static func packed<V: Voxel>(_ voxels: [V]) -> [UInt8] {
    unsafe voxels.withUnsafeBytes { source in
      let room = source.count + Int(BLOSC_MAX_OVERHEAD)
      return unsafe [UInt8](unsafeUninitializedCapacity: room) { target, count in
        // SAFETY: C-Blosc writes at most as many bytes as it is told that there are.
        let packed = unsafe blosc_compress_ctx(
          5, Int32(BLOSC_SHUFFLE), MemoryLayout<V>.size, source.count, source.baseAddress,
          target.baseAddress, room, "zstd", 0, 1)
        precondition(packed > 0, "C-Blosc cannot pack a chunk: \(packed)")
        count = Int(packed)
      }
    }
  }
}

extension JSONValue {
  fileprivate init(_ numbers: [Int]) { self = .list(numbers.map { .integer($0) }) }
}
