internal import MeshProcessing

extension TriangleMesh {
  /// The mesh in the bytes of a Wavefront OBJ: its vertices and faces. Everything else is passed over.
  init(obj bytes: Span<UInt8>, path: String) throws(MeshFileError) {
    var scanner = TextScanner(bytes, path: path, syntax: .obj)
    var positions: [SIMD3<Float>] = []
    var triangles: [Triangle] = []
    var corners: [UInt32] = []
    while scanner.skipToWord() {
      switch scanner.word() {
      case "v":
        positions.append(
          SIMD3(try scanner.coordinate(), try scanner.coordinate(), try scanner.coordinate()))
      case "f":
        try scanner.readCorners(into: &corners, vertexCount: positions.count)
        for corner in 1..<corners.count - 1 {
          triangles.append(Triangle(corners[0], corners[corner], corners[corner + 1]))
        }
      default: break
      }
      scanner.skipLine()
    }
    self.init(positions: positions, triangles: triangles)
  }
}

extension TextScanner {
  /// The vertices of a face, from 0: `7`, `7/1`, `7//3` or `7/1/3`, counted from 1, or from the last
  /// vertex backwards where negative. Only vertices that came before can be named.
  fileprivate mutating func readCorners(
    into corners: inout [UInt32], vertexCount: Int
  ) throws(MeshFileError) {
    corners.removeAll(keepingCapacity: true)
    while !isAtLineEnd() {
      let written = try integer("the number of a vertex", before: UInt8(ascii: "/"))
      let index = written > 0 ? written - 1 : vertexCount + written
      guard written != 0, index >= 0, index < vertexCount else {
        throw .indexOutOfRange(
          path: path, at: position, index: written, vertexCount: vertexCount)
      }
      corners.append(UInt32(index))
    }
    guard corners.count >= 3 else {
      throw malformed(expected: "a face of at least 3 corners", found: "\(corners.count)")
    }
  }
}
