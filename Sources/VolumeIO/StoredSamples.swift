internal import Files
internal import Volumes

/// The samples of an image as one block of a file, behind a header or in a file of their own.
struct StoredSamples {
  enum Encoding { case raw, deflated, text }

  let path: String
  /// Where they begin. Ignored for those that are found from the end.
  var start = 0
  /// Bytes between them and the end of the file, where a header says that instead.
  var distanceFromEnd: Int?
  var encoding = Encoding.raw
  var isBigEndian = false

  /// An image of some of the samples, once it is known that the file can hold all of them.
  ///
  /// - Parameters:
  ///   - frame: Which of several volumes that follow each other, from 0.
  ///   - count: How many of them there are.
  ///   - skipped: Bytes before the first one in deflated data.
  func image(
    _ type: SampleType, calibration: Calibration, size: SIMD3<Int>, frame: Int = 0,
    of count: Int = 1, behind skipped: Int = 0
  ) throws -> Image {
    let file = try PlainFile(path)
    let bytes = try Self.byteCount(type, size, path: path)
    let (total, overflow) = bytes.multipliedReportingOverflow(by: count)
    let begin = distanceFromEnd.map { file.byteCount - $0 - total } ?? start
    let room = max(file.byteCount - begin, 0)
    let possible =
      switch encoding {
      case .raw: room
      case .deflated: room.multipliedClamped(by: Inflation.largestRatio)
      // A digit and what separates it from the next.
      case .text: (room + 1) / 2 * type.bytes
      }
    guard !overflow, begin >= 0, begin <= file.byteCount, total <= possible else {
      throw VolumeFileError.damaged(
        path: path, page: nil,
        reason: "it claims \(size.x) x \(size.y) x \(size.z) \(type.rawValue) and has \(room) bytes"
          + " for them")
    }
    return try Image(type, grid: calibration.grid(size: size), path: path) { memory in
      switch encoding {
      case .raw: try read(from: file, at: begin + frame * bytes, into: memory)
      case .deflated:
        try inflate(file, from: begin, skipping: skipped + frame * bytes, into: memory)
      case .text: try parse(file, from: begin, as: type, into: memory)
      }
      if isBigEndian, encoding != .text { memory.reverseBytes(ofEach: type.bytes) }
    }
  }

  private static func byteCount(
    _ type: SampleType, _ size: SIMD3<Int>, path: String
  ) throws(VolumeFileError) -> Int {
    var bytes = type.bytes
    for length in [size.x, size.y, size.z] {
      let (product, overflow) = bytes.multipliedReportingOverflow(by: length)
      guard length > 0, !overflow else {
        throw .damaged(
          path: path, page: nil, reason: "it claims \(size.x) x \(size.y) x \(size.z) voxels")
      }
      bytes = product
    }
    return bytes
  }

  private func read(from file: PlainFile, at start: Int, into memory: SampleMemory) throws {
    let pieces = Parallel.pieces(of: memory.byteCount, size: 8 << 20)
    try Parallel.forEach(pieces.count) { piece in
      let target = unsafe memory[pieces[piece]]
      let count = unsafe try file.read(into: target, from: start + pieces[piece].lowerBound)
      guard count == target.count else { throw short() }
    }
  }

  private func inflate(
    _ file: PlainFile, from start: Int, skipping skipped: Int, into memory: SampleMemory
  ) throws {
    let stream = try file.inflation(from: start)
    do {
      // The frames before the one that is wanted are unpacked into its place.
      var rest = skipped
      while rest > 0 {
        let part = min(rest, memory.byteCount)
        guard unsafe try stream.read(into: memory[0..<part]) == part else { throw short() }
        rest -= part
      }
      guard unsafe try stream.read(into: memory[0..<memory.byteCount]) == memory.byteCount else {
        throw short()
      }
    } catch let error as InflationError {
      throw VolumeFileError.damaged(path: path, page: nil, reason: error.reason)
    }
  }

  /// Numbers as words, in any number of lines.
  private func parse(
    _ file: PlainFile, from start: Int, as type: SampleType, into memory: SampleMemory
  ) throws {
    let words = try file.bytes(from: start).split { $0 <= 32 || $0 == UInt8(ascii: ",") }
    guard words.count * type.bytes >= memory.byteCount else { throw short() }
    for index in 0..<memory.byteCount / type.bytes {
      let word = String(decoding: words[index], as: UTF8.self)
      guard let bits = type.bits(of: word) else {
        throw VolumeFileError.damaged(
          path: path, page: nil, reason: "“\(word.prefix(24))” is no \(type.rawValue)")
      }
      let range = index * type.bytes..<(index + 1) * type.bytes
      for (byte, place) in range.enumerated() {
        unsafe memory[place..<place + 1][0] = UInt8(truncatingIfNeeded: bits >> (8 * byte))
      }
    }
  }

  private func short() -> VolumeFileError {
    .damaged(path: path, page: nil, reason: "the file ends before its voxels do")
  }
}
