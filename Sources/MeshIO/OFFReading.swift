internal import MeshProcessing

extension TriangleMesh {
  /// The mesh in the bytes of an OFF: the counts, a line a vertex, a line a polygon. Colours and normals
  /// are passed over.
  init(off bytes: Span<UInt8>, path: String) throws(MeshFileError) {
    // Its comments are those of OBJ.
    var scanner = TextScanner(bytes, path: path, syntax: .obj)
    guard scanner.skipToWord() else {
      throw .truncated(path: path, at: scanner.position, expected: "OFF")
    }
    let keyword = scanner.word()
    guard ["OFF", "COFF", "NOFF", "CNOFF", "STOFF"].contains(keyword) else {
      throw scanner.malformed(expected: "OFF", found: "“\(keyword.prefix(24))”")
    }
    guard scanner.skipToWord() else {
      throw .truncated(path: path, at: scanner.position, expected: "the number of vertices")
    }
    if scanner.nextIs("BINARY") {
      throw .unsupported(path: path, what: "binary OFF", advice: "save it as text")
    }
    let vertexCount = try scanner.count("vertex", smallest: 6)
    let faceCount = try scanner.count("face", smallest: 8)
    scanner.skipLine()
    self.init(
      positions: try scanner.readVertices(vertexCount),
      triangles: try scanner.readPolygons(faceCount, vertexCount: vertexCount))
  }
}

extension TextScanner {
  /// A count that leaves room in the file for as many lines.
  fileprivate mutating func count(
    _ element: String, smallest: Int
  ) throws(MeshFileError) -> Int {
    let count = try integer("the number of elements")
    guard count >= 0, count <= Int(UInt32.max), count * smallest <= bytesLeft + smallest else {
      throw .countBeyondFile(
        path: path, at: position, element: element, count: count, bytesLeft: bytesLeft)
    }
    return count
  }

  fileprivate mutating func readVertices(_ count: Int) throws(MeshFileError) -> [SIMD3<Float>] {
    var positions: [SIMD3<Float>] = []
    positions.reserveCapacity(count)
    for _ in 0..<count {
      _ = skipToWord()
      positions.append(SIMD3(try coordinate(), try coordinate(), try coordinate()))
      skipLine()
    }
    return positions
  }

  /// Polygons as fans of triangles.
  fileprivate mutating func readPolygons(
    _ count: Int, vertexCount: Int
  ) throws(MeshFileError) -> [Triangle] {
    var triangles: [Triangle] = []
    triangles.reserveCapacity(count)
    var corners: [UInt32] = []
    for _ in 0..<count {
      _ = skipToWord()
      let cornerCount = try integer("the number of corners")
      guard cornerCount >= 3 else {
        throw malformed(expected: "a face of at least 3 corners", found: "\(cornerCount)")
      }
      corners.removeAll(keepingCapacity: true)
      for _ in 0..<cornerCount {
        let index = try integer("the number of a vertex")
        guard index >= 0, index < vertexCount else {
          throw .indexOutOfRange(
            path: path, at: position, index: index, vertexCount: vertexCount)
        }
        corners.append(UInt32(index))
      }
      for corner in 1..<corners.count - 1 {
        triangles.append(Triangle(corners[0], corners[corner], corners[corner + 1]))
      }
      skipLine()
    }
    return triangles
  }
}
