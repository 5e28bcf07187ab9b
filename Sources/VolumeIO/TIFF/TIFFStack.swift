internal import CTIFF
internal import Files
internal import Volumes

/// A TIFF as one or several series of images.
struct TIFFStack {
  private let pages: TIFFPages
  private let ome: OMEDocument?
  private let warnings: [String]

  init(_ path: String) throws {
    pages = try TIFFPages(PlainFile(path))
    (ome, warnings) = OMEDocument.reading(pages.description)
  }

  /// Decodes one channel and frame of one series.
  func read(_ selection: Stack.Selection) throws -> Stack {
    var warnings = warnings
    let (series, count) = try series(selection, &warnings)
    warnings +=
      pages.warnings + series.warnings + series.layout.remarks + series.calibration.warnings
    let samples = series.layout.samples
    let channels = series.order.channels * samples
    let (channel, frame) = try selection.channelAndFrame(
      channels: channels, frames: series.order.frames, path: pages.path, &warnings)
    let image = try series.image(
      channel: channel / samples, sample: channel % samples, frame: frame,
      byteCount: pages.byteCount, path: pages.path, &warnings)
    return Stack(
      image: image, channelCount: channels, frameCount: series.order.frames, seriesCount: count,
      warnings: warnings)
  }

  /// The series that is wanted, and how many there are.
  private func series(
    _ selection: Stack.Selection, _ warnings: inout [String]
  ) throws -> (TIFFSeries, count: Int) {
    if let ome {
      let index = try selection.seriesIndex(
        slices: ome.images.map(\.sizes.z), summaries: ome.images.map(\.summary), path: pages.path,
        &warnings)
      if let series = try ome.images[index].series(in: pages, &warnings) {
        return (series, ome.images.count)
      }
    }
    let runs = pages.runs
    // What cannot be read is not passed over, unless somebody chose something else.
    if selection.series == nil { for run in runs { _ = try pages.layouts[run[0]].get() } }
    let index = try selection.seriesIndex(
      slices: runs.map(\.count), summaries: runs.map { pages.summary(of: $0[0]) },
      path: pages.path, &warnings)
    return (try TIFFSeries(run: runs[index], of: pages), runs.count)
  }
}

extension TIFFSeries {
  /// Decodes the slices of one channel, one sample of its pixels, and one frame.
  func image(
    channel: Int, sample: Int, frame: Int, byteCount: Int, path: String,
    _ warnings: inout [String]
  ) throws -> Image {
    let planes = order.planes(ofChannel: channel, frame: frame)
    let grid = calibration.grid(size: SIMD3(layout.width, layout.height, planes.count))
    // A set of files has room for a part of the slices in each.
    let fileCount = if case .pages(let places) = pixels { Set(places.map(\.path)).count } else { 1 }
    try layout.checkPlausibility(
      pageCount: (planes.count / layout.depth + fileCount - 1) / fileCount, of: path,
      byteCount: byteCount)
    return try Image(layout.sampleType, grid: grid, path: path) { slices in
      switch pixels {
      case .behindFirst(let place, let offset, _, let isByteSwapped):
        try readPlanes(planes, of: place.path, from: offset, into: slices)
        if isByteSwapped { slices.reverseBytes(ofEach: layout.sampleType.bytes) }
      case .pages(let places):
        warnings += try decode(planes, sample: sample, of: places, into: slices)
      }
    }
  }

  /// Reads planes that lie one behind the other, uncompressed.
  private func readPlanes(
    _ planes: [Int], of path: String, from offset: Int, into slices: SampleMemory
  ) throws {
    let file = try PlainFile(path)
    let bytes = layout.sliceBytes
    try Parallel.forEach(planes.count) { z in
      let slice = unsafe slices[z * bytes..<(z + 1) * bytes]
      guard unsafe try file.read(into: slice, from: offset + planes[z] * bytes) == bytes else {
        throw VolumeFileError.damaged(
          path: path, page: nil, reason: "the file ends in image \(planes[z] + 1)")
      }
    }
  }

