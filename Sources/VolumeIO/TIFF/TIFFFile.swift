internal import CTIFF
internal import LibC

/// One open handle of libtiff on a file. Not to be shared between threads.
///
/// What libtiff has to say about the file is collected here and never printed.
@safe final class TIFFFile {
  let path: String
  private let handle: OpaquePointer
  private let log: MessageLog

  /// Opens a file for reading, or for writing a new one.
  ///
  /// - Parameters:
  ///   - mode: As libtiff has it: `rm` reads without mapping, so that a file that shrinks while it
  ///     is read is an error and not the end of the process.
  ///   - memoryLimit: The largest piece of memory that libtiff may ask for at once.
  init?(path: String, mode: String, memoryLimit: Int, log: MessageLog) {
    self.path = path
    self.log = log
    guard let options = unsafe TIFFOpenOptionsAlloc() else { return nil }
    defer { unsafe TIFFOpenOptionsFree(options) }
    // SAFETY: the log lives as long as this object, and this object closes the handle.
    let user = unsafe Unmanaged.passUnretained(log).toOpaque()
    unsafe TIFFOpenOptionsSetMaxSingleMemAlloc(options, tmsize_t(memoryLimit))
    unsafe TIFFOpenOptionsSetErrorHandlerExtR(options, noteError, user)
    unsafe TIFFOpenOptionsSetWarningHandlerExtR(options, noteWarning, user)
    guard let handle = unsafe TIFFOpenExt(path, mode, options) else { return nil }
    unsafe self.handle = handle
  }

  deinit { unsafe TIFFClose(handle) }

  /// The first error since the file was opened.
  var firstError: String? { log.errors.first }
  /// What libtiff and we found odd about the pixels since the file was opened.
  var warnings: [String] { log.warnings }
  func note(warning: String) { log.note(warning: warning) }

  // MARK: Directories

  /// Where the current directory lies in the file.
  var directoryOffset: UInt64 { unsafe TIFFCurrentDirOffset(handle) }
  /// Goes to the next directory; false at the end and at a damaged one.
  func readNextDirectory() -> Bool { unsafe TIFFReadDirectory(handle) == 1 }
  /// Goes to the directory at a place in the file.
  func readDirectory(at offset: UInt64) -> Bool { unsafe TIFFSetSubDirectory(handle, offset) == 1 }
  /// Finishes the page that is being written.
  func finishDirectory() -> Bool { unsafe TIFFWriteDirectory(handle) == 1 }

  // MARK: Tags

  /// The value of a tag, or its default. The type must be the tag's own in libtiff.
  func value<Value: BitwiseCopyable>(of tag: Int32, default absent: Value) -> Value {
    var value = absent
    let isThere = unsafe withUnsafeMutablePointer(to: &value) { pointer in
      unsafe withVaList([OpaquePointer(pointer)]) {
        unsafe TIFFVGetFieldDefaulted(handle, UInt32(tag), $0)
      }
    }
    return isThere == 1 ? value : absent
  }

  /// The text of a tag as its bytes, for texts come in several encodings.
  func text(of tag: Int32) -> [UInt8]? {
    let none: UnsafePointer<CChar>? = nil
    guard let text = unsafe value(of: tag, default: none) else { return nil }
    // SAFETY: libtiff ends every text that it hands out.
    return unsafe Array(UnsafeRawBufferPointer(start: text, count: strlen(text)))
  }

  @discardableResult
  func set(_ tag: Int32, _ value: any CVarArg) -> Bool {
    unsafe withVaList([value]) { unsafe TIFFVSetField(handle, UInt32(tag), $0) } == 1
  }

  func setText(_ tag: Int32, _ text: String) {
    unsafe text.withCString { text in
      _ = unsafe withVaList([text]) { unsafe TIFFVSetField(handle, UInt32(tag), $0) }
    }
  }

  // MARK: Pixels

  var isTiled: Bool { unsafe TIFFIsTiled(handle) != 0 }
  /// Whether the file has the byte order of the other kind of machine.
  var isByteSwapped: Bool { unsafe TIFFIsByteSwapped(handle) != 0 }
  /// How many strips or tiles the page has, of all planes of samples.
  var segmentCount: Int {
    unsafe Int(isTiled ? TIFFNumberOfTiles(handle) : TIFFNumberOfStrips(handle))
  }
  /// Whether two strips or tiles are the same bytes of the file.
  func shareBytes(_ first: Int, _ second: Int) -> Bool {
    offset(ofSegment: first) != 0 && offset(ofSegment: first) == offset(ofSegment: second)
  }
  /// Where a strip or tile lies in the file.
  func offset(ofSegment index: Int) -> UInt64 { unsafe TIFFGetStrileOffset(handle, UInt32(index)) }

