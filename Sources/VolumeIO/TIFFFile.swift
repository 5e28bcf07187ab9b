internal import CTIFF

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

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
    unsafe TIFFOpenOptionsSetWarningHandlerExtR(options, ignoreWarning, user)
    guard let handle = unsafe TIFFOpenExt(path, mode, options) else { return nil }
    unsafe self.handle = handle
  }

  deinit { unsafe TIFFClose(handle) }

  /// The first error since the file was opened.
  var firstError: String? { log.messages.first }

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
  var stripCount: Int { unsafe Int(TIFFNumberOfStrips(handle)) }
  var tileCount: Int { unsafe Int(TIFFNumberOfTiles(handle)) }
  var tileByteCount: Int { unsafe Int(TIFFTileSize64(handle)) }

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

  /// Encodes a strip. libtiff may change the bytes of the buffer, which must be a copy.
  func writeStrip(_ index: Int, from buffer: UnsafeMutableRawBufferPointer) -> Bool {
    unsafe TIFFWriteEncodedStrip(handle, UInt32(index), buffer.baseAddress, tmsize_t(buffer.count))
      == buffer.count
  }
}

/// The errors of one file, in libtiff's words.
final class MessageLog {
  fileprivate(set) var messages: [String] = []
}

private let noteError: TIFFErrorHandlerExtR = { _, user, _, format, arguments in
  guard let user = unsafe user, let format = unsafe format, let arguments = unsafe arguments else {
    return 1
  }
  // SAFETY: user is the log that the file was opened with.
  let log = unsafe Unmanaged<MessageLog>.fromOpaque(user).takeUnretainedValue()
  // A damaged file can have an error for every strip; the first few say what is wrong.
  guard log.messages.count < 8 else { return 1 }
  let text = unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 512) { buffer in
    // SAFETY: vsnprintf ends the text within the buffer.
    guard let start = buffer.baseAddress,
      unsafe vsnprintf(start, buffer.count, format, arguments) >= 0
    else { return "unreadable" }
    return unsafe String(cString: start)
  }
  log.messages.append(text)
  return 1
}

// Warnings are about tags that nobody needs; what matters to us we check ourselves.
private let ignoreWarning: TIFFErrorHandlerExtR = { _, _, _, _, _ in 1 }
