internal import MeshProcessing

extension MeshScene {
  /// The objects in the bytes of a Wavefront OBJ: its vertices and faces, apart by `o`, or by `g` where
  /// there is no `o`. Everything else is passed over.
  init(obj bytes: Span<UInt8>, path: String) throws(MeshFileError) {
    var scanner = TextScanner(bytes, path: path, syntax: .obj)
    var positions: [SIMD3<Float>] = []
    var triangles: [Triangle] = []
    var corners: [UInt32] = []
    var objects = GroupNames()
    var groups = GroupNames()
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
      case "o": objects.begin(scanner.restOfLine(), at: triangles.count)
      case "g": groups.begin(scanner.restOfLine(), at: triangles.count)
      default: break
      }
      scanner.skipLine()
    }
    let names = objects.isEmpty ? groups : objects
    let mesh = TriangleMesh(positions: positions, triangles: triangles)
    let provenance = MeshProvenance(lines: leadingComments(of: bytes))
    self.init(objects: names.objects(of: mesh), provenance: provenance)
  }
}

/// Which triangles belong to which group of an OBJ.
private struct GroupNames {
  private var starts: [(name: String, triangle: Int)] = []

  var isEmpty: Bool { starts.isEmpty }

  mutating func begin(_ name: String, at triangle: Int) { starts.append((name, triangle)) }

  /// The groups that have triangles, each with the vertices that it uses, in their order. The only one
  /// keeps all vertices.
  func objects(of mesh: TriangleMesh) -> [MeshObject] {
    var order: [String] = []
    var members: [String: [Triangle]] = [:]
    let bounds = [(name: "mesh", triangle: 0)] + starts
    for (index, group) in bounds.enumerated() {
      let end = index + 1 < bounds.count ? bounds[index + 1].triangle : mesh.triangles.count
      guard end > group.triangle else { continue }
      if members[group.name] == nil { order.append(group.name) }
      members[group.name, default: []] += mesh.triangles[group.triangle..<end]
    }
    guard order.count > 1 else {
      return [MeshObject(name: order.first ?? starts.first?.name ?? "mesh", mesh: mesh)]
    }
    var newIndex = [UInt32](repeating: .max, count: mesh.positions.count)
    return order.map { name in
      let triangles = members[name] ?? []
      let used = Set(triangles.flatMap { [$0.a, $0.b, $0.c] }).sorted()
      for (index, vertex) in used.enumerated() { newIndex[Int(vertex)] = UInt32(index) }
      let renamed = triangles.map {
        Triangle(newIndex[Int($0.a)], newIndex[Int($0.b)], newIndex[Int($0.c)])
      }
      return MeshObject(
        name: name,
        mesh: TriangleMesh(positions: used.map { mesh.positions[Int($0)] }, triangles: renamed))
    }
  }
}

/// The comments that a text begins with, without their `#`.
private func leadingComments(of bytes: Span<UInt8>) -> [String] {
  var lines: [String] = []
  var next = 0
  while next < bytes.count, bytes[next] == UInt8(ascii: "#"), lines.count < 1000 {
    var end = next
    while end < bytes.count, bytes[end] != 10, bytes[end] != 13 { end += 1 }
    let text = String(ascii: bytes.extracting(next + 1..<end))
    lines.append(text.hasPrefix(" ") ? String(text.dropFirst()) : text)
    next = end
    while next < bytes.count, bytes[next] == 10 || bytes[next] == 13 { next += 1 }
  }
  return lines
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
