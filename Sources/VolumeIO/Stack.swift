internal import Files
public import Volumes

/// A 3D image as a file holds it, with what is worth knowing about how it was read.
public struct Stack: Sendable {
  /// The voxels of one channel and frame, as stored, with the file's calibration.
  public var image: Image
  /// How many channels and time frames the series has that was read.
  public let channelCount: Int
  public let frameCount: Int
  /// How many series of images the file has.
  public let seriesCount: Int
  /// What the user of the numbers must know, for example that a calibration is missing.
  public let warnings: [String]

  /// Which image of a file with several. All count from 1.
  public struct Selection: Sendable, Hashable {
    /// `nil` for the first.
    public var channel: Int?
    /// `nil` for the first.
    public var frame: Int?
    /// `nil` for the series with the most slices, and the first of those.
    public var series: Int?
    /// The resolution of an OME-Zarr, 1 for the full one. Other formats are read at full resolution.
    public var level: Int?
    /// The part of the image that is wanted; `nil` for all. Of an OME-Zarr only the chunks that it touches
    /// are read, other files as a whole.
    public var box: VoxelBox?

    public init(
      channel: Int? = nil, frame: Int? = nil, series: Int? = nil, level: Int? = nil,
      box: VoxelBox? = nil
    ) {
      self.channel = channel
      self.frame = frame
      self.series = series
      self.level = level
      self.box = box
    }
  }

  /// Reads an image: a TIFF or OME-TIFF, an OME-Zarr, a NRRD, MetaImage or NIfTI file, or a folder or
  /// a pattern of TIFF files that are a slice each.
  ///
  /// The format is told by the content. Where the file does not say all three spacings, the image has
  /// none, and a warning says so; nothing is invented. A file that is cut short or contradicts itself
  /// about its voxels is an error, and one that does so about anything else a warning.
  public init(
    contentsOf path: String, selecting selection: Selection = .init()
  ) throws(VolumeFileError) {
    do {
      let format = try VolumeFormat(contentsOf: path)
      if format != .omeZarr { try selection.checkIsFullResolution(of: path) }
      self =
        switch format {
        case .tiff: try TIFFStack(path).read(selection)
        case .omeZarr: try OMEZarr(path).read(selection)
        case .nrrd: try NRRD(path).read(selection)
        case .metaImage: try MetaImage(path).read(selection)
        case .nifti: try NIfTI(path).read(selection)
        case .slices(let files): try SliceFiles(path: path, files: files).read(selection)
        }
      if format != .omeZarr, let box = selection.box {
        try box.check(isInside: image.grid.size, of: path)
        image = try image.part(in: box)
      }
    } catch let error as FileReadError {
      throw .unreadable(path: path, reason: error.reason)
    } catch let error as VolumeFileError {
      throw error
    } catch VolumeError.outOfMemory(let bytes) {
      throw .outOfMemory(path: path, bytes: bytes)
    } catch {
      throw .unreadable(path: path, reason: "\(error)")
    }
  }

  init(
    image: Image, channelCount: Int = 1, frameCount: Int = 1, seriesCount: Int = 1,
    warnings: [String]
  ) {
    self.image = image
    self.channelCount = channelCount
    self.frameCount = frameCount
    self.seriesCount = seriesCount
    self.warnings = warnings
  }
}
