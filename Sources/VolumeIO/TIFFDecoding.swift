/// Where a page is: which one of the file, from 0, and where its directory lies.
typealias TIFFPagePlace = (index: Int, offset: UInt64)

extension TIFFFile {
  /// Decodes one page into rows that lie one behind the other.
  func decodePage(
    _ place: TIFFPagePlace, into rows: UnsafeMutableRawBufferPointer
  ) throws(VolumeFileError) {
    let number = place.index + 1
    guard readDirectory(at: place.offset) else { throw damaged(page: number) }
    let page = try TIFFPage(self, number: number)
    guard page.bytes == rows.count else { throw damaged(page: number) }
    let isComplete =
      if let rowsPerStrip = page.rowsPerStrip {
        unsafe decodeStrips(of: page, rowsPerStrip: rowsPerStrip, into: rows)
      } else if let tile = page.tileSize {
        unsafe decodeTiles(of: page, tile.width, tile.height, into: rows)
      } else {
        false
      }
    guard isComplete else { throw damaged(page: number) }
  }

  /// Strips are whole rows, and go right to where they belong.
  private func decodeStrips(
    of page: TIFFPage, rowsPerStrip: Int, into rows: UnsafeMutableRawBufferPointer
  ) -> Bool {
    let rowBytes = page.width * page.sampleType.bytes
    guard stripCount >= (page.height + rowsPerStrip - 1) / rowsPerStrip else { return false }
    for (strip, top) in stride(from: 0, to: page.height, by: rowsPerStrip).enumerated() {
      let height = min(rowsPerStrip, page.height - top)
      // SAFETY: the rows of the strip lie inside of the page.
      let target = unsafe UnsafeMutableRawBufferPointer(
        rebasing: rows[top * rowBytes..<(top + height) * rowBytes])
      guard unsafe readStrip(strip, into: target) else { return false }
    }
    return true
  }

  /// Tiles reach beyond the right and lower edge; only what is inside is kept.
  private func decodeTiles(
    of page: TIFFPage, _ tileWidth: Int, _ tileHeight: Int,
    into rows: UnsafeMutableRawBufferPointer
  ) -> Bool {
    let sampleBytes = page.sampleType.bytes
    let across = (page.width + tileWidth - 1) / tileWidth
    let down = (page.height + tileHeight - 1) / tileHeight
    let bytes = tileByteCount
    // A tile much larger than the page is a claim and not an image.
    guard bytes == tileWidth * tileHeight * sampleBytes, tileCount >= across * down,
      bytes <= max(page.bytes * 64, 64 << 20)
    else { return false }
    let tile = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes, alignment: 64)
    defer { unsafe tile.deallocate() }
    for index in 0..<across * down {
      guard unsafe readTile(index, into: tile) else { return false }
      let (x, y) = (index % across * tileWidth, index / across * tileHeight)
      let width = min(tileWidth, page.width - x) * sampleBytes
      for row in 0..<min(tileHeight, page.height - y) {
        // SAFETY: both rows are cut to the page.
        let source = unsafe UnsafeRawBufferPointer(
          rebasing: tile[row * tileWidth * sampleBytes..<row * tileWidth * sampleBytes + width])
        let start = ((y + row) * page.width + x) * sampleBytes
        unsafe UnsafeMutableRawBufferPointer(rebasing: rows[start..<start + width])
          .copyMemory(from: source)
      }
    }
    return true
  }

  private func damaged(page: Int) -> VolumeFileError {
    .damaged(path: path, page: page, reason: firstError ?? "its pixels are incomplete")
  }
}
