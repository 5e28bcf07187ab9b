internal import Files
internal import Volumes

/// TIFF files that are a slice each, as one stack.
struct SliceFiles {
  let path: String
  let files: [String]

  /// Decodes one channel. The files are all of one series and frame.
  func read(_ selection: Stack.Selection) throws -> Stack {
    let slices = try files.map { try TIFFPages(PlainFile($0)) }
    guard let first = slices.first else {
      throw VolumeFileError.unreadable(path: path, reason: "it has no TIFF files")
    }
    let places = try slices.map { try place(of: $0, like: first) }
    let alone = try TIFFSeries(run: [0], of: first)
    let series = TIFFSeries(
      layout: alone.layout, order: PlaneOrder(slices: places.count), pages: places,
      calibration: withoutSpacing(alone.calibration))
    var warnings = series.layout.remarks + series.calibration.warnings
    let (channel, _) = try selection.channelAndFrame(
      channels: series.layout.samples, frames: 1, path: path, &warnings)
    let image = try series.image(
      channel: 0, sample: channel, frame: 0, byteCount: first.byteCount, path: path, &warnings)
    return Stack(image: image, channelCount: series.layout.samples, warnings: warnings)
  }

  /// The one page of a file, which must be laid out like that of the first one.
  private func place(of slice: TIFFPages, like first: TIFFPages) throws -> TIFFPagePlace {
    guard slice.places.count == 1, let page = slice.places.first else {
      throw VolumeFileError.unsupported(
        path: slice.path, page: nil,
        what: "a file of \(slice.places.count) pages among the slices of a stack",
        advice: "name that file alone, or a pattern of files that are a slice each")
    }
    let layout = try slice.layouts[0].get()
    guard try first.layouts[0].get() == layout else {
      throw VolumeFileError.unequalPages(
        path: slice.path, page: 1, first: first.summary(of: 0), found: layout.summary)
    }
    return page
  }

  /// A file of one slice cannot know how far the next one is away.
  private func withoutSpacing(_ stated: Calibration) -> Calibration {
    guard let spacing = stated.spacing else { return stated }
    var calibration = stated
    calibration.spacing = nil
    calibration.warnings.append(
      "its files state a pixel size of \(spacing.x) x \(spacing.y) \(calibration.unit.rawValue) but"
        + " no distance of slices; give all three with --spacing X,Y,Z")
    return calibration
  }
}
