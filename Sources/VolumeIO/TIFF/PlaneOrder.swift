/// How the planes of a file make up stacks: channels run fastest, then slices, then time frames.
struct PlaneOrder {
  let channels: Int
  let slices: Int
  let frames: Int

  var planeCount: Int { channels * slices * frames }

  /// All planes as slices.
  init(slices: Int) { self.init(channels: 1, slices: slices, frames: 1) }

  init(channels: Int, slices: Int, frames: Int) {
    self.channels = channels
    self.slices = slices
    self.frames = frames
  }

  /// The order that ImageJ wrote down.
  ///
  /// A description that does not fit the number of planes is not believed, and a warning says so.
  init(
    path: String, planes: Int, imageJ: ImageJDescription, _ warnings: inout [String]
  ) throws(VolumeFileError) {
    guard imageJ.images <= planes else {
      throw .damaged(
        path: path, page: nil, reason: "it says \(imageJ.images) images but has \(planes) pages")
    }
    let others = imageJ.channels.multipliedReportingOverflow(by: imageJ.frames)
    let written = imageJ.slices ?? (others.overflow ? 0 : planes / others.partialValue)
    let product = others.partialValue.multipliedReportingOverflow(by: written)
    if !others.overflow, !product.overflow, product.partialValue == planes, written > 0 {
      self.init(channels: imageJ.channels, slices: written, frames: imageJ.frames)
      return
    }
    warnings.append(
      "it says \(imageJ.channels) channels, \(written) slices and \(imageJ.frames) frames but has"
        + " \(planes) pages; all of them are taken for slices")
    self.init(slices: planes)
  }

  /// The planes of one channel and frame, from the first slice to the last. Both count from 0.
  func planes(ofChannel channel: Int, frame: Int) -> [Int] {
    (0..<slices).map { plane(channel: channel, slice: $0, frame: frame) }
  }

  func plane(channel: Int, slice: Int, frame: Int) -> Int {
    (frame * slices + slice) * channels + channel
  }
}
