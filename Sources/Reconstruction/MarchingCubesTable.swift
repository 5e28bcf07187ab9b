/// The triangles of every way in which a surface can cross a cube.
///
/// The table is generated, not copied. On each face the surface runs from the edge where a walk
/// around the face leaves the inside to the edge where it enters it again; on an ambiguous face
/// (inside at both ends of a diagonal) there are two ways to pair them, and the caller says which:
/// the inside corners are joined across the face, or cut off from each other. Neighbouring cubes
/// see the same face and decide alike, so the surface has no crack. The paths over the six faces
/// close to loops, and each loop is filled by a polygon, cut into triangles. (Where the field joins
/// two loops through the middle of the cube, there is a ``Tunnel`` in place of their two polygons.)
///
/// No inner edge of that cutting joins two vertices of one face, where the neighbouring cube might
/// have the same edge and the mesh would cease to be a manifold. The few polygons that cannot be cut
/// so become a fan around a vertex of their own in the middle of the cube.
///
/// Marching cubes: Lorensen & Cline 1987, doi:10.1145/37401.37422. The decision on ambiguous faces:
/// Nielson & Hamann 1991, doi:10.1109/VISUAL.1991.175782.
final class MarchingCubesTable: Sendable {
  static let shared = MarchingCubesTable()

  /// For every set of inside corners: its ambiguous faces as bits.
  let ambiguousFaces: [UInt8]
  /// For every set of inside corners the triangles, where there is one way only in which the surface can
  /// cross; an empty range where there are several.
  let onlyTriangles: [Range<Int32>]
  /// The four corners of every face.
  let faceCorners: [[4 of UInt8]]
  /// For every set of inside corners: the entry for "no ambiguous face is joined". The entries for
  /// the other decisions follow; the n-th ambiguous face counts for 2 to the n.
  let firstEntry: [Int32]
  let entries: [Entry]
  let loops: [Loop]
  /// Cube edges, counter-clockwise seen from outside.
  let triangles: [Triangle]
  /// The cube edges that the loops pass, in their order.
  let loopEdges: [UInt8]

  struct Triangle: Sendable { var a, b, c: UInt8 }

  /// One way to cross the cube.
  struct Entry: Sendable {
    var triangles: Range<Int32>
    var loops: Range<Int32>
    /// Whether one of the polygons is a fan around an inner vertex.
    var hasFan: Bool
    /// Corners with the same number are joined along the edges and across the faces of the cube.
    var parts: [8 of UInt8]
  }

  /// A closed path of the surface over the faces of the cube.
  struct Loop: Sendable {
    var triangles: Range<Int32>
    var edges: Range<Int32>
    /// The parts of the cube's surface that it separates.
    var insidePart: UInt8
    var outsidePart: UInt8
    var isFan: Bool
  }

  /// Stands for the inner vertex in place of a cube edge.
  static let innerVertex: UInt8 = 12

  func edges(ofLoop loop: Int) -> ArraySlice<UInt8> {
    loopEdges[Int(loops[loop].edges.lowerBound)..<Int(loops[loop].edges.upperBound)]
  }

  private init() {
    var building = MarchingCubesTableBuilding()
    for inside in 0..<256 { building.add(inside: inside) }
    ambiguousFaces = building.ambiguousFaces
    onlyTriangles = (0..<256).map {
      let entry = building.entries[Int(building.firstEntry[$0])]
      return building.ambiguousFaces[$0] == 0 && entry.loops.count == 1 ? entry.triangles : 0..<0
    }
    faceCorners = (0..<6).map { face in
      let corners = CubeTopology.corners(ofFace: face)
      return InlineArray { UInt8(corners[$0]) }
    }
    firstEntry = building.firstEntry
    entries = building.entries
    loops = building.loops
    triangles = building.triangles
    loopEdges = building.loopEdges
  }
}

/// The table as it grows, one set of inside corners after the other.
private struct MarchingCubesTableBuilding {
  typealias Table = MarchingCubesTable

  var ambiguousFaces: [UInt8] = []
  var firstEntry: [Int32] = []
  var entries: [Table.Entry] = []
  var loops: [Table.Loop] = []
  var triangles: [Table.Triangle] = []
  var loopEdges: [UInt8] = []

