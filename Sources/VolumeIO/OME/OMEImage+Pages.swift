internal import Files

extension OMEImage {
  /// The planes of the image in the pages of its files.
  ///
  /// `nil` when the document contradicts the pages about their size, which a warning says. Pages that
  /// it counts but nobody has are an error.
  func series(in pages: TIFFPages, _ warnings: inout [String]) throws -> TIFFSeries? {
    let first = tiffData.first.flatMap { $0.file == nil ? $0.firstPage : nil } ?? 0
    guard pages.layouts.indices.contains(first) else {
      throw missing("page \(first + 1)", of: pages.path)
    }
    let layout = try pages.layouts[first].get()
    guard sizes.x == layout.width, sizes.y == layout.height, channelCount % layout.samples == 0
    else {
      warnings.append(
        "its OME metadata say \(sizes.x) x \(sizes.y) and \(channelCount) channels, but its pages are"
          + " \(layout.summary): they are read as they follow each other, without calibration")
      return nil
    }
    if let stated = sampleType, stated != layout.sampleType {
      warnings.append(
        "its OME metadata say \(type), but its pages are \(layout.sampleType.rawValue), and are read so"
      )
    }
    let order = PlaneOrder(
      channels: channelCount / layout.samples, slices: sizes.z, frames: frameCount)
    return TIFFSeries(
      layout: layout, order: order, pages: try places(order, in: pages, like: layout),
      calibration: calibration)
  }

  /// The page of every plane.
  private func places(
    _ order: PlaneOrder, in pages: TIFFPages, like layout: TIFFPage
  ) throws -> [TIFFPagePlace] {
    let (planesOfFrame, overflow) = order.channels.multipliedReportingOverflow(by: order.slices)
    let (count, overflows) = planesOfFrame.multipliedReportingOverflow(by: order.frames)
    guard !overflow, !overflows, (1...1 << 22).contains(count) else {
      throw missing("planes of \(order.slices) slices", of: pages.path)
    }
    var places = [TIFFPagePlace?](repeating: nil, count: count)
    var files: [String: TIFFPages] = [:]
    let data = tiffData.isEmpty ? [TiffData([:])] : tiffData
    for run in data {
      let source = try source(of: run, beside: pages, &files)
      let first = run.firstPage ?? 0
      let wanted = run.planeCount ?? (run.firstPage == nil ? count : 1)
      for step in 0..<min(max(wanted, 0), count) {
        guard let plane = plane(step, after: run, order) else { break }
        let page = first + step
        guard source.places.indices.contains(page) else {
          throw missing("page \(page + 1)", of: source.path)
        }
        guard try source.layouts[page].get() == layout else {
          throw VolumeFileError.unequalPages(
            path: source.path, page: page + 1, first: layout.summary,
            found: source.summary(of: page))
        }
        places[plane] = source.places[page]
      }
    }
    guard let gap = places.firstIndex(where: { $0 == nil }) else { return places.compactMap { $0 } }
    throw missing("a page for plane \(gap + 1) of \(count)", of: pages.path)
  }

  /// The plane that lies some steps behind the first one of a run of pages; `nil` beyond the last.
  private func plane(_ step: Int, after run: TiffData, _ order: PlaneOrder) -> Int? {
    var index = ["Z": run.firstZ, "C": run.firstChannel, "T": run.firstFrame]
    let sizes = ["Z": order.slices, "C": order.channels, "T": order.frames]
    var rest = step
    for axis in dimensionOrder.dropFirst(2).map(String.init) {
      guard let size = sizes[axis], let start = index[axis] else { return nil }
      index[axis] = (start + rest) % size
      rest = (start + rest) / size
    }
    guard rest == 0, let z = index["Z"], let c = index["C"], let t = index["T"],
      (0..<order.slices).contains(z), (0..<order.channels).contains(c),
      (0..<order.frames).contains(t)
    else { return nil }
    return order.plane(channel: c, slice: z, frame: t)
  }

  /// The pages of the file that a run lies in: this one, or one of the same folder.
  private func source(
    of run: TiffData, beside pages: TIFFPages, _ files: inout [String: TIFFPages]
  ) throws -> TIFFPages {
    let here = pages.path.split(separator: "/").last.map(String.init)
    guard let name = run.file, name != here else { return pages }
    if let known = files[name] { return known }
    // Names only, so that a file cannot reach for others elsewhere.
    guard !name.contains("/"), !name.contains("\\"), name != "..", !name.isEmpty else {
      throw VolumeFileError.unsupported(
        path: pages.path, page: nil, what: "a set of files across folders (“\(name.prefix(80))”)",
        advice: "put all of them into one folder")
    }
    let folder = pages.path.lastIndex(of: "/").map { String(pages.path[...$0]) } ?? ""
    let file: TIFFPages
    do {
      file = try TIFFPages(PlainFile(folder + name))
    } catch let error as FileReadError {
      // A file that was renamed still holds its own planes.
      if Set(tiffData.map(\.file)).count == 1 { return pages }
      throw VolumeFileError.unreadable(
        path: folder + name, reason: "\(error.reason); \(pages.path) is in parts, and needs it")
    }
    files[name] = file
    return file
  }

  private func missing(_ what: String, of path: String) -> VolumeFileError {
    .damaged(
      path: path, page: nil,
      reason: "its OME metadata count on \(what), which the file does not have")
  }
}
