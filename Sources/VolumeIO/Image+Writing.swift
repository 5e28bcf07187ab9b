internal import Files
public import Volumes

extension Image {
  /// Writes the image to a file or folder whose name tells the format. Whatever was there is replaced.
  ///
  /// - `.tif`: a stack that ImageJ and others open with the same calibration;
  /// - `.ome.tif`: the same with OME metadata;
  /// - `.zarr`: an OME-Zarr of one resolution, version 0.4;
  /// - `CONTAINER.zarr/labels/NAME`: labels beside the image of an OME-Zarr, in its version.
  ///
  /// Voxels are deflated, or packed by Blosc with Zstandard. TIFFs are BigTIFF where classic TIFF is too
  /// small. A file or folder appears whole or not at all. The place of the first voxel in the world is
  /// kept by OME-Zarr only.
  public func write(to path: String) throws(VolumeFileError) {
    do {
      let format = ImageFileFormat(path: path)
      switch format {
      case .tiff, .omeTIFF:
        try replaceFile(at: path) { partial throws(FileWriteError) in
          try perform(
            TIFFWriter(
              path: path, partial: partial, metadata: format == .omeTIFF ? .ome : .imageJ))
        }
      case .omeZarr: try writeOMEZarr(to: path)
      case .omeZarrLabels(let container, let name):
        try writeLabels(named: name, into: container)
      case nil:
        throw FileWriteError(
          path: path, reason: "the name must end in .tif, .ome.tif, .zarr or .zarr/labels/NAME")
      }
    } catch let error as FileWriteError {
      throw .unwritable(path: path, reason: error.reason)
    } catch let error as VolumeFileError {
      throw error
    } catch {
      throw .unwritable(path: path, reason: "\(error)")
    }
  }
}

/// The formats that images are written in.
public enum ImageFileFormat: Sendable, Hashable {
  case tiff, omeTIFF, omeZarr
  case omeZarrLabels(container: String, name: String)

  /// The format that a path names; `nil` for any other.
  public init?(path: String) {
    let path = path.hasSuffix("/") ? String(path.dropLast()) : path
    let parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    let name = (parts.last ?? "").lowercased()
    if name.hasSuffix(".ome.tif") || name.hasSuffix(".ome.tiff") {
      self = .omeTIFF
    } else if name.hasSuffix(".tif") || name.hasSuffix(".tiff") {
      self = .tiff
    } else if name.hasSuffix(".zarr") {
      self = .omeZarr
    } else if parts.count >= 3, parts[parts.count - 2] == "labels",
      parts[parts.count - 3].lowercased().hasSuffix(".zarr"), !name.isEmpty,
      !name.hasPrefix(".")
    {
      self = .omeZarrLabels(
        container: parts.dropLast(2).joined(separator: "/"), name: parts[parts.count - 1])
    } else {
      return nil
    }
  }
}
