internal import Files
internal import MeshProcessing

extension MeshScene {
  /// The surface in the bytes of a VTP: its polygons and the numbers on its points and polygons.
  ///
  /// Arrays may stand in the text as numbers or base64, or be appended raw or as base64, in either byte
  /// order, packed by zlib or not. Other packings are refused by name.
  init(vtp bytes: [UInt8], path: String) throws(MeshFileError) {
    let file = try VTPFile(bytes, path: path)
    let points = try file.numbers(of: file.header.points ?? .none, count: 3 * file.pointCount)
    var positions: [SIMD3<Float>] = []
    positions.reserveCapacity(file.pointCount)
    for point in 0..<file.pointCount {
      let place = SIMD3(
        Float(points[3 * point]), Float(points[3 * point + 1]), Float(points[3 * point + 2]))
      guard place.isFinite else {
        throw .nonFiniteCoordinate(path: path, at: .byte(3 * point))
      }
      positions.append(place)
    }
    let (triangles, polygons) = try file.triangles()
    var vertexValues: [VertexValues] = []
    for array in file.header.pointArrays where array.isColumn(among: vertexValues.map(\.name)) {
      let values = try file.numbers(of: array, count: file.pointCount)
      vertexValues.append(VertexValues(array.name, values.map { Float($0) }))
    }
    var faceValues: [FaceValues] = []
    for array in file.header.cellArrays where array.isColumn(among: faceValues.map(\.name)) {
      let values = try file.numbers(of: array, count: file.polygonCount)
      faceValues.append(FaceValues(array.name, polygons.map { values[$0] }))
    }
    let provenance = MeshProvenance(lines: file.header.provenance)
    self.init(
      objects: [
        MeshObject(
          name: provenance.name, mesh: TriangleMesh(positions: positions, triangles: triangles),
          vertexValues: vertexValues, faceValues: faceValues)
      ], provenance: provenance)
  }
}

extension VTPArray {
  /// Whether the array is one number an element, under a name that is new.
  fileprivate func isColumn(among names: [String]) -> Bool {
    components == 1 && name.isValueName && !names.contains(name) && !["x", "y", "z"].contains(name)
  }
}

extension VTPFile {
  private func polygonArray(_ name: String) -> VTPArray {
    header.polygons.first { $0.name == name } ?? .none
  }

  /// The polygons as fans of triangles, and which polygon each came from.
  fileprivate func triangles() throws(MeshFileError) -> ([Triangle], polygons: [Int]) {
    let ends = try numbers(of: polygonArray("offsets"), count: polygonCount)
    let cornerCount = max(0, ends.last.flatMap { Int(exactly: $0) } ?? 0)
    let corners = try numbers(of: polygonArray("connectivity"), count: cornerCount)
    var triangles: [Triangle] = []
    var polygons: [Int] = []
    var start = 0
    for polygon in ends.indices {
      guard let end = Int(exactly: ends[polygon]), end >= start + 3, end <= corners.count else {
        throw .malformed(
          path: path, at: .byte(0), expected: "polygons of at least 3 corners",
          found: "one that ends at \(ends[polygon])")
      }
      var indices: [UInt32] = []
      for corner in corners[start..<end] {
        guard let index = UInt32(exactly: corner), Int(index) < pointCount else {
          throw .indexOutOfRange(
            path: path, at: .byte(0), index: Int(exactly: corner.rounded()) ?? -1,
            vertexCount: pointCount)
        }
        indices.append(index)
      }
      for corner in 1..<indices.count - 1 {
        triangles.append(Triangle(indices[0], indices[corner], indices[corner + 1]))
        polygons.append(polygon)
      }
      start = end
    }
    return (triangles, polygons)
  }
}
