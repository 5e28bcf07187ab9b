/// A file format for triangle meshes.
public enum MeshFormat: String, CaseIterable, Sendable {
  /// Polygon file format: exact, compact, and the one that carries values per vertex.
  case ply
  /// Wavefront OBJ: text, understood everywhere.
  case obj
  /// Stereolithography: loose triangles without a unit, for printing.
  case stl
  /// Object file format: plain text, one mesh, common in geometry processing.
  case off
  /// VTK's XML format for surfaces, with values per vertex and face, for ParaView.
  case vtp
  /// Binary glTF 2.0, in metres, for the web and slides. Written, not read.
  case glb
  /// Collada, for programs of design. Written, not read.
  case dae
  /// X3D, the successor of VRML, for the web. Written, not read.
  case x3d
  /// 3D Manufacturing Format, with units and named objects, for printing. Written, not read.
  case threeMF = "3mf"

  /// Whether a file keeps several objects apart, by name.
  public var keepsObjectsApart: Bool {
    switch self {
    case .obj, .glb, .dae, .x3d, .threeMF: true
    case .ply, .stl, .off, .vtp: false
    }
  }

  /// Whether a file carries values at its vertices.
  public var carriesVertexValues: Bool { self == .ply || self == .vtp }

  /// The format behind an extension such as `ply` or `.STL`; `nil` for any other.
  public init?(fileExtension: String) {
    let name = fileExtension.hasPrefix(".") ? fileExtension.dropFirst() : fileExtension[...]
    self.init(rawValue: name.lowercased())
  }

  /// The format that the extension of a path names.
  public init?(path: String) {
    guard let name = path.split(separator: "/").last, let dot = name.lastIndex(of: ".") else {
      return nil
    }
    self.init(fileExtension: String(name[dot...]))
  }

  /// The format of a file, told by its first bytes where they are telling, else by its extension.
  ///
  /// Content comes first because extensions lie: a binary STL may be called `.ply`, and its header
  /// may begin with the `solid` of the ASCII variant.
  init?(content bytes: Span<UInt8>, path: String) {
    if bytes.starts(with: "ply\n") || bytes.starts(with: "ply\r") {
      self = .ply
    } else if bytes.starts(with: "glTF") {
      self = .glb
    } else if bytes.starts(with: "OFF") || bytes.starts(with: "COFF") {
      self = .off
    } else if isBinarySTL(bytes) {
      self = .stl
    } else if let format = MeshFormat(path: path) {
      self = format
    } else if bytes.starts(with: "solid") {
      self = .stl
    } else {
      return nil
    }
  }
}

/// How numbers are stored, in the formats that leave a choice: PLY and STL.
public enum MeshEncoding: Sendable {
  /// Little-endian binary: a third of the size, and the exact floats.
  case binary
  /// Decimal text. Floats take as many digits as it needs to read the same float again.
  case ascii
}

extension Span<UInt8> {
  /// True when the bytes begin with those of an ASCII word.
  func starts(with word: StaticString) -> Bool {
    guard count >= word.utf8CodeUnitCount else { return false }
    return word.withUTF8Buffer { letters in
      for i in 0..<letters.count {
        // SAFETY: i is an index of letters.
        if unsafe self[i] != letters[i] { return false }
      }
      return true
    }
  }
}
