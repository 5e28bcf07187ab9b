/// The triangles of every way in which a surface can cross a cube.
///
/// The table is generated, not copied. On each face the surface runs from the edge where a walk
/// around the face leaves the inside to the edge where it enters it again; on an ambiguous face
/// (inside at both ends of a diagonal) there are two ways to pair them, and the caller says which:
/// the inside corners are joined across the face, or cut off from each other. Neighbouring cubes
/// see the same face and decide alike, so the surface has no crack. The paths over the six faces
/// close to polygons, and each polygon is cut into triangles.
///
/// No inner edge of that cutting joins two vertices of one face, where the neighbouring cube might
/// have the same edge and the mesh would cease to be a manifold. The few polygons that cannot be cut
/// so become a fan around a vertex of their own in the middle of the cube.
///
/// Marching cubes: Lorensen & Cline 1987, doi:10.1145/37401.37422. The decision on ambiguous faces:
/// Nielson & Hamann 1991, doi:10.1109/VISUAL.1991.175782.
struct MarchingCubesTable: Sendable {
  static let shared = MarchingCubesTable()

  /// For every set of inside corners: its ambiguous faces as bits.
  let ambiguousFaces: [UInt8]
  /// The four corners of every face.
  let faceCorners: [[4 of UInt8]]
  /// For every set of inside corners: the entry for "no ambiguous face is joined". The entries for
  /// the other decisions follow; the n-th ambiguous face counts for 2 to the n.
  private let firstEntry: [Int32]
  /// For every entry: where its triangles begin, and one more for their end.
  private let firstTriangle: [Int32]
  /// Three cube edges per triangle, counter-clockwise seen from outside.
  private let triangles: [Triangle]
  /// For every entry: the cube edges, as bits, whose vertices have the inner vertex in their middle.
  private let innerVertices: [UInt16]

  struct Triangle: Sendable { var a, b, c: UInt8 }

  /// Stands for the inner vertex in place of a cube edge.
  static let innerVertex: UInt8 = 12

  private init() {
    var ambiguous: [UInt8] = []
    var entries: [Int32] = []
    var starts: [Int32] = [0]
    var triangles: [Triangle] = []
    var inner: [UInt16] = []
    for inside in 0..<256 {
      let faces = (0..<6).filter { CubeTopology.isAmbiguous(face: $0, inside: inside) }
      ambiguous.append(faces.reduce(0) { $0 | 1 << UInt8($1) })
      entries.append(Int32(starts.count - 1))
      for decision in 0..<(1 << faces.count) {
        let joined = faces.indices.filter { decision >> $0 & 1 == 1 }.map { faces[$0] }
        var fanned: UInt16 = 0
        for polygon in Self.polygons(inside: inside, joinedFaces: joined) {
          var cutting = PolygonCutting(polygon)
          if let cut = cutting.best(from: 0, to: polygon.count - 1) {
            triangles += cut.triangles
          } else {
            precondition(fanned == 0, "a cube with two inner vertices")
            fanned = polygon.reduce(0) { $0 | 1 << UInt16($1) }
            triangles += Self.fan(polygon)
          }
        }
        inner.append(fanned)
        starts.append(Int32(triangles.count))
      }
    }
    ambiguousFaces = ambiguous
    faceCorners = (0..<6).map { face in
      let corners = CubeTopology.corners(ofFace: face)
      return InlineArray { UInt8(corners[$0]) }
    }
    firstEntry = entries
    firstTriangle = starts
    self.triangles = triangles
    innerVertices = inner
  }

  /// The entry for a set of inside corners.
  /// - Parameter decision: One bit per ambiguous face, in order: set where the inside is joined.
  @inline(__always)
  func entry(inside: Int, decision: Int) -> Int { Int(firstEntry[inside]) + decision }

  @inline(__always)
  func triangles(of entry: Int) -> ArraySlice<Triangle> {
    triangles[Int(firstTriangle[entry])..<Int(firstTriangle[entry + 1])]
  }

  /// The cube edges, as bits, whose vertices have the inner vertex in their middle; 0 for none.
  @inline(__always)
  func innerVertex(of entry: Int) -> UInt16 { innerVertices[entry] }

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

  private static func fan(_ polygon: [Int]) -> [Triangle] {
    polygon.indices.map {
      Triangle(
        a: UInt8(polygon[$0]), b: UInt8(polygon[($0 + 1) % polygon.count]), c: innerVertex)
    }
  }
}

/// The cutting of one polygon into triangles that needs the least total length of diagonals.
///
/// Dynamic programming over sub-polygons: the side from the first to the last vertex belongs to one
/// triangle, whose tip is tried everywhere.
private struct PolygonCutting {
  struct Result {
    var length: Double
    var triangles: [MarchingCubesTable.Triangle]
  }

  private let polygon: [Int]
  private var known: [[Int]: Result?] = [:]

  init(_ polygon: [Int]) { self.polygon = polygon }

  mutating func best(from first: Int, to last: Int) -> Result? {
    if last - first < 2 { return Result(length: 0, triangles: []) }
    if let result = known[[first, last]] { return result }
    var best: Result?
    for tip in first + 1..<last {
      guard let left = lengthOfDiagonal(first, tip), let right = lengthOfDiagonal(tip, last),
        let one = self.best(from: first, to: tip), let other = self.best(from: tip, to: last)
      else { continue }
      let length = left + right + one.length + other.length
      if length < best?.length ?? .infinity {
        let triangle = MarchingCubesTable.Triangle(
          a: UInt8(polygon[first]), b: UInt8(polygon[tip]), c: UInt8(polygon[last]))
        best = Result(length: length, triangles: one.triangles + [triangle] + other.triangles)
      }
    }
    known[[first, last]] = .some(best)
    return best
  }

  /// 0 for a side of the polygon, `nil` for a diagonal that would lie on a face of the cube.
  private func lengthOfDiagonal(_ i: Int, _ j: Int) -> Double? {
    if j == i + 1 || (i == 0 && j == polygon.count - 1) { return 0 }
    let sharesFace = (0..<6).contains {
      CubeTopology.edge(polygon[i], liesOnFace: $0) && CubeTopology.edge(polygon[j], liesOnFace: $0)
    }
    guard !sharesFace else { return nil }
    let delta = midpoint(polygon[i]) - midpoint(polygon[j])
    return (delta * delta).sum().squareRoot()
  }

  private func midpoint(_ edge: Int) -> SIMD3<Double> {
    let (a, b) = CubeTopology.corners(ofEdge: edge)
    func position(_ corner: Int) -> SIMD3<Double> {
      SIMD3(Double(corner & 1), Double(corner >> 1 & 1), Double(corner >> 2 & 1))
    }
    return (position(a) + position(b)) / 2
  }
}
