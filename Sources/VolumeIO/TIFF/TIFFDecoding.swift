/// Where a page is: in which file, which one of it, from 0, and where its directory lies.
struct TIFFPagePlace: Sendable {
  let path: String
  let index: Int
  let offset: UInt64
}

/// Some strips or tiles of a page, decoded by one piece of work.
struct TIFFSegments {
  let page: TIFFPage
  /// Which of the samples of a pixel is wanted.
  let sample: Int
  /// Strips or tiles of one plane of samples, in the order of the file.
  let range: Range<Int>

  /// How many strips or tiles one plane of samples has.
  static func count(of page: TIFFPage) -> Int {
    let (across, down, deep) = counts(of: page)
    return across * down * deep
  }

  private static func counts(of page: TIFFPage) -> (across: Int, down: Int, deep: Int) {
    func pieces(_ size: Int, _ piece: Int) -> Int { (size + piece - 1) / piece }
    return (
      pieces(page.width, page.segment.width), pieces(page.height, page.segment.height),
      pieces(page.depth, page.segment.depth)
    )
  }

  /// Decodes the segments into the slices of the page, which lie one behind the other.
  ///
  /// - Returns: False when the file does not hold them whole.
  func decode(from file: TIFFFile, into slices: SampleMemory, at start: Int) -> Bool {
    let counts = Self.counts(of: page)
    let total = Self.count(of: page)
    let first = page.isPlanar ? sample * total : 0
    guard file.segmentCount >= (page.isPlanar ? total * page.samples : total) else { return false }
    let rowBits = page.segment.width * (page.isPlanar ? 1 : page.samples) * page.bits
    let rowBytes = (rowBits + 7) / 8
    let (bytes, overflow) = rowBytes.multipliedReportingOverflow(
      by: page.segment.height * page.segment.depth)
    // A tile much larger than the page is a claim and not an image.
    guard !overflow, bytes <= max(page.sliceBytes * page.depth * page.samples * 64, 64 << 20) else {
      return false
    }
    let isDirect = page.hasPlainRows && !page.isTiled
    var buffer: [UInt8] = isDirect ? [] : Array(repeating: 0, count: bytes)
    for index in range {
      let x = index % counts.across * page.segment.width
      let y = index / counts.across % counts.down * page.segment.height
      let z = index / counts.across / counts.down * page.segment.depth
      let height = min(page.segment.height, page.height - y)
      let target = start + z * page.sliceBytes + (y * page.width + x) * page.sampleType.bytes
      if isDirect {
        // Strips are whole rows, and go right to where they belong.
        let rows = unsafe slices[target..<target + height * rowBytes]
        guard unsafe file.readStrip(first + index, into: rows) else { return false }
        continue
      }
      let count = page.isTiled ? bytes : height * rowBytes
      let isWhole = unsafe buffer.withUnsafeMutableBytes {
        // SAFETY: count is at most the size of the buffer.
        let part = unsafe UnsafeMutableRawBufferPointer(rebasing: $0[..<count])
        return unsafe page.segment.depth > 1
          ? file.readDeepTile(first + index, into: part)
          : page.isTiled
            ? file.readTile(first + index, into: part) : file.readStrip(first + index, into: part)
      }
      guard isWhole else { return false }
      let width = min(page.segment.width, page.width - x)
      for slice in 0..<min(page.segment.depth, page.depth - z) {
        for row in 0..<height {
          let packed = PackedRow(
            bits: page.bits, stride: page.isPlanar ? 1 : page.samples,
            first: page.isPlanar ? 0 : sample, type: page.sampleType,
            isByteSwapped: file.isByteSwapped)
          let from = (slice * page.segment.height + row) * rowBytes
          let to = target + slice * page.sliceBytes + row * page.width * page.sampleType.bytes
          unsafe packed.unpack(
            buffer.span.bytes.extracting(from..<from + rowBytes),
            into: slices[to..<to + width * page.sampleType.bytes])
        }
      }
    }
    return true
  }
}

extension TIFFPage {
  /// Whether a row of a segment is a row of the image as it is: one whole number of bytes a sample.
  fileprivate var hasPlainRows: Bool {
    (samples == 1 || isPlanar) && bits == sampleType.bytes * 8
  }

}
