internal import Files

extension PlainFile {
  /// Whether the file holds a directory of a TIFF to its end, the link to the next one included.
  ///
  /// libtiff takes a link that is cut off for the end of the list, and pages would be lost unseen.
  func hasWholeTIFFDirectory(at offset: UInt64) throws -> Bool {
    let header = try bytes(upTo: 4)
    guard header.count == 4, let start = Int(exactly: offset) else { return false }
    let isBigEndian = header[0] == 0x4D
    let isBigTIFF = header.contains(43)
    let countBytes = isBigTIFF ? 8 : 2
    let field = try bytes(from: start, upTo: countBytes)
    guard field.count == countBytes else { return false }
    let digits = isBigEndian ? field : field.reversed()
    let entries = digits.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard entries <= 65_535 else { return false }
    let end = start + countBytes + Int(entries) * (isBigTIFF ? 20 : 12) + (isBigTIFF ? 8 : 4)
    return end <= byteCount
  }
}