  mutating func add(inside: Int) {
    let faces = (0..<6).filter { CubeTopology.isAmbiguous(face: $0, inside: inside) }
    ambiguousFaces.append(faces.reduce(0) { $0 | 1 << UInt8($1) })
    firstEntry.append(Int32(entries.count))
    for decision in 0..<(1 << faces.count) {
      addEntry(
        inside: inside,
        joinedFaces: faces.indices.filter { decision >> $0 & 1 == 1 }.map { faces[$0] })
    }
  }

  private mutating func addEntry(inside: Int, joinedFaces: [Int]) {
    let parts = Self.parts(inside: inside, joinedFaces: joinedFaces)
    let (firstTriangle, firstLoop) = (Int32(triangles.count), Int32(loops.count))
    var hasFan = false
    for polygon in Self.polygons(inside: inside, joinedFaces: joinedFaces) {
      let start = Int32(triangles.count)
      var cutting = PolygonCutting(polygon)
      let cut = cutting.best(from: 0, to: polygon.count - 1)
      if let cut {
        triangles += cut.triangles
      } else {
        precondition(!hasFan, "a cube with two inner vertices")
        hasFan = true
        triangles += Self.fan(polygon)
      }
      let ends = CubeTopology.corners(ofEdge: polygon[0])
      let (low, high) = (parts[ends.0], parts[ends.1])
      let lowIsInside = inside >> ends.0 & 1 == 1
      let firstEdge = Int32(loopEdges.count)
      loopEdges += polygon.map { UInt8($0) }
      loops.append(
        Table.Loop(
          triangles: start..<Int32(triangles.count), edges: firstEdge..<Int32(loopEdges.count),
          insidePart: lowIsInside ? low : high, outsidePart: lowIsInside ? high : low,
          isFan: cut == nil))
    }
    entries.append(
      Table.Entry(
        triangles: firstTriangle..<Int32(triangles.count), loops: firstLoop..<Int32(loops.count),
        hasFan: hasFan, parts: InlineArray { parts[$0] }))
  }

  /// For every corner the lowest corner that it is joined to along the edges and across the faces.
  private static func parts(inside: Int, joinedFaces: [Int]) -> [UInt8] {
    var parts = (0..<8).map { UInt8($0) }
    func join(_ a: Int, _ b: Int) {
      let (kept, gone) = (min(parts[a], parts[b]), max(parts[a], parts[b]))
      for corner in parts.indices where parts[corner] == gone { parts[corner] = kept }
    }
    func isInside(_ corner: Int) -> Bool { inside >> corner & 1 == 1 }
    for edge in 0..<12 {
      let (a, b) = CubeTopology.corners(ofEdge: edge)
      if isInside(a) == isInside(b) { join(a, b) }
    }
    for face in 0..<6 where CubeTopology.isAmbiguous(face: face, inside: inside) {
      let joined = CubeTopology.corners(ofFace: face).filter {
        isInside($0) == joinedFaces.contains(face)
      }
      join(joined[0], joined[1])
    }
    return parts
  }

  /// The closed paths of the surface over the faces of the cube, as cube edges.
  private static func polygons(inside: Int, joinedFaces: [Int]) -> [[Int]] {
    var next: [Int: Int] = [:]
    for face in 0..<6 {
      let loop = CubeTopology.corners(ofFace: face)
      let isInside = loop.map { inside >> $0 & 1 == 1 }
      for i in 0..<4 where isInside[i] && !isInside[(i + 1) % 4] {
        // The walk leaves the inside between corners i and i + 1. Back to where this stretch of
        // inside began, or on to where the next one begins.
        var entry = i
        if joinedFaces.contains(face) {
          repeat { entry = (entry + 1) % 4 } while !isInside[(entry + 1) % 4]
        } else {
          repeat { entry = (entry + 3) % 4 } while isInside[entry]
        }
        let leaving = CubeTopology.edge(loop[i], loop[(i + 1) % 4])
        let entering = CubeTopology.edge(loop[entry], loop[(entry + 1) % 4])
        next[entering] = leaving
      }
    }
    var polygons: [[Int]] = []
    while let start = next.keys.min() {
      var polygon: [Int] = []
      var edge = start
      while let following = next.removeValue(forKey: edge) {
        polygon.append(edge)
        edge = following
      }
      polygons.append(polygon)
    }
    return polygons
  }

  private static func fan(_ polygon: [Int]) -> [Table.Triangle] {
    polygon.indices.map {
      Table.Triangle(
        a: UInt8(polygon[$0]), b: UInt8(polygon[($0 + 1) % polygon.count]), c: Table.innerVertex)
    }
  }
}
