internal import Files
public import Volumes

/// A 3D image as a file holds it, with what is worth knowing about how it was read.
public struct Stack: Sendable {
  /// The voxels of one channel and frame, as stored, with the file's calibration.
  public var image: Image
  /// How many channels and time frames the file has.
  public let channelCount: Int
  public let frameCount: Int
  /// What the user of the numbers must know, for example that a calibration is missing.
  public let warnings: [String]

  /// Which image of a file with several. Both count from 1; `nil` takes the first.
  public struct Selection: Sendable, Hashable {
    public var channel: Int?
    public var frame: Int?

    public init(channel: Int? = nil, frame: Int? = nil) {
      self.channel = channel
      self.frame = frame
    }
  }

  /// Reads a TIFF stack: 8, 16, 32-bit integers or floating point, one sample per pixel.
  ///
  /// The calibration is ImageJ's, or that of the resolution tags. Where the file does not say all
  /// three spacings, the image has none, and a warning says so; nothing is invented.
  public init(
    contentsOf path: String, selecting selection: Selection = .init()
  ) throws(VolumeFileError) {
    do {
      let file = try PlainFile(path)
      try Self.checkSignature(of: file)
      self = try TIFFStack(file).read(selection)
    } catch let error as FileReadError {
      throw .unreadable(path: path, reason: error.reason)
    } catch let error as VolumeFileError {
      throw error
    } catch {
      throw .unreadable(path: path, reason: "\(error)")
    }
  }

  init(image: Image, channelCount: Int, frameCount: Int, warnings: [String]) {
    self.image = image
    self.channelCount = channelCount
    self.frameCount = frameCount
    self.warnings = warnings
  }

  private static func checkSignature(of file: PlainFile) throws {
    let start = try file.bytes(upTo: 512)
    guard tiffSignatures.contains(where: { start.starts(with: $0) }) else {
      throw VolumeFileError.unknownFormat(path: file.path, found: nature(of: start))
    }
  }

  /// Classic and BigTIFF, little- and big-endian.
  private static let tiffSignatures: [[UInt8]] = [
    [0x49, 0x49, 42, 0], [0x4D, 0x4D, 0, 42], [0x49, 0x49, 43, 0], [0x4D, 0x4D, 0, 43],
  ]

  /// What a file looks like that is not a TIFF, so that its owner sees what went wrong.
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
