internal import CTIFF
internal import Files
internal import Volumes

/// The pages of a TIFF that make up a stack, found but not yet decoded.
struct TIFFStack {
  let path: String
  let byteCount: Int
  private let layout: TIFFPage
  /// Where the directory of every page is.
  private let offsets: [UInt64]
  private let imageJ: ImageJDescription?
  private let calibration: TIFFCalibration

  /// Finds the pages and checks that they make a stack.
  init(_ plain: PlainFile) throws {
    path = plain.path
    byteCount = plain.byteCount
    let file = try Self.open(path, byteCount: byteCount)
    layout = try TIFFPage(file, number: 1)
    let description = file.text(of: TIFFTAG_IMAGEDESCRIPTION) ?? []
    imageJ = ImageJDescription(description)
    calibration = TIFFCalibration(file, imageJ: imageJ)
    if description.isOMEXML {
      throw VolumeFileError.unsupported(
        path: path, page: nil, what: "OME-TIFF", advice: "save it as a TIFF of ImageJ")
    }
    offsets = try Self.offsets(of: file, equalTo: layout)
    for (page, offset) in offsets.enumerated() where try !plain.hasWholeTIFFDirectory(at: offset) {
      throw VolumeFileError.damaged(
        path: path, page: page + 1, reason: "the file ends in its directory")
    }
  }

  /// A handle of its own on the file, for one thread.
  private static func open(_ path: String, byteCount: Int) throws(VolumeFileError) -> TIFFFile {
    let log = MessageLog()
    // A page or its tables never need more than the file has, but for the slack of small ones.
    let limit = byteCount + 64 << 20
    guard let file = TIFFFile(path: path, mode: "rm", memoryLimit: limit, log: log) else {
      throw .damaged(path: path, page: 1, reason: log.messages.first ?? "it has no pages")
    }
    return file
  }

  private static func offsets(
    of file: TIFFFile, equalTo layout: TIFFPage
  ) throws(VolumeFileError) -> [UInt64] {
    var offsets = [file.directoryOffset]
    while file.readNextDirectory() {
      let number = offsets.count + 1
      // A preview of the page before it, not a slice.
      if file.value(of: TIFFTAG_SUBFILETYPE, default: UInt32(0)) & UInt32(FILETYPE_REDUCEDIMAGE)
        != 0
      {
        continue
      }
      let page = try TIFFPage(file, number: number)
      guard page == layout else {
        throw .unequalPages(
          path: file.path, page: number, first: layout.summary, found: page.summary)
      }
      offsets.append(file.directoryOffset)
    }
    // The last page and a damaged one end the list alike; only the message differs.
    if let reason = file.firstError {
      throw .damaged(path: file.path, page: offsets.count + 1, reason: reason)
    }
    return offsets
  }

  /// Decodes one channel and frame.
  func read(_ selection: Stack.Selection) throws(VolumeFileError) -> Stack {
    var warnings = calibration.warnings
    let order = try PageOrder(path: path, pages: offsets.count, imageJ: imageJ, &warnings)
    let pages = try order.pages(of: selection, path: path)
    if order.channels > 1 && selection.channel == nil {
      warnings.append(
        "it has \(order.channels) channels; the first is used (choose with --channel)")
    }
    if order.frames > 1 && selection.frame == nil {
      warnings.append("it has \(order.frames) time frames; the first is used (choose with --frame)")
    }
    let grid = Grid(
      size: SIMD3(layout.width, layout.height, pages.count),
      spacing: calibration.spacing ?? .one, unit: calibration.unit, calibration: calibration.source)
    try checkPlausibility(pageCount: pages.count)
    return Stack(
      image: try image(of: pages.map { ($0, offsets[$0]) }, grid: grid),
      channelCount: order.channels, frameCount: order.frames, warnings: warnings)
  }

  /// Refuses a size that the file cannot possibly hold before memory is asked for.
  private func checkPlausibility(pageCount: Int) throws(VolumeFileError) {
    let (bytes, overflow) = layout.bytes.multipliedReportingOverflow(by: pageCount)
    // No codec of libtiff packs real images tighter than a thousandth; constant ones are small.
    let possible =
      layout.isCompressed ? max(byteCount.multipliedClamped(by: 2000), 64 << 20) : byteCount
    guard !overflow, bytes <= possible else {
      throw .damaged(
        path: path, page: nil,
        reason: "it claims \(pageCount) pages of \(layout.summary), which its \(byteCount) bytes"
          + " cannot hold")
    }
  }

  private func image(of pages: [TIFFPagePlace], grid: Grid) throws(VolumeFileError) -> Image {
    switch layout.sampleType {
    case .uint8: .uint8(try volume(of: pages, grid: grid))
    case .int8: .int8(try volume(of: pages, grid: grid))
    case .uint16: .uint16(try volume(of: pages, grid: grid))
    case .int16: .int16(try volume(of: pages, grid: grid))
    case .uint32: .uint32(try volume(of: pages, grid: grid))
    case .int32: .int32(try volume(of: pages, grid: grid))
    case .float32: .float32(try volume(of: pages, grid: grid))
    case .float64: .float64(try volume(of: pages, grid: grid))
    }
  }

  /// Decodes pages into the slices of a volume, a run of pages per thread and handle.
  private func volume<V: Voxel>(
    of pages: [TIFFPagePlace], grid: Grid
  ) throws(VolumeFileError) -> Volume<V> {
    do {
      var volume = try Volume<V>(grid: grid)
      let sliceBytes = layout.bytes
      let (path, byteCount) = (path, byteCount)
      try volume.withDisjointWrites { voxels in
        let runs = Parallel.pieces(of: pages.count, size: 16)
        try Parallel.forEach(runs.count) { run in
          let file = try Self.open(path, byteCount: byteCount)
          for z in runs[run] {
            // SAFETY: slice z lies inside of the volume, and only this piece of work writes to it.
            let slice = unsafe UnsafeMutableRawBufferPointer(
              start: UnsafeMutableRawPointer(voxels.base) + z * sliceBytes, count: sliceBytes)
            unsafe try file.decodePage(pages[z], into: slice)
          }
        }
      }
      return volume
    } catch let error as VolumeFileError {
      throw error
    } catch {
      throw .outOfMemory(path: path, bytes: grid.voxelCount * MemoryLayout<V>.stride)
    }
  }
}

extension [UInt8] {
  /// Whether a description is that of an OME-TIFF.
  fileprivate var isOMEXML: Bool {
    let start = String(decoding: prefix(4096), as: UTF8.self)
    return start.contains("<OME") && start.contains("openmicroscopy.org")
  }
}

extension Int {
  fileprivate func multipliedClamped(by factor: Int) -> Int {
    let (product, overflow) = multipliedReportingOverflow(by: factor)
    return overflow ? .max : product
  }
}
