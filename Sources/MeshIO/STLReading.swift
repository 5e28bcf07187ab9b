internal import MeshProcessing

extension TriangleMesh {
  /// The mesh in the bytes of an STL, binary or ASCII. Corners at the same place become one vertex.
  init(stl bytes: Span<UInt8>, path: String) throws(MeshFileError) {
    var corners = MergedCorners()
    if isBinarySTL(bytes) || !bytes.starts(with: "solid") {
      try corners.readBinary(bytes, path: path)
    } else {
      try corners.readASCII(bytes, path: path)
    }
    self.init(positions: corners.positions, triangles: corners.triangles)
  }
}

/// True when the size is exactly that of as many triangles as a binary STL announces. The first bytes
/// do not tell: many binary files begin with the `solid` of the ASCII variant.
func isBinarySTL(_ bytes: Span<UInt8>) -> Bool {
  var reader = ByteReader(bytes, from: min(80, bytes.count), path: "")
  guard let count = try? reader.integer("", as: UInt32.self) else { return false }
  return bytes.count == 84 + 50 * Int(count)
}

/// Loose triangles while their equal corners are found.
private struct MergedCorners {
  private(set) var positions: [SIMD3<Float>] = []
  private(set) var triangles: [Triangle] = []
  private var known: [SIMD3<Float>: UInt32] = [:]

  /// 80 bytes of anything, the count, and for each triangle a normal, three corners and two bytes.
  mutating func readBinary(_ bytes: Span<UInt8>, path: String) throws(MeshFileError) {
    var reader = ByteReader(bytes, from: 0, path: path)
    try reader.skip(80, "the header of an STL")
    let count = Int(try reader.integer("the number of triangles", as: UInt32.self))
    guard count * 50 <= reader.bytesLeft else {
      throw .countBeyondFile(
        path: path, at: .byte(80), element: "a triangle", count: count,
        bytesLeft: reader.bytesLeft)
    }
    triangles.reserveCapacity(count)
    known.reserveCapacity(count / 2 + 2)
    for _ in 0..<count {
      try reader.skip(12, "a normal")
      var corners = SIMD3<UInt32>.zero
      for corner in 0..<3 {
        corners[corner] = vertex(
          SIMD3(try reader.coordinate(), try reader.coordinate(), try reader.coordinate()))
      }
      triangles.append(Triangle(corners.x, corners.y, corners.z))
      try reader.skip(2, "the end of a triangle")
    }
  }

  /// Any number of `solid` blocks of facets, whose normals are not needed.
  mutating func readASCII(_ bytes: Span<UInt8>, path: String) throws(MeshFileError) {
    var scanner = TextScanner(bytes, path: path)
    var corners: [UInt32] = []
    var isInSolid = false
    while scanner.skipToWord() {
      let keyword = scanner.word().lowercased()
      switch keyword {
      case "solid": isInSolid = true
      case "endsolid": isInSolid = false
      case "facet", "outer", "endfacet": break
      case "vertex":
        corners.append(
          vertex(
            SIMD3(try scanner.coordinate(), try scanner.coordinate(), try scanner.coordinate())))
      case "endloop":
        guard corners.count == 3 else {
          throw scanner.malformed(expected: "3 corners", found: "\(corners.count)")
        }
        triangles.append(Triangle(corners[0], corners[1], corners[2]))
        corners.removeAll(keepingCapacity: true)
      default: throw scanner.malformed(expected: "a line of an STL", found: "“\(keyword)”")
      }
      scanner.skipLine()
    }
    if isInSolid { throw .truncated(path: path, at: scanner.position, expected: "endsolid") }
  }

  private mutating func vertex(_ position: SIMD3<Float>) -> UInt32 {
    // Adding zero makes -0 the same place as 0.
    let place = position + SIMD3<Float>.zero
    if let index = known[place] { return index }
    let index = UInt32(positions.count)
    positions.append(place)
    known[place] = index
    return index
  }
}
