/// Which page of a file shows which slice: channels run fastest, then slices, then time frames.
struct PageOrder {
  let channels: Int
  let slices: Int
  let frames: Int

  /// The order that ImageJ wrote down; all pages as slices where nobody did.
  ///
  /// A description that does not fit the number of pages is not believed, and a warning says so.
  init(
    path: String, pages: Int, imageJ: ImageJDescription?, _ warnings: inout [String]
  ) throws(VolumeFileError) {
    guard let imageJ else {
      (channels, slices, frames) = (1, pages, 1)
      return
    }
    if pages == 1 && imageJ.images > 1 {
      // ImageJ writes stacks over 4 GB this way: one page, and the others right behind its pixels.
      throw .unsupported(
        path: path, page: nil, what: "a stack of \(imageJ.images) images in one page",
        advice: "save it as BigTIFF or as a smaller stack")
    }
    guard imageJ.images <= pages else {
      throw .damaged(
        path: path, page: nil, reason: "it says \(imageJ.images) images but has \(pages) pages")
    }
    let others = imageJ.channels.multipliedReportingOverflow(by: imageJ.frames)
    let written = imageJ.slices ?? (others.overflow ? 0 : pages / others.partialValue)
    let product = others.partialValue.multipliedReportingOverflow(by: written)
    if !others.overflow, !product.overflow, product.partialValue == pages, written > 0 {
      (channels, slices, frames) = (imageJ.channels, written, imageJ.frames)
      return
    }
    warnings.append(
      "it says \(imageJ.channels) channels, \(written) slices and \(imageJ.frames) frames but has"
        + " \(pages) pages; all of them are taken for slices")
    (channels, slices, frames) = (1, pages, 1)
  }

  /// The pages of one channel and frame, from the first slice to the last.
  func pages(of selection: Stack.Selection, path: String) throws(VolumeFileError) -> [Int] {
    let channel = selection.channel ?? 1
    let frame = selection.frame ?? 1
    guard (1...channels).contains(channel) else {
      throw .noSuch(path: path, what: "channel", index: channel, count: channels)
    }
    guard (1...frames).contains(frame) else {
      throw .noSuch(path: path, what: "frame", index: frame, count: frames)
    }
    return (0..<slices).map { ((frame - 1) * slices + $0) * channels + channel - 1 }
  }
}
