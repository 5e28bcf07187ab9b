/// A place in a mesh file.
public enum MeshFilePosition: Sendable, Hashable, CustomStringConvertible {
  /// A line of a text file, counted from 1.
  case line(Int)
  /// A byte of a binary file, counted from 0.
  case byte(Int)

  public var description: String {
    switch self {
    case .line(let number): "line \(number)"
    case .byte(let offset): "byte \(offset)"
    }
  }
}

/// Why a mesh file could not be read or written.
public enum MeshFileError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The file is missing, not a plain file, or may not be read.
  case unreadable(path: String, reason: String)
  /// The file or its folder cannot be written. What was there before still is.
  case unwritable(path: String, reason: String)
  /// Neither content nor extension tell a format that we know.
  case unknownFormat(path: String)
  /// The format is known, but this use of it is not supported.
  case unsupported(path: String, what: String, advice: String)
  /// Assimp does not read it, in its own words.
  case unimportable(path: String, reason: String)
  /// Something else stands where the format demands `expected`.
  case malformed(path: String, at: MeshFilePosition, expected: String, found: String)
  /// A face names a vertex that does not exist. `index` is as the file writes it.
  case indexOutOfRange(path: String, at: MeshFilePosition, index: Int, vertexCount: Int)
  /// The file claims more than it has room for.
  case countBeyondFile(
    path: String, at: MeshFilePosition, element: String, count: Int, bytesLeft: Int)
  /// The file ends in the middle.
  case truncated(path: String, at: MeshFilePosition, expected: String)
  /// A coordinate is infinite, not a number, or beyond the range of a 32-bit float.
  case nonFiniteCoordinate(path: String, at: MeshFilePosition)
  /// The mesh has no representation in the format.
  case unencodable(format: MeshFormat, reason: String)

  public var description: String {
    switch self {
    case .unreadable(let path, let reason):
      "\(path) cannot be read: \(reason)"
    case .unwritable(let path, let reason):
      "\(path) cannot be written: \(reason)"
    case .unknownFormat(let path):
      "\(path) has no mesh format that Lamina knows; the name should end in .ply, .obj, .stl, .off, .vtp, .glb, .dae,"
        + " .x3d or .3mf"
    case .unsupported(let path, let what, let advice):
      "\(path): \(what) is not supported; \(advice)"
    case .unimportable(let path, let reason):
      "\(path) is damaged, cut short or of no format that Assimp reads (\(reason)); export the mesh as PLY, OBJ"
        + " or STL"
    case .malformed(let path, let position, let expected, let found):
      "\(path), \(position): expected \(expected), found \(found); "
        + "the file is damaged or of another format"
    case .indexOutOfRange(let path, let position, let index, let vertexCount):
      "\(path), \(position): a face names vertex \(index), but there are \(vertexCount) vertices; "
        + "export the mesh again"
    case .countBeyondFile(let path, let position, let element, let count, let bytesLeft):
      "\(path), \(position): claims \(count) × \(element), which do not fit into the \(bytesLeft) "
        + "bytes that follow; the file is damaged or cut short"
    case .truncated(let path, let position, let expected):
      "\(path), \(position): the file ends where \(expected) should follow; copy or export it again"
    case .nonFiniteCoordinate(let path, let position):
      "\(path), \(position): a vertex has a coordinate that is not a finite 32-bit number; "
        + "remove that vertex or export the mesh again"
    case .unencodable(let format, let reason):
      "the mesh cannot be written as \(format.rawValue.uppercased()): \(reason)"
    }
  }
}
