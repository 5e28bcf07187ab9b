/// Why an image file could not be read or written.
public enum VolumeFileError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The file is missing, not a plain file, or may not be read.
  case unreadable(path: String, reason: String)
  /// The file or its folder cannot be written. What was there before still is.
  case unwritable(path: String, reason: String)
  /// The file is of no format that we know.
  case unknownFormat(path: String, found: String)
  /// The format is known, but this use of it is not supported.
  case unsupported(path: String, page: Int?, what: String, advice: String)
  /// The file contradicts itself or ends early. Pages count from 1.
  case damaged(path: String, page: Int?, reason: String)
  /// A page differs from the first one, so that they do not make a stack.
  case unequalPages(path: String, page: Int, first: String, found: String)
  /// The file has no such channel, frame, series or level. They count from 1.
  case noSuch(path: String, what: String, index: Int, count: Int)
  /// The part that is wanted reaches out of the image.
  case outside(path: String, box: VoxelBox, size: SIMD3<Int>)
  /// The stack does not fit into memory.
  case outOfMemory(path: String, bytes: Int)

  public var description: String {
    switch self {
    case .unreadable(let path, let reason): "\(path) cannot be read: \(reason)"
    case .unwritable(let path, let reason): "\(path) cannot be written: \(reason)"
    case .unknownFormat(let path, let found):
      "\(path) is no image that Lamina reads: it \(found); save the stack as TIFF (in Fiji: File > Save"
        + " As > Tiff)"
    case .unsupported(let path, let page, let what, let advice):
      "\(path)\(Self.place(page)): \(what) is not supported; \(advice)"
    case .damaged(let path, let page, let reason):
      "\(path)\(Self.place(page)): the file is damaged or cut short (\(reason));"
        + " copy or export it again"
    case .outside(let path, let box, let size):
      "\(path): the box \(box) reaches out of \(size.x) x \(size.y) x \(size.z) voxels, of which the first is 0,0,0"
    case .unequalPages(let path, let page, let first, let found):
      "\(path), page \(page): this page is \(found), but the first one is \(first);"
        + " a stack needs equal pages, so save its parts as files of their own"
    case .noSuch(let path, let what, let index, let count):
      "\(path): there is no \(what) \(index); the file has \(count)"
    case .outOfMemory(let path, let bytes):
      "\(path): its \(bytes >> 20) MB of voxels do not fit into memory; crop the stack"
    }
  }

  private static func place(_ page: Int?) -> String { page.map { ", page \($0)" } ?? "" }
}
