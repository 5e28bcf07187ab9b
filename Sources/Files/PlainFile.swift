internal import LibC

/// Why a file could not be read.
package struct FileReadError: Error, Sendable, CustomStringConvertible {
  package let path: String
  /// The system's words, or ours.
  package let reason: String

  package var description: String { "\(path) cannot be read: \(reason)" }
}

/// A file with bytes in it, open for reading: no folder, pipe or device.
package final class PlainFile: Sendable {
  package let path: String
  package let byteCount: Int
  private let descriptor: Int32

  package init(_ path: String) throws(FileReadError) {
    self.path = path
    // Without blocking, so that a pipe is refused and not waited for.
    descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw FileReadError(path: path, reason: systemMessage(errno))
    }
    var status = stat()
    let isKnown = unsafe fstat(descriptor, &status) == 0
    byteCount = Int(status.st_size)
    guard isKnown else { throw FileReadError(path: path, reason: systemMessage(errno)) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw FileReadError(path: path, reason: "it is a folder or a device, not a file")
    }
  }

  deinit { close(descriptor) }

  /// Whether there is something at a path, of whatever kind.
  package static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

  /// The bytes from a place on, to the end of the file or up to a number of them.
  package func bytes(
    from start: Int = 0, upTo limit: Int = .max
  ) throws(FileReadError) -> [UInt8] {
    let wanted = min(max(byteCount - start, 0), limit)
    guard canAllocate(wanted) else {
      throw FileReadError(path: path, reason: "its \(wanted >> 20) MB do not fit into memory")
    }
    var failure: FileReadError?
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: wanted) { buffer, count in
      // SAFETY: the buffer has room for what is wanted.
      let target = unsafe UnsafeMutableRawBufferPointer(start: buffer.baseAddress, count: wanted)
      do throws(FileReadError) { count = unsafe try read(into: target, from: start) } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return bytes
  }

  /// Fills memory with the bytes from a place on, and says how many there were.
  package func read(
    into target: UnsafeMutableRawBufferPointer, from start: Int
  ) throws(FileReadError) -> Int {
    var count = 0
    while count < target.count {
      // SAFETY: count stays below the size of the target.
      let rest = unsafe target.baseAddress.map { unsafe $0 + count }
      let got = unsafe pread(descriptor, rest, target.count - count, off_t(start + count))
      if got < 0 && errno == EINTR { continue }
      guard got >= 0 else { throw FileReadError(path: path, reason: systemMessage(errno)) }
      if got == 0 { break }
      count += got
    }
    return count
  }
}

/// True when that much memory can be had. An array that cannot have it ends the process.
private func canAllocate(_ bytes: Int) -> Bool {
  guard let memory = unsafe malloc(max(bytes, 1)) else { return false }
  unsafe free(memory)
  return true
}
