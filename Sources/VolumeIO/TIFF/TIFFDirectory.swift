internal import Files

extension PlainFile {
  /// Where the directory of a TIFF says that the next one is, 0 at the last; `nil` when the file ends
  /// before it does.
  ///
  /// libtiff takes a link that is cut off for the end of the list, and pages would be lost unseen.
  func linkOfTIFFDirectory(at offset: UInt64) throws -> UInt64? {
    let header = try bytes(upTo: 4)
    guard header.count == 4, let start = Int(exactly: offset) else { return nil }
    let isBigEndian = header[0] == 0x4D
    let isBigTIFF = header.contains(43)
    func number(at place: Int, bytes count: Int) throws -> UInt64? {
      let field = try bytes(from: place, upTo: count)
      guard field.count == count else { return nil }
      return (isBigEndian ? field : field.reversed()).reduce(0) { $0 << 8 | UInt64($1) }
    }
    let countBytes = isBigTIFF ? 8 : 2
    guard let entries = try number(at: start, bytes: countBytes), entries <= 65_535 else {
      return nil
    }
    let end = start + countBytes + Int(entries) * (isBigTIFF ? 20 : 12)
    return try number(at: end, bytes: isBigTIFF ? 8 : 4)
  }
}
