#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// What can go wrong with a volume itself, whatever its content.
public enum VolumeError: Error, Sendable, CustomStringConvertible {
  /// The system would not give the memory for a volume of this many bytes.
  case outOfMemory(bytes: Int)

  public var description: String {
    switch self {
    case .outOfMemory(let bytes):
      "not enough memory for a volume of \(bytes >> 20) MB; crop the stack or use a larger machine"
    }
  }
}

/// The memory of one volume: contiguous, zero-filled, aligned to huge pages where it is large.
///
/// Fresh huge pages cost a fifth of what fresh small pages cost, and an allocation that fails is
/// an error to be reported and not the end of the process.
@usableFromInline
@safe final class VoxelBuffer: @unchecked Sendable {
  let bytes: Int
  @usableFromInline let base: UnsafeMutableRawPointer

  private static let hugePage = 2 << 20

  init(bytes: Int) throws(VolumeError) {
    self.bytes = bytes
    if bytes >= Self.hugePage {
      var memory: UnsafeMutableRawPointer?
      let rounded = (bytes + Self.hugePage - 1) & ~(Self.hugePage - 1)
      guard unsafe posix_memalign(&memory, Self.hugePage, rounded) == 0, let memory = unsafe memory
      else { throw .outOfMemory(bytes: bytes) }
      #if os(Linux)
        unsafe madvise(memory, rounded, MADV_HUGEPAGE)
      #endif
      unsafe base = memory
      unsafe memset(memory, 0, bytes)
    } else {
      guard let memory = unsafe calloc(max(bytes, 1), 1) else { throw .outOfMemory(bytes: bytes) }
      unsafe base = memory
    }
  }

  /// A second buffer with the same content.
  func copy() throws(VolumeError) -> VoxelBuffer {
    let copy = try VoxelBuffer(bytes: bytes)
    unsafe memcpy(copy.base, base, bytes)
    return copy
  }

  deinit { unsafe free(base) }
}
