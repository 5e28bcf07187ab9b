extension Stack.Selection {
  /// The channel and frame among so many, from 0. Where nobody chose, the first, and a warning says so.
  func channelAndFrame(
    channels: Int, frames: Int, path: String, _ warnings: inout [String]
  ) throws(VolumeFileError) -> (channel: Int, frame: Int) {
    let channel = channel ?? 1
    let frame = frame ?? 1
    guard (1...channels).contains(channel) else {
      throw .noSuch(path: path, what: "channel", index: channel, count: channels)
    }
    guard (1...frames).contains(frame) else {
      throw .noSuch(path: path, what: "frame", index: frame, count: frames)
    }
    if channels > 1 && self.channel == nil {
      warnings.append("it has \(channels) channels; the first is used (choose with --channel)")
    }
    if frames > 1 && self.frame == nil {
      warnings.append("it has \(frames) time frames; the first is used (choose with --frame)")
    }
    return (channel - 1, frame - 1)
  }

  /// The series among several, from 0. Where nobody chose, the one with the most slices.
  ///
  /// - Parameter summaries: What each is, for the warning.
  func seriesIndex(
    slices: [Int], summaries: [String], path: String, _ warnings: inout [String]
  ) throws(VolumeFileError) -> Int {
    if let series {
      guard (1...max(slices.count, 1)).contains(series) else {
        throw .noSuch(path: path, what: "series", index: series, count: slices.count)
      }
      return series - 1
    }
    let chosen = slices.firstIndex(of: slices.max() ?? 0) ?? 0
    if slices.count > 1 {
      let shown = zip(slices, summaries).prefix(6).enumerated().map { index, facts in
        "\(index + 1): \(facts.0) of \(facts.1)"
      }.joined(separator: "; ")
      warnings.append(
        "it has \(slices.count) series of images (\(shown)\(slices.count > 6 ? "; ..." : ""));"
          + " series \(chosen + 1) is used (choose with --series)")
    }
    return chosen
  }

  /// Refuses another resolution of a file that has only one.
  func checkIsFullResolution(of path: String) throws(VolumeFileError) {
    if let level, level != 1 {
      throw .noSuch(path: path, what: "level", index: level, count: 1)
    }
  }
}
