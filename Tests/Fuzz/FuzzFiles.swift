import Fixtures
import Foundation
import MeshIO
import VolumeIO

/// The entry of libFuzzer: reads an input as a file of the format that LAMINA_FUZZ names. Whatever the
/// bytes are, reading them has to return or throw.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  // SAFETY: libFuzzer hands out as many bytes as it says.
  let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  FuzzedFormat.chosen.read(bytes)
  return 0
}

/// What an input is taken for.
enum FuzzedFormat: String, CaseIterable {
  case tiff, description, nrrd, mha, nii, zattrs, zarray, zarr, shard, ply, obj, stl, off, vtp

  static let chosen: FuzzedFormat = {
    let name = ProcessInfo.processInfo.environment["LAMINA_FUZZ"] ?? ""
    guard let format = FuzzedFormat(rawValue: name) else {
      fatalError("LAMINA_FUZZ is one of \(allCases.map(\.rawValue))")
    }
    return format
  }()

  private static let folder: TemporaryFolder = {
    guard let folder = try? TemporaryFolder() else { fatalError("there is no temporary folder") }
    return folder
  }()

  func read(_ bytes: [UInt8]) {
    switch self {
    case .ply, .obj, .stl, .off, .vtp:
      guard let format = MeshFormat(rawValue: rawValue) else { return }
      _ = try? MeshScene(decoding: bytes, as: format)
    case .tiff, .nrrd, .mha, .nii:
      _ = try? Stack(contentsOf: Self.folder.file("input.\(rawValue)", bytes))
    case .description:
      let head = Self.tiffHead(descriptionBytes: bytes.count + 1)
      _ = try? Stack(contentsOf: Self.folder.file("input.tif", head + bytes + [0]))
    case .zattrs: readZarr([".zattrs": bytes, "0/.zarray": Array(Self.array.utf8)])
    case .zarray:
      readZarr([".zattrs": Array(Self.image.utf8), "0/.zarray": bytes, "0/0.0.0": [1, 2, 3, 4]])
    case .zarr: readZarr(["zarr.json": bytes, "c/0/0/0": [1, 2, 3, 4, 5, 6, 7, 8]])
    case .shard: readZarr(["zarr.json": Array(Self.shards.utf8), "c/0/0/0": bytes])
    }
  }

  private func readZarr(_ files: [String: [UInt8]]) {
    let path = "\(Self.folder.path)/a.zarr"
    for folder in ["0", "c/0/0"] {
      try? FileManager.default.createDirectory(
        atPath: "\(path)/\(folder)", withIntermediateDirectories: true)
    }
    for (name, bytes) in files { _ = Self.folder.file("a.zarr/\(name)", bytes) }
    _ = try? Stack(contentsOf: path)
  }

  private static let image = """
    {"multiscales": [{"version": "0.4", "axes": [{"name": "z", "type": "space"}, {"name": "y"},
    {"name": "x"}], "datasets": [{"path": "0", "coordinateTransformations": [{"type": "scale",
    "scale": [1, 1, 1]}]}]}]}
    """
  private static let array = """
    {"zarr_format": 2, "shape": [2, 2, 2], "chunks": [1, 2, 2], "dtype": "<u1", "order": "C",
    "fill_value": 0, "filters": null, "compressor": null}
    """
  private static let shards = """
    {"zarr_format": 3, "node_type": "array", "shape": [4, 4, 4], "data_type": "uint8",
    "chunk_grid": {"name": "regular", "configuration": {"chunk_shape": [4, 4, 4]}},
    "chunk_key_encoding": {"name": "default"}, "fill_value": 0, "codecs": [{"name":
    "sharding_indexed", "configuration": {"chunk_shape": [2, 4, 4], "codecs": [{"name": "bytes"},
    {"name": "zstd"}], "index_codecs": [{"name": "bytes", "configuration": {"endian": "little"}}],
    "index_location": "start"}}]}
    """

  /// A TIFF of one pixel up to its description, which follows.
  private static func tiffHead(descriptionBytes: Int) -> [UInt8] {
    let entries: [(UInt16, UInt16, UInt32, UInt32)] = [
      (256, 3, 1, 1), (257, 3, 1, 1), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1),
      (270, 2, UInt32(descriptionBytes), 134), (273, 4, 1, 8), (277, 3, 1, 1), (278, 3, 1, 1),
      (279, 4, 1, 1),
    ]
    func bytes<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
      (0..<Number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }
    return [0x49, 0x49, 42, 0, 8, 0, 0, 0] + bytes(UInt16(entries.count))
      + entries.flatMap { bytes($0.0) + bytes($0.1) + bytes($0.2) + bytes($0.3) } + bytes(UInt32(0))
  }
}
