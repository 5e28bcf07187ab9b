internal import CTIFF
internal import Files

/// The pages that make up one image with its channels and frames.
struct TIFFSeries {
  /// Where the pixels are.
  enum Pixels {
    /// A page for every plane, in the order of the planes.
    case pages([TIFFPagePlace])
    /// One page, and the pixels of the others right behind its own, as programs write it that found
    /// classic TIFF too small.
    case behindFirst(TIFFPagePlace, offset: Int, planes: Int, isByteSwapped: Bool)
  }

  let layout: TIFFPage
  let order: PlaneOrder
  let pixels: Pixels
  let calibration: Calibration
  let warnings: [String]

  /// A run of pages as they follow each other, in the order that ImageJ says where it wrote the file.
  init(run: [Int], of pages: TIFFPages) throws {
    let file = try TIFFFile.reading(pages.path, byteCount: pages.byteCount)
    layout = try pages.layouts[run[0]].get()
    let places = run.map { pages.places[$0] }
    guard file.readDirectory(at: places[0].offset) else {
      throw VolumeFileError.damaged(
        path: pages.path, page: run[0] + 1, reason: file.firstError ?? "its directory is gone")
    }
    let imageJ = ImageJDescription(pages.description)
    let claimed = imageJ?.images ?? Self.truncatedImageCount(pages.description, layout) ?? 1
    var warnings: [String] = []
    var planes = places.count * layout.depth
    if places.count == 1, claimed > 1, layout.depth == 1 {
      pixels = try Self.behindFirst(file, places[0], layout, planes: claimed, of: pages)
      planes = claimed
    } else {
      pixels = .pages(places)
    }
    order =
      if let imageJ {
        try PlaneOrder(path: pages.path, planes: planes, imageJ: imageJ, &warnings)
      } else { PlaneOrder(slices: planes) }
    if let scaling = imageJ?.scaling {
      warnings.append(
        "ImageJ shows its values multiplied by \(scaling.scale) and increased by \(scaling.shift);"
          + " they are read as they are stored")
    }
    calibration = Calibration(file, imageJ: imageJ)
    self.warnings = warnings
  }

  init(layout: TIFFPage, order: PlaneOrder, pages: [TIFFPagePlace], calibration: Calibration) {
    self.layout = layout
    self.order = order
    pixels = .pages(pages)
    self.calibration = calibration
    warnings = []
  }

  /// Checks that all planes are there before any memory is asked for.
  private static func behindFirst(
    _ file: TIFFFile, _ place: TIFFPagePlace, _ layout: TIFFPage, planes: Int, of pages: TIFFPages
  ) throws(VolumeFileError) -> Pixels {
    guard !layout.isCompressed, !layout.isTiled, layout.bits == layout.sampleType.bytes * 8,
      layout.samples == 1
    else {
      throw .unsupported(
        path: pages.path, page: nil,
        what: "a stack of \(planes) images in one page that is compressed or coloured",
        advice: "save it as BigTIFF or as a smaller stack")
    }
    let offset = Int(clamping: file.offset(ofSegment: 0))
    let (bytes, overflow) = layout.sliceBytes.multipliedReportingOverflow(by: planes)
    guard offset > 0, !overflow, bytes <= pages.byteCount - offset else {
      throw .damaged(
        path: pages.path, page: nil,
        reason: "it says \(planes) images of \(layout.summary), which its \(pages.byteCount) bytes"
          + " do not hold")
    }
    return .behindFirst(
      place, offset: offset, planes: planes, isByteSwapped: file.isByteSwapped)
  }

  /// The number of images of a stack that tifffile put into one page, as its description says.
  private static func truncatedImageCount(_ description: [UInt8], _ layout: TIFFPage) -> Int? {
    struct Shaped: Decodable {
      let shape: [Int]
      let truncated: Bool?
    }
    guard description.first == UInt8(ascii: "{"),
      let shaped = try? JSONDocument.decode(Shaped.self, from: description),
      shaped.truncated == true
    else { return nil }
    var images = 1
    for length in shaped.shape {
      let (product, overflow) = images.multipliedReportingOverflow(by: length)
      guard length > 0, !overflow else { return nil }
      images = product
    }
    return images / (layout.width * layout.height * layout.samples)
  }
}
