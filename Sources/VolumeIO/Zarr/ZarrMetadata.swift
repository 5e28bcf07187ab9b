/// The metadata of an array as Zarr writes it down: `.zarray` of version 2, `zarr.json` of version 3.
///
/// Specifications: zarr-specs.readthedocs.io. Fields of codecs that have nothing to do with each other
/// share one type, because every one of them is optional.
struct ZarrMetadata: Decodable {
  let zarrFormat: Int
  let nodeType: String?
  let shape: [Int]
  let fillValue: ZarrScalar?
  // Version 2.
  let chunks: [Int]?
  let dtype: String?
  let order: String?
  let compressor: Codec?
  let filters: [Codec]?
  let dimensionSeparator: String?
  // Version 3.
  let dataType: String?
  let chunkGrid: Named<ChunkGrid>?
  let chunkKeyEncoding: Named<KeyEncoding>?
  let codecs: [Codec]?

  struct Named<Configuration: Decodable>: Decodable {
    let name: String
    let configuration: Configuration?
  }
  struct ChunkGrid: Decodable {
    let chunkShape: [Int]?
  }
  struct KeyEncoding: Decodable {
    let separator: String?
  }

  /// A codec: in version 2 it is its own configuration, in version 3 that stands aside.
  struct Codec: Decodable {
    let id: String?
    let name: String?
    let configuration: Configuration?
    let cname: String?
  }
  struct Configuration: Decodable {
    let endian: String?
    let order: TransposeOrder?
    let chunkShape: [Int]?
    let codecs: [Codec]?
    let indexCodecs: [Codec]?
    let indexLocation: String?
  }
  /// Numbers of axes; some writers say `C` or `F` instead.
  enum TransposeOrder: Decodable {
    case axes([Int])
    case word(String)

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let axes = try? container.decode([Int].self) {
        self = .axes(axes)
      } else {
        self = .word(try container.decode(String.self))
      }
    }
  }
}

/// A number, a flag, or a word for one, such as `NaN`, as it was written.
struct ZarrScalar: Decodable {
  let text: String

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let flag = try? container.decode(Bool.self) {
      text = flag ? "1" : "0"
    } else if let number = try? container.decode(Int64.self) {
      text = "\(number)"
    } else if let number = try? container.decode(UInt64.self) {
      text = "\(number)"
    } else if let number = try? container.decode(Double.self) {
      text = "\(number)"
    } else {
      text = try container.decode(String.self)
    }
  }
}
