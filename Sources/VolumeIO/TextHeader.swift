internal import Files
internal import Volumes

/// A header of lines of text, each a name and a value, before the samples of an image or beside them.
struct TextHeader {
  let path: String
  private let fields: [String: String]
  /// Where the header ends.
  private let byteCount: Int

  /// What a line is.
  enum Line {
    case field(name: String, value: String)
    case lastField(name: String, value: String)
    /// A remark, or whatever else has no name.
    case other
    /// The end of the header.
    case end
  }

  /// - Parameter parse: What a line is, without its end; it is also told whether it is the first one.
  init(_ path: String, _ parse: (_ line: String, _ isFirst: Bool) -> Line) throws {
    self.path = path
    let head = try PlainFile(path).bytes(upTo: 1 << 20)
    var fields: [String: String] = [:]
    var next = head.startIndex
    lines: while next < head.endIndex {
      let isFirst = next == head.startIndex
      let end = head[next...].firstIndex(of: 10) ?? head.endIndex
      let line = String(decoding: head[next..<end], as: UTF8.self).trimmingWhitespace
      next = min(end + 1, head.endIndex)
      switch parse(line, isFirst) {
      case .field(let name, let value): fields[name] = value
      case .lastField(let name, let value):
        fields[name] = value
        break lines
      case .other: continue
      case .end: break lines
      }
    }
    self.fields = fields
    byteCount = next
  }

  subscript(name: String) -> String? { fields[name] }

  /// The size of the image, from the fields that say how many dimensions there are and how large each is.
  func size(
    from sizes: String, dimensions: String
  ) throws -> (size: SIMD3<Int>, dimensions: Int) {
    guard let lengths = self[sizes]?.wholeNumbers,
      self[dimensions].flatMap({ Int($0) }) == lengths.count
    else { throw damaged("its \(dimensions) and \(sizes) contradict each other") }
    guard let size = SIMD3<Int>(sizes: lengths) else {
      throw lengths.allSatisfy { $0 > 0 }
        ? unsupported("an image of \(lengths.count) dimensions", "save each of its volumes alone")
        : damaged("it claims the sizes \(lengths.prefix(16))")
    }
    return (size, lengths.count)
  }

  /// The type of the samples, from the field that names it.
  func sampleType(from name: String, _ type: (String) -> SampleType?) throws -> SampleType {
    guard let type = self[name].flatMap(type) else {
      throw unsupported("the type “\(self[name] ?? "none")”", "save it as numbers of 8 to 64 bits")
    }
    return type
  }

  /// Where the samples are: behind the header, or in the file of that name.
  func samples(in name: String?) throws -> StoredSamples {
    guard let name else { return StoredSamples(path: path, start: byteCount) }
    guard let file = name.dataFile(beside: path), !name.hasPrefix("LIST"), !name.contains("%")
    else {
      throw unsupported("“\(name.prefix(80))” as its data", "put one data file beside the header")
    }
    return StoredSamples(path: file)
  }

  func damaged(_ reason: String) -> VolumeFileError {
    .damaged(path: path, page: nil, reason: reason)
  }

  func unsupported(_ what: String, _ advice: String) -> VolumeFileError {
    .unsupported(path: path, page: nil, what: what, advice: advice)
  }
}

extension String {
  /// The numbers of a field, separated by blanks; `nil` where one of its words is none.
  var numbers: [Double]? {
    let words = split(whereSeparator: \.isWhitespace)
    let numbers = words.compactMap { Double($0) }
    return numbers.count == words.count ? numbers : nil
  }

  /// The whole numbers of a field; `nil` where one of its words is none.
  fileprivate var wholeNumbers: [Int]? {
    let words = split(whereSeparator: \.isWhitespace)
    let numbers = words.compactMap { Int($0) }
    return numbers.count == words.count ? numbers : nil
  }
}

extension SIMD3<Int> {
  /// The size of an image of two or three dimensions, or more of which the others are 1.
  fileprivate init?(sizes: [Int]) {
    guard (2...16).contains(sizes.count), sizes.dropFirst(3).allSatisfy({ $0 == 1 }),
      sizes.allSatisfy({ $0 > 0 })
    else { return nil }
    self.init(sizes[0], sizes[1], sizes.count > 2 ? sizes[2] : 1)
  }
}
