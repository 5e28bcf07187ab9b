internal import Files
internal import Volumes

/// An image in the format of neuroimaging, version 1 or 2, in one file or a pair of them, raw or gzip.
struct NIfTI {
  private let path: String
  private let header: NIfTIHeader
  private let samples: StoredSamples

  init(_ path: String) throws {
    self.path = path
    let headerPath = path.replacingEnding("img", with: "hdr")
    let file = try PlainFile(headerPath)
    let isPacked = try file.bytes(upTo: 2) == [0x1F, 0x8B]
    let head: [UInt8]
    if isPacked {
      let stream = try file.inflation()
      head = try unsafe [UInt8](unsafeUninitializedCapacity: 540) { buffer, count in
        unsafe count = try stream.read(into: UnsafeMutableRawBufferPointer(buffer))
      }
    } else {
      head = try file.bytes(upTo: 540)
    }
    header = try NIfTIHeader(head, path: headerPath)
    let dataPath = header.isPair ? headerPath.replacingEnding("hdr", with: "img") : headerPath
    var samples = StoredSamples(path: dataPath)
    samples.isBigEndian = header.isBigEndian
    let isDataPacked = try PlainFile(dataPath).bytes(upTo: 2) == [0x1F, 0x8B]
    if isDataPacked { samples.encoding = .deflated } else { samples.start = header.dataOffset }
    self.samples = samples
  }

  /// Decodes one channel and frame.
  func read(_ selection: Stack.Selection) throws -> Stack {
    var calibration = Calibration(source: .nifti)
    try header.calibrate(&calibration)
    var warnings = calibration.warnings
    let (channel, frame) = try selection.channelAndFrame(
      channels: header.channelCount, frames: header.frameCount, path: path, &warnings)
    if header.scale != 1 || header.shift != 0 {
      warnings.append(
        "its values are meant to be multiplied by \(header.scale) and increased by \(header.shift);"
          + " they are read as they are stored")
    }
    let image = try samples.image(
      header.sampleType, calibration: calibration, size: header.size,
      frame: channel * header.frameCount + frame, of: header.channelCount * header.frameCount,
      behind: header.isPair ? 0 : header.dataOffset)
    return Stack(
      image: image, channelCount: header.channelCount, frameCount: header.frameCount,
      warnings: warnings)
  }
}

extension String {
  /// The path with another ending in place of the one before `.gz`, in the case that it has.
  fileprivate func replacingEnding(_ ending: String, with other: String) -> String {
    for (from, to) in [(ending, other), (ending.uppercased(), other.uppercased())] {
      for tail in ["", ".gz", ".GZ"] where hasSuffix(".\(from)\(tail)") {
        return dropLast(from.count + tail.count) + to + tail
      }
    }
    return self
  }
}
