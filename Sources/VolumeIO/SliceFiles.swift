internal import Files
internal import Volumes

/// TIFF files that are a slice each, as one stack.
struct SliceFiles {
  let path: String
  let files: [String]

  /// Decodes one channel. The files are all of one series and frame.
  func read(_ selection: Stack.Selection) throws -> Stack {
    var places: [TIFFPagePlace] = []
    var first: TIFFPages?
    for file in files {
      let pages = try TIFFPages(PlainFile(file))
      guard pages.places.count == 1, let page = pages.places.first else {
        throw VolumeFileError.unsupported(
          path: file, page: nil,
          what: "a file of \(pages.places.count) pages among the slices of a stack",
          advice: "name that file alone, or a pattern of files that are a slice each")
      }
      let layout = try pages.layouts[0].get()
      if let first, try first.layouts[0].get() != layout {
        throw VolumeFileError.unequalPages(
          path: file, page: 1, first: first.summary(of: 0), found: layout.summary)
      }
      first = first ?? pages
      places.append(page)
    }
    guard let first else {
      throw VolumeFileError.unreadable(path: path, reason: "it has no TIFF files")
    }
    let alone = try TIFFSeries(run: [0], of: first)
    var calibration = alone.calibration
    if let spacing = calibration.spacing {
      // A file of one slice cannot know how far the next one is away.
      calibration.spacing = nil
      calibration.warnings.append(
        "its files state a pixel size of \(spacing.x) x \(spacing.y) \(calibration.unit.rawValue) but"
          + " no distance of slices; give all three with --spacing X,Y,Z")
    }
    let series = TIFFSeries(
      layout: alone.layout, order: PlaneOrder(slices: places.count), pages: places,
      calibration: calibration)
    var warnings = series.layout.remarks + calibration.warnings
    let (channel, _) = try selection.channelAndFrame(
      channels: series.layout.samples, frames: 1, path: path, &warnings)
    let image = try series.image(
      channel: 0, sample: channel, frame: 0, byteCount: first.byteCount, path: path, &warnings)
    return Stack(image: image, channelCount: series.layout.samples, warnings: warnings)
  }
}
