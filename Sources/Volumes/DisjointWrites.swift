/// Memory that pieces of parallel work write to, each its own part.
///
/// The one bridge between a volume and concurrent writers. Whoever uses it promises that no element
/// is written by one piece of work while another one reads or writes it.
@safe package struct DisjointWrites<Element: BitwiseCopyable>: @unchecked Sendable {
  package let base: UnsafeMutablePointer<Element>
  package let count: Int

  package init(_ buffer: UnsafeMutableBufferPointer<Element>) {
    guard let base = buffer.baseAddress else { preconditionFailure("no memory to write to") }
    unsafe self.base = unsafe base
    count = buffer.count
  }
}

extension Volume {
  /// Lets parallel work write to the voxels.
  package mutating func withDisjointWrites(
    _ body: (DisjointWrites<Element>) throws -> Void
  ) rethrows {
    var span = mutableVoxels
    try unsafe span.withUnsafeMutableBufferPointer { try unsafe body(DisjointWrites($0)) }
  }
}