  /// Decodes a strip; false unless it fills the buffer.
  func readStrip(_ index: Int, into buffer: UnsafeMutableRawBufferPointer) -> Bool {
    // SAFETY: libtiff writes at most as many bytes as it is told that there are.
    unsafe TIFFReadEncodedStrip(handle, UInt32(index), buffer.baseAddress, tmsize_t(buffer.count))
      == buffer.count
  }

  /// Decodes a tile; false unless it fills the buffer.
  func readTile(_ index: Int, into buffer: UnsafeMutableRawBufferPointer) -> Bool {
    // SAFETY: as above.
    unsafe TIFFReadEncodedTile(handle, UInt32(index), buffer.baseAddress, tmsize_t(buffer.count))
      == buffer.count
  }

  /// Decodes a tile that is several slices deep; false unless it fills the buffer.
  ///
  /// libtiff hands out the first slice of such a tile only, but decodes all of what it is given.
  func readDeepTile(_ index: Int, into buffer: UnsafeMutableRawBufferPointer) -> Bool {
    let byteCount = unsafe Int(clamping: TIFFGetStrileByteCount(handle, UInt32(index)))
    guard byteCount > 0, byteCount <= buffer.count * 2 + 1 << 16 else { return false }
    var packed = [UInt8](repeating: 0, count: byteCount)
    // SAFETY: libtiff reads and writes at most as many bytes as it is told that there are.
    return unsafe packed.withUnsafeMutableBytes { packed in
      unsafe TIFFReadRawTile(handle, UInt32(index), packed.baseAddress, tmsize_t(packed.count))
        == packed.count
        && TIFFReadFromUserBuffer(
          handle, UInt32(index), packed.baseAddress, tmsize_t(packed.count), buffer.baseAddress,
          tmsize_t(buffer.count)) == 1
    }
  }

  /// Writes a strip that is compressed already.
  func writePackedStrip(_ index: Int, _ bytes: [UInt8]) -> Bool {
    var bytes = bytes
    // SAFETY: libtiff reads as many bytes as it is told that there are.
    return unsafe bytes.withUnsafeMutableBytes {
      unsafe TIFFWriteRawStrip(handle, UInt32(index), $0.baseAddress, tmsize_t($0.count))
        == $0.count
    }
  }
}

/// The errors and warnings of one file, in libtiff's words.
final class MessageLog {
  private(set) var errors: [String] = []
  private(set) var warnings: [String] = []

  /// A damaged file can have a message for every strip; the first few say what is wrong.
  private static let limit = 8

  fileprivate func note(error: String) {
    if errors.count < Self.limit { errors.append(error) }
  }

  /// Warnings about tags that nobody needs are left out.
  fileprivate func note(warning: String) {
    let isHarmless = ["nknown field", "not sorted", "ASCII value"].contains { warning.contains($0) }
    guard !isHarmless, warnings.count < Self.limit, !warnings.contains(warning) else { return }
    warnings.append(warning)
  }
}

private let noteError: TIFFErrorHandlerExtR = { _, user, _, format, arguments in
  unsafe log(user)?.note(error: text(format, arguments))
  return 1
}

private let noteWarning: TIFFErrorHandlerExtR = { _, user, _, format, arguments in
  unsafe log(user)?.note(warning: text(format, arguments))
  return 1
}

/// The log that a file was opened with.
private func log(_ user: UnsafeMutableRawPointer?) -> MessageLog? {
  // SAFETY: the log lives as long as the file.
  unsafe user.map { unsafe Unmanaged<MessageLog>.fromOpaque($0).takeUnretainedValue() }
}

private func text(_ format: UnsafePointer<CChar>?, _ arguments: CVaListPointer?) -> String {
  guard let format = unsafe format, let arguments = unsafe arguments else { return "unreadable" }
  return unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 512) { buffer in
    // SAFETY: vsnprintf ends the text within the buffer.
    guard let start = buffer.baseAddress,
      unsafe vsnprintf(start, buffer.count, format, arguments) >= 0
    else { return "unreadable" }
    return unsafe String(cString: start)
  }
}
