internal import Files
internal import Volumes

/// An image in a folder of chunks, at several resolutions.
struct OMEZarr {
  private let path: String
  private let metadata: OMEZarrMetadata?

  init(_ path: String) throws {
    self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    metadata = try OMEZarrMetadata.reading(path)
  }

  /// Reads one channel and frame at one resolution, or a part of it.
  func read(_ selection: Stack.Selection) throws -> Stack {
    var warnings: [String] = []
    let images = metadata?.multiscales ?? []
    if images.isEmpty, metadata?.layout != nil { return try readOne(selection, &warnings) }
    guard !images.isEmpty else { return try readAlone(selection, &warnings) }
    let index = try selection.seriesIndex(
      slices: images.map { _ in 1 }, summaries: images.map { $0.name ?? "an image" }, path: path,
      &warnings)
    let image = images[index]
    let level = selection.level ?? 1
    guard image.datasets.indices.contains(level - 1) else {
      throw VolumeFileError.noSuch(
        path: path, what: "level", index: level, count: image.datasets.count)
    }
    let dataset = image.datasets[level - 1]
    // A name inside of the container, so that its metadata cannot reach for files elsewhere.
    guard let place = dataset.path.dataFile(beside: "\(path)/") else {
      throw VolumeFileError.damaged(
        path: path, page: nil, reason: "its data “\(dataset.path.prefix(80))” lie outside of it")
    }
    let array = try ZarrArray(place)
    let axes = image.axes ?? ["t", "c", "z", "y", "x"].map { OMEZarrMetadata.Axis(name: $0) }
    guard axes.count == array.shape.count else {
      throw VolumeFileError.damaged(
        path: path, page: nil,
        reason: "it names \(axes.count) axes, but its data have \(array.shape.count)")
    }
    let transformations =
      (dataset.coordinateTransformations ?? []) + (image.coordinateTransformations ?? [])
    return try read(
      array, axes.map(\.name), placement(axes, transformations), selection, images.count, &warnings)
  }

  /// One of several images that are groups of their own.
  private func readOne(
    _ selection: Stack.Selection, _ warnings: inout [String]
  ) throws -> Stack {
    let names = (Folder(path)?.names ?? []).filter { $0.allSatisfy(\.isWholeNumber) }
      .sorted(by: comesBefore)
    guard !names.isEmpty else {
      throw VolumeFileError.damaged(path: path, page: nil, reason: "none of its images is there")
    }
    let index = try selection.seriesIndex(
      slices: names.map { _ in 1 }, summaries: names.map { "image “\($0)”" }, path: path, &warnings)
    var chosen = selection
    chosen.series = nil
    let stack = try OMEZarr("\(path)/\(names[index])").read(chosen)
    return Stack(
      image: stack.image, channelCount: stack.channelCount, frameCount: stack.frameCount,
      seriesCount: names.count, warnings: warnings + stack.warnings)
  }

  /// An array that no metadata of OME describe: z, y, x, or y, x.
  private func readAlone(
    _ selection: Stack.Selection, _ warnings: inout [String]
  ) throws -> Stack {
    if metadata?.plate != nil || metadata?.well != nil {
      throw VolumeFileError.unsupported(
        path: path, page: nil, what: "a plate or well of several images",
        advice: "name one of its images, as in plate.zarr/A/1/0")
    }
    guard PlainFile.exists("\(path)/.zarray") || PlainFile.exists("\(path)/zarr.json") else {
      throw VolumeFileError.damaged(
        path: path, page: nil, reason: "it is a group without an image of its own")
    }
    let array = try ZarrArray(path)
    guard (2...3).contains(array.shape.count) else {
      throw VolumeFileError.unsupported(
        path: path, page: nil, what: "an array of \(array.shape.count) axes that nobody names",
        advice: "name the image that it is a part of")
    }
    warnings.append(
      "it is an array without the metadata of an image, so its calibration is unknown")
    try selection.checkIsFullResolution(of: path)
    return try read(
      array, Array(["z", "y", "x"].suffix(array.shape.count)), Calibration(source: .omeZarr),
      selection, 1, &warnings)
  }

  private func read(
    _ array: ZarrArray, _ axes: [String], _ calibration: Calibration,
    _ selection: Stack.Selection, _ seriesCount: Int, _ warnings: inout [String]
  ) throws -> Stack {
    try check(axes)
    func size(_ name: String) -> Int { axes.firstIndex(of: name).map { array.shape[$0] } ?? 1 }
    let whole = SIMD3(size("x"), size("y"), size("z"))
    let box = selection.box ?? VoxelBox(start: .zero, size: whole)
    try box.check(isInside: whole, of: path)
    var calibration = calibration
    warnings += calibration.warnings
    if let spacing = calibration.spacing {
      calibration.origin += SIMD3<Double>(box.start) * spacing
    }
    let (channels, frames) = (size("c"), size("t"))
    let chosen = try selection.channelAndFrame(
      channels: channels, frames: frames, path: path, &warnings)
    let ends = box.start &+ box.size
    let ranges = [
      "x": box.start.x..<ends.x, "y": box.start.y..<ends.y, "z": box.start.z..<ends.z,
      "c": chosen.channel..<chosen.channel + 1, "t": chosen.frame..<chosen.frame + 1,
    ]
    let region = ZarrRegion(
      array: array, ranges: axes.compactMap { ranges[$0] },
      axes: ["x", "y", "z"].map { axes.firstIndex(of: $0) })
    return Stack(
      image: try region.image(calibration), channelCount: channels, frameCount: frames,
      seriesCount: seriesCount, warnings: warnings)
  }

  private func check(_ axes: [String]) throws {
    guard axes.contains("x"), axes.contains("y"), Set(axes).count == axes.count,
      axes.allSatisfy({ ["t", "c", "z", "y", "x"].contains($0) })
    else {
      throw VolumeFileError.unsupported(
        path: path, page: nil, what: "an image with the axes \(axes.prefix(16))",
        advice: "name them t, c, z, y and x")
    }
  }

  /// Where the voxels lie: the transformations of the resolution, then those of all of them.
  private func placement(
    _ axes: [OMEZarrMetadata.Axis], _ transformations: [OMEZarrMetadata.Transformation]
  ) -> Calibration {
    var calibration = Calibration(source: .omeZarr)
    let places = ["x", "y", "z"].map { name in axes.firstIndex { $0.name == name } }
    var scale: [Double?] = [nil, nil, nil]
    var origin = SIMD3<Double>.zero
    for transformation in transformations {
      let factors = transformation.scale ?? []
      let shifts = transformation.translation ?? []
      for (axis, place) in places.enumerated() {
        guard let place else { continue }
        if factors.count == axes.count {
          scale[axis] = (scale[axis] ?? 1) * factors[place]
          origin[axis] *= factors[place]
        }
        if shifts.count == axes.count { origin[axis] += shifts[place] }
      }
    }
    let units = places.map { $0.flatMap { axes[$0].unit } }
    calibration.take(scale, units: units)
    if let spacing = calibration.spacing, [origin.x, origin.y, origin.z].allSatisfy(\.isFinite) {
      let stated = SIMD3(scale[0] ?? 1, scale[1] ?? 1, scale[2] ?? 1)
      calibration.origin = origin * (spacing / stated)
    }
    return calibration
  }
}
