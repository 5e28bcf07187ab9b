internal import LibC

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
  /// What was mapped; `nil` for memory from the heap.
  private let mapping: UnsafeMutableRawBufferPointer?

  private static let hugePage = 2 << 20

  init(bytes: Int) throws(VolumeError) {
    self.bytes = bytes
    guard bytes >= Self.hugePage else {
      guard let memory = unsafe calloc(max(bytes, 1), 1) else { throw .outOfMemory(bytes: bytes) }
      unsafe base = memory
      unsafe mapping = nil
      return
    }
    // Fresh mappings are zero; whoever writes first pays for the page, on its own thread.
    let (length, overflow) = bytes.addingReportingOverflow(Self.hugePage)
    let memory = unsafe mmap(
      nil, overflow ? .max : length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let memory = unsafe memory, unsafe memory != MAP_FAILED else {
      throw .outOfMemory(bytes: bytes)
    }
    let aligned = unsafe memory.alignedUp(toMultipleOf: Self.hugePage)
    #if os(Linux)
      unsafe madvise(aligned, bytes, MADV_HUGEPAGE)
    #endif
    unsafe base = aligned
    unsafe mapping = UnsafeMutableRawBufferPointer(start: memory, count: length)
  }

  /// A second buffer with the same content.
  func copy() throws(VolumeError) -> VoxelBuffer {
    let copy = try VoxelBuffer(bytes: bytes)
    unsafe memcpy(copy.base, base, bytes)
    return copy
  }

  deinit {
    if let mapping = unsafe mapping {
      unsafe munmap(mapping.baseAddress, mapping.count)
    } else {
      unsafe free(base)
    }
  }
}
