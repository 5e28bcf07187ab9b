internal import Files

/// An array of a VTP as bytes, with the lengths that stand before them.
struct VTPStoredArray {
  /// Where the array is, lengths and all.
  enum Place {
    /// In the bytes of the file, from a place on.
    case raw([UInt8], start: Int)
    case base64(Base64Text)
  }

  let name: String
  let place: Place
  let path: String
  let fileBytes: Int
  let isBigEndian: Bool
  /// The bytes of each length.
  let lengthBytes: Int

  /// An array that is its length in bytes and then its content, and where that begins in what is returned.
  func plain(_ byteCount: Int) throws(MeshFileError) -> ([UInt8], start: Int) {
    let (content, start) = try leading(lengthBytes + byteCount)
    guard try lengths(1, in: content, from: start)[0] >= byteCount else {
      throw tooLarge(byteCount)
    }
    return (content, start + lengthBytes)
  }

  /// An array that is packed by zlib in blocks: their number, the bytes of each but the last, those of the
  /// last if it is shorter, and those that each is packed into; then the blocks.
  func unpacked(_ byteCount: Int) throws(MeshFileError) -> [UInt8] {
    if byteCount == 0 { return [] }
    let (head, headStart) = try leading(3 * lengthBytes)
    let facts = try lengths(3, in: head, from: headStart)
    let (blockCount, blockBytes) = (facts[0], facts[1])
    guard blockCount > 0, blockCount <= fileBytes else { throw tooLarge(byteCount) }
    let listBytes = (3 + blockCount) * lengthBytes
    let (list, listStart) = try leading(listBytes)
    let packed = try lengths(blockCount, in: list, from: listStart + 3 * lengthBytes)
      .reduce(0) { $0 + min($1, fileBytes) }
    let lastBytes = facts[2] > 0 ? facts[2] : blockBytes
    let (earlier, overflow) = (blockCount - 1).multipliedReportingOverflow(by: blockBytes)
    guard packed <= fileBytes, !overflow, earlier >= byteCount - lastBytes,
      byteCount <= packed * Inflation.largestRatio
    else { throw tooLarge(byteCount) }
    let (content, start) = try leading(listBytes + packed)
    return try inflated(content[(start + listBytes)...].prefix(packed), byteCount)
  }

  func tooLarge(_ byteCount: Int) -> MeshFileError {
    .countBeyondFile(
      path: path, at: .byte(0), element: "a byte of “\(name)”", count: byteCount,
      bytesLeft: fileBytes)
  }

  /// Blocks that follow each other are unpacked as one.
  private func inflated(
    _ blocks: ArraySlice<UInt8>, _ byteCount: Int
  ) throws(MeshFileError) -> [UInt8] {
    var rest = Array(blocks)
    var content = [UInt8](repeating: 0, count: byteCount)
    var found = 0
    do {
      let inflation = try Inflation {
        defer { rest = [] }
        return rest
      }
      found = try unsafe content.withUnsafeMutableBytes { try unsafe inflation.read(into: $0) }
    } catch {
      throw .malformed(
        path: path, at: .byte(0), expected: "“\(name)” packed by zlib", found: "\(error)")
    }
    guard found == byteCount else {
      throw .truncated(path: path, at: .byte(0), expected: "\(byteCount) bytes of “\(name)”")
    }
    return content
  }

  /// So many bytes from the first length on, or more, and where they begin in what is returned.
  private func leading(_ count: Int) throws(MeshFileError) -> ([UInt8], start: Int) {
    switch place {
    case .raw(let bytes, let start): if count <= bytes.count - start { return (bytes, start) }
    case .base64(let text): if let content = text.bytes(count) { return (content, 0) }
    }
    throw tooLarge(count)
  }

  /// Some lengths that stand one behind the other, in bytes that are known to be there.
  private func lengths(
    _ count: Int, in content: [UInt8], from start: Int
  ) throws(MeshFileError) -> [Int] {
    var reader = ByteReader(content.span, from: start, isBigEndian: isBigEndian, path: path)
    var lengths: [Int] = []
    for _ in 0..<count {
      lengths.append(
        lengthBytes == 8
          ? Int(clamping: try reader.integer("a length", as: UInt64.self))
          : Int(try reader.integer("a length", as: UInt32.self)))
    }
    return lengths
  }
}
