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
    let total = Self.count(of: page)
    let planes = page.isPlanar ? page.samples : 1
    guard file.segmentCount >= total * planes, let bytes = segmentBytes else { return false }
    let first = page.isPlanar ? sample * total : 0
    // Strips of plain rows go right to where they belong.
    let isDirect = !page.isTiled && page.hasPlainRows
    var buffer: [UInt8] = isDirect ? [] : Array(repeating: 0, count: bytes)
    for index in range {
      let place = place(of: index)
      if isDirect {
        let rows = start + place.y * rowBytes
        let target = unsafe slices[rows..<rows + place.height * rowBytes]
        guard unsafe file.readStrip(first + index, into: target) else { return false }
        continue
      }
      let count = page.isTiled ? bytes : place.height * rowBytes
      guard read(first + index, of: file, count, into: &buffer) else { return false }
      unpack(buffer, place, isByteSwapped: file.isByteSwapped, into: slices, at: start)
    }
    return true
  }

  private var rowBytes: Int {
    (page.segment.width * (page.isPlanar ? 1 : page.samples) * page.bits + 7) / 8
  }

  /// The bytes of a whole segment; `nil` for a tile much larger than the page, which is a claim and not
  /// an image.
  private var segmentBytes: Int? {
    let (bytes, overflow) = rowBytes.multipliedReportingOverflow(
      by: page.segment.height * page.segment.depth)
    let pageBytes = page.sliceBytes * page.depth * page.samples
    return overflow || bytes > max(pageBytes * 4, 64 << 20) ? nil : bytes
  }

  /// Where a segment lies in the page, and how much of it is inside.
  private func place(
    of index: Int
  ) -> (x: Int, y: Int, z: Int, width: Int, height: Int, depth: Int) {
    let (across, down, _) = Self.counts(of: page)
    let x = index % across * page.segment.width
    let y = index / across % down * page.segment.height
    let z = index / across / down * page.segment.depth
    return (
      x, y, z, min(page.segment.width, page.width - x), min(page.segment.height, page.height - y),
      min(page.segment.depth, page.depth - z)
    )
  }

  /// Decodes a segment to the beginning of a buffer; false unless it fills as many bytes.
  private func read(
    _ index: Int, of file: TIFFFile, _ count: Int, into buffer: inout [UInt8]
  ) -> Bool {
    unsafe buffer.withUnsafeMutableBytes {
      // SAFETY: count is at most the size of the buffer.
      let part = unsafe UnsafeMutableRawBufferPointer(rebasing: $0[..<count])
      guard page.isTiled else { return unsafe file.readStrip(index, into: part) }
      return page.segment.depth > 1
        ? unsafe file.readDeepTile(index, into: part) : unsafe file.readTile(index, into: part)
    }
  }

  /// Takes the wanted samples out of a segment, and keeps what lies inside of the page.
  private func unpack(
    _ segment: [UInt8], _ place: (x: Int, y: Int, z: Int, width: Int, height: Int, depth: Int),
    isByteSwapped: Bool, into slices: SampleMemory, at start: Int
  ) {
    let packed = PackedRow(
      bits: page.bits, stride: page.isPlanar ? 1 : page.samples, first: page.isPlanar ? 0 : sample,
      type: page.sampleType, isByteSwapped: isByteSwapped)
    let sampleBytes = page.sampleType.bytes
    for slice in 0..<place.depth {
      for row in 0..<place.height {
        let from = (slice * page.segment.height + row) * rowBytes
        let to =
          start + (place.z + slice) * page.sliceBytes
          + ((place.y + row) * page.width + place.x) * sampleBytes
        unsafe packed.unpack(
          segment.span.bytes.extracting(from..<from + rowBytes),
          into: slices[to..<to + place.width * sampleBytes])
      }
    }
  }
}

extension TIFFPage {
  /// Whether a row of a segment is a row of the image as it is: one whole number of bytes a sample.
  fileprivate var hasPlainRows: Bool {
    (samples == 1 || isPlanar) && bits == sampleType.bytes * 8
  }
}
