internal import Files

/// The formats of images that are read.
enum VolumeFormat: Equatable {
  case tiff, omeZarr, nrrd, metaImage, nifti
  /// TIFF files that are a slice each, in the order of their numbers.
  case slices([String])

  /// The format of a file or folder, told by its content.
  init(contentsOf path: String) throws {
    if let folder = Folder(path) {
      if folder.has(".zattrs") || folder.has(".zarray") || folder.has("zarr.json")
        || folder.has(".zgroup")
      {
        self = .omeZarr
        return
      }
      let files = folder.names.filter(Self.isTIFFName).map { "\(path)/\($0)" }
      guard !files.isEmpty else {
        throw VolumeFileError.unknownFormat(
          path: path, found: "is a folder without TIFF files, and no OME-Zarr")
      }
      self = .slices(files.sorted(by: comesBefore))
      return
    }
    if let files = Folder.matches(of: path) {
      guard !files.isEmpty else {
        throw VolumeFileError.unreadable(path: path, reason: "no file matches this pattern")
      }
      self = .slices(files.sorted(by: comesBefore))
      return
    }
    let file = try PlainFile(path)
    let start = try file.bytes(upTo: 512)
    guard let format = Self.format(of: start, file) else {
      throw VolumeFileError.unknownFormat(path: path, found: Self.nature(of: start))
    }
    self = format
  }

  private static func format(of start: [UInt8], _ file: PlainFile) -> VolumeFormat? {
    if tiffSignatures.contains(where: { start.starts(with: $0) }) { return .tiff }
    if start.starts(with: "NRRD".utf8) { return .nrrd }
    let name = file.path.lowercased()
    let isNIfTIName = [".nii", ".nii.gz", ".hdr", ".img", ".hdr.gz", ".img.gz"].contains {
      name.hasSuffix($0)
    }
    if isNIfTIName || NIfTIHeader.isAhead(in: start) { return .nifti }
    let text = String(decoding: start, as: UTF8.self)
    let isMetaImage = ["ObjectType", "NDims", "Comment"].contains {
      text.trimmingPrefix(while: \.isWhitespace).hasPrefix($0)
    }
    if isMetaImage || name.hasSuffix(".mha") || name.hasSuffix(".mhd") { return .metaImage }
    return nil
  }

  private static func isTIFFName(_ name: String) -> Bool {
    let name = name.lowercased()
    return !name.hasPrefix(".") && (name.hasSuffix(".tif") || name.hasSuffix(".tiff"))
  }

  /// Classic and BigTIFF, little- and big-endian.
  private static let tiffSignatures: [[UInt8]] = [
    [0x49, 0x49, 42, 0], [0x4D, 0x4D, 0, 42], [0x49, 0x49, 43, 0], [0x4D, 0x4D, 0, 43],
  ]

  /// What a file looks like that is none of them, so that its owner sees what went wrong.
  private static func nature(of start: [UInt8]) -> String {
    if start.isEmpty { return "is empty" }
    let isText = start.allSatisfy { $0 >= 32 && $0 < 127 || (9...13).contains($0) }
    return isText
      ? "is text" : "begins with \(start.prefix(4).map(hexadecimal).joined(separator: " "))"
  }

  private static func hexadecimal(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return digits.count == 1 ? "0" + digits : digits
  }
}
