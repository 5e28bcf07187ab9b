internal import LibC
internal import Synchronization

/// Why a file could not be written.
package struct FileWriteError: Error, Sendable, CustomStringConvertible {
  package let path: String
  /// The system's words and, where there is any, advice.
  package let reason: String

  package init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }

  package var description: String { "\(path) cannot be written: \(reason)" }
}

/// Writes a file whole or not at all.
///
/// The bytes go to a new hidden file in the same folder, which then takes the name of the old one,
/// so that no reader ever sees half a file, and an old file survives until the new one is there.
/// A symbolic link is replaced, not followed. Devices and pipes are written to as they are. The
/// folder must exist.
package func writeFile(_ bytes: [UInt8], to path: String) throws(FileWriteError) {
  // A device is no file to be replaced.
  if kind(of: path) == .device {
    return try write(bytes, to: path, flags: O_WRONLY, for: path)
  }
  try replaceFile(at: path) { partial throws(FileWriteError) in
    try write(bytes, to: partial, flags: O_WRONLY | O_CREAT | O_EXCL, for: path)
  }
}

/// Makes a new file in a folder that nobody reads yet. Faster than ``writeFile(_:to:)``, which hides the
/// file until it is whole.
package func createFile(_ bytes: [UInt8], at path: String) throws(FileWriteError) {
  try write(bytes, to: path, flags: O_WRONLY | O_CREAT | O_EXCL, for: path)
}

/// Writes a file whole or not at all, through a writer that wants a path.
///
/// The bytes are on the disk before the file takes its name, so that a power cut leaves the old one or
/// the new one.
///
/// - Parameter write: Makes a file at the path that it is given, in the same folder.
package func replaceFile(
  at path: String, _ write: (String) throws(FileWriteError) -> Void
) throws(FileWriteError) {
  if kind(of: path) == .folder {
    throw FileWriteError(path: path, reason: "it is a folder; name a file in it")
  }
  let partial = partialPath(beside: path)
  do throws(FileWriteError) {
    try write(partial)
    try synchronise(partial, for: path)
    guard unsafe rename(partial, path) == 0 else {
      throw FileWriteError(path: path, errorNumber: errno)
    }
  } catch {
    unsafe unlink(partial)
    throw error
  }
}

/// Makes a folder whole or not at all. A folder that was there is replaced, and gone when this is done.
///
/// - Parameter write: Fills the folder that it is given, which lies beside the one that it becomes.
package func replaceFolder(
  at path: String, _ write: (String) throws -> Void
) throws {
  let partial = partialPath(beside: path)
  let replaced = partialPath(beside: path)
  guard unsafe mkdir(partial, 0o777) == 0 else {
    throw FileWriteError(path: path, errorNumber: errno)
  }
  do {
    try write(partial)
    let isThere = kind(of: path) != .missing
    if isThere, unsafe rename(path, replaced) != 0 {
      throw FileWriteError(path: path, errorNumber: errno)
    }
    guard unsafe rename(partial, path) == 0 else {
      let number = errno
      if isThere { unsafe rename(replaced, path) }
      throw FileWriteError(path: path, errorNumber: number)
    }
    if isThere { removeTree(replaced) }
  } catch {
    removeTree(partial)
    throw error
  }
}

/// Makes a folder, and those around it that are missing.
package func makeFolder(_ path: String) throws(FileWriteError) {
  if unsafe mkdir(path, 0o777) == 0 || kind(of: path) == .folder { return }
  let number = errno
  guard number == ENOENT, let slash = path.lastIndex(of: "/"), slash > path.startIndex else {
    throw FileWriteError(path: path, errorNumber: number)
  }
  try makeFolder(String(path[..<slash]))
  guard unsafe mkdir(path, 0o777) == 0 || kind(of: path) == .folder else {
    throw FileWriteError(path: path, errorNumber: errno)
  }
}

/// Removes a file, or a folder with all that is in it. Links are removed, not followed.
private func removeTree(_ path: String) {
  if unsafe unlink(path) == 0 { return }
  for name in Folder(path)?.names ?? [] { removeTree("\(path)/\(name)") }
  unsafe rmdir(path)
}

/// Waits until a file is on the disk.
private func synchronise(_ partial: String, for path: String) throws(FileWriteError) {
  let descriptor = unsafe open(partial, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { throw FileWriteError(path: path, errorNumber: errno) }
  defer { close(descriptor) }
  // Some file systems cannot synchronise, which is no reason to fail.
  guard fsync(descriptor) == 0 || errno == EINVAL || errno == ENOTSUP else {
    throw FileWriteError(path: path, errorNumber: errno)
  }
}

private enum FileKind { case missing, file, folder, device }

private func kind(of path: String) -> FileKind {
  var status = stat()
  guard unsafe stat(path, &status) == 0 else { return .missing }
  return switch status.st_mode & S_IFMT {
  case S_IFREG: .file
  case S_IFDIR: .folder
  default: .device
  }
}

private let partialCount = Atomic(0)

/// A name that no other writer, in this process or another, uses at this time.
private func partialPath(beside path: String) -> String {
  let number = partialCount.wrappingAdd(1, ordering: .relaxed).newValue
  let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
  let folder = slash.map { String(path[...$0]) } ?? ""
  return "\(folder).lamina-\(getpid())-\(number).partial"
}

private func write(
  _ bytes: [UInt8], to target: String, flags: Int32, for path: String
) throws(FileWriteError) {
  let descriptor = unsafe open(target, flags | O_CLOEXEC, 0o666)
  guard descriptor >= 0 else { throw FileWriteError(path: path, errorNumber: errno) }
  let failure = unsafe bytes.withUnsafeBytes { unsafe writeAll($0, to: descriptor) }
  // Closing can be the first to tell that a network file system is full.
  let closed = close(descriptor) == 0 ? nil : errno
  if let number = failure ?? closed { throw FileWriteError(path: path, errorNumber: number) }
}

/// Writes until nothing is left; the error number when that fails.
private func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int32? {
  var rest = unsafe bytes
  while let start = rest.baseAddress, unsafe !rest.isEmpty {
    let written = unsafe write(descriptor, start, rest.count)
    if written < 0 && errno == EINTR { continue }
    guard written >= 0 else { return errno }
    // SAFETY: the system never reports more than it was given.
    unsafe rest = UnsafeRawBufferPointer(rebasing: rest[written...])
  }
  return nil
}

extension FileWriteError {
  /// The error that the system has a number for.
  package init(path: String, errorNumber number: Int32) {
    let advice =
      switch number {
      case ENOENT, ENOTDIR: "; make its folder first"
      case ENOSPC, EDQUOT: "; free some space"
      case EACCES, EPERM, EROFS: "; choose another folder"
      default: ""
      }
    self.init(path: path, reason: systemMessage(number) + advice)
  }
}

/// The system's words for an error number, for example “No such file or directory”.
package func systemMessage(_ number: Int32) -> String {
  // SAFETY: strerror returns a terminated string, or nothing.
  unsafe strerror(number).map { unsafe String(cString: $0) } ?? "error \(number)"
}