  /// Decodes pages in pieces of some megabytes, each by a handle of its own.
  ///
  /// - Returns: What libtiff found odd, each remark once.
  private func decode(
    _ planes: [Int], sample: Int, of places: [TIFFPagePlace], into slices: SampleMemory
  ) throws -> [String] {
    // Pages that are volumes have several planes each.
    let firstPage = planes[0] / layout.depth
    let pages =
      layout.depth > 1
      ? Array(places[firstPage..<firstPage + planes.count / layout.depth])
      : planes.map { places[$0] }
    let work = Self.pieces(of: pages.count, layout)
    let pageBytes = layout.sliceBytes * layout.depth
    let remarks = try Parallel.map(work.count) { index -> [String] in
      var file: TIFFFile?
      var remarks: [String] = []
      for number in work[index].pages {
        let place = pages[number]
        if file?.path != place.path {
          remarks += file?.warnings ?? []
          file = try TIFFFile.reading(place.path, byteCount: PlainFile(place.path).byteCount)
        }
        try file?.decode(
          work[index].segments, sample: sample, of: place, like: layout, into: slices,
          at: number * pageBytes)
      }
      return remarks + (file?.warnings ?? [])
    }
    return remarks.joined().reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// Fixed pieces of work: several pages, or a part of the strips or tiles of one.
  private static func pieces(
    of pageCount: Int, _ layout: TIFFPage
  ) -> [(pages: Range<Int>, segments: Range<Int>?)] {
    let pieceBytes = 4 << 20
    let pageBytes = layout.sliceBytes * layout.depth * (layout.isPlanar ? 1 : layout.samples)
    guard pageBytes > 2 * pieceBytes else {
      return Parallel.pieces(of: pageCount, size: pieceBytes / max(pageBytes, 1)).map { ($0, nil) }
    }
    let segments = TIFFSegments.count(of: layout)
    let perPiece = max(1, segments * pieceBytes / pageBytes)
    return (0..<pageCount).flatMap { page in
      Parallel.pieces(of: segments, size: perPiece).map { (page..<page + 1, $0) }
    }
  }
}

extension TIFFFile {
  /// Decodes a page, or some of its strips or tiles, which must have the layout that is expected.
  fileprivate func decode(
    _ range: Range<Int>?, sample: Int, of place: TIFFPagePlace, like expected: TIFFPage,
    into slices: SampleMemory, at start: Int
  ) throws(VolumeFileError) {
    let number = place.index + 1
    func damaged() -> VolumeFileError {
      .damaged(path: path, page: number, reason: firstError ?? "its pixels are incomplete")
    }
    guard readDirectory(at: place.offset) else { throw damaged() }
    let page = try TIFFPage(self, number: number)
    guard page == expected else { throw damaged() }
    if page.isJPEG {
      // Colour that it stores as YCbCr comes out as RGB.
      set(TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB)
    }
    // Pages of a stack may be cut differently; only one that is like the first is cut into pieces.
    let all = 0..<TIFFSegments.count(of: page)
    let isCutAlike = all.count == TIFFSegments.count(of: expected)
    guard isCutAlike || range.map({ $0.lowerBound == 0 }) ?? true else { return }
    let wanted = isCutAlike ? range ?? all : all
    let segments = TIFFSegments(page: page, sample: sample, range: wanted)
    guard segments.decode(from: self, into: slices, at: start) else { throw damaged() }
    if !page.isCompressed, wanted.dropFirst().contains(where: { shareBytes($0 - 1, $0) }) {
      note(warning: "some of its strips are the same bytes of the file")
    }
  }
}

extension Int {
  func multipliedClamped(by factor: Int) -> Int {
    let (product, overflow) = multipliedReportingOverflow(by: factor)
    return overflow ? .max : product
  }
}
