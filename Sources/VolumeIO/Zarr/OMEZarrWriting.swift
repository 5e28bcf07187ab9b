internal import Files
internal import Volumes

extension Image {
  /// Writes an OME-Zarr of version 0.4 with the image at one resolution.
  func writeOMEZarr(to path: String) throws {
    let path = path.hasSuffix("/") ? String(path.dropLast()) : path
    try replaceFolder(at: path) { folder in
      try writeGroup(to: folder, as: .second, labelling: nil)
    }
  }

  /// Writes the image as labels into an OME-Zarr that is there, and into the list of its labels.
  func writeLabels(named name: String, into container: String) throws {
    guard let metadata = try OMEZarrMetadata.reading(container), metadata.multiscales != nil else {
      throw FileWriteError(path: container, reason: "it is no image of OME-Zarr; write one first")
    }
    guard hasIntegerVoxels else {
      throw FileWriteError(
        path: container, reason: "labels are whole numbers, not \(voxelTypeName)")
    }
    let version: ZarrVersion =
      PlainFile.exists("\(container)/zarr.json") ? .third : .second
    let labels = "\(container)/labels"
    try makeFolder(labels)
    try replaceFolder(at: "\(labels)/\(name)") { folder in
      try writeGroup(to: folder, as: version, labelling: "../../")
    }
    try version.addLabel(name, to: labels)
  }

  /// The group of an image: its metadata, and the array `0`.
  private func writeGroup(to folder: String, as version: ZarrVersion, labelling: String?) throws {
    var image: JSONValue = ["multiscales": [multiscale(version)]]
    if let labelling {
      image["image-label"] = ["source": ["image": .text(labelling)]]
      if version == .second { image["image-label"]?["version"] = "0.4" }
    }
    try version.writeGroup(image, to: folder)
    try makeFolder("\(folder)/0")
    try perform(ZarrArrayWriter(folder: "\(folder)/0", version: version))
  }

  private func multiscale(_ version: ZarrVersion) -> JSONValue {
    let (spacing, origin) = (grid.spacing, grid.origin)
    let unit = grid.unit.zarrName
    let axes = ["z", "y", "x"].map { name -> JSONValue in
      var axis: JSONValue = ["name": .text(name), "type": "space"]
      if let unit { axis["unit"] = .text(unit) }
      return axis
    }
    func vector(_ value: SIMD3<Double>) -> JSONValue {
      .list([.number(value.z), .number(value.y), .number(value.x)])
    }
    var placement: [JSONValue] = [["type": "scale", "scale": vector(spacing)]]
    if origin != .zero {
      placement.append(["type": "translation", "translation": vector(origin)])
    }
    var multiscale: JSONValue = [
      "axes": .list(axes),
      "datasets": [["path": "0", "coordinateTransformations": .list(placement)]],
    ]
    if version == .second { multiscale["version"] = "0.4" }
    return multiscale
  }
}

extension LengthUnit {
  /// As UDUNITS-2 spells it; `nil` where there is no unit.
  fileprivate var zarrName: String? {
    switch self {
    case .nanometre: "nanometer"
    case .micrometre: "micrometer"
    case .millimetre: "millimeter"
    case .centimetre: "centimeter"
    case .metre: "meter"
    case .inch: "inch"
    case .unstated, .voxel: nil
    }
  }
}
