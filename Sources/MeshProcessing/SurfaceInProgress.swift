/// A surface between two rounds of edge collapses: what is left of a mesh, and what its vertices
/// remember of what has gone.
struct SurfaceInProgress: Sendable {
  /// Relative to the first vertex of the mesh: sums of large coordinates would lose digits.
  private(set) var positions: [SIMD3<Double>]
  private(set) var triangles: [Triangle]
  /// The planes of the triangles and the lines of the edges merged into every vertex; empty for a surface without such
  /// edges before the first collapse, when they are those of its own triangles.
  private(set) var quadrics: [Quadric]
  /// Vertices that are to stay where they are.
  private(set) var isLocked: [Bool]
  /// The vertices of the mesh where a distance from it must be kept; empty when there is no need.
  private(set) var points: [TrackedPoints.Point]
  /// What has been added to the area.
  private(set) var areaChange = 0.0

  init(
    positions: [SIMD3<Double>] = [], triangles: [Triangle] = [], quadrics: [Quadric] = [],
    isLocked: [Bool] = [], points: [TrackedPoints.Point] = [], areaChange: Double = 0
  ) {
    self.positions = positions
    self.triangles = triangles
    self.quadrics = quadrics
    self.isLocked = isLocked
    self.points = points
    self.areaChange = areaChange
  }

  /// A mesh before its first collapse.
  init(_ mesh: TriangleMesh, isLocked: [Bool], creaseAngle: Double?, remembersVertices: Bool) {
    let origin = Self.origin(of: mesh)
    positions = mesh.positions.map { SIMD3<Double>($0) - origin }
    triangles = mesh.triangles
    self.isLocked = isLocked
    points = []
    quadrics = []
    quadrics = quadricsWithEdges(creaseAngle: creaseAngle)
    if remembersVertices { points = vertexPoints() }
  }

  /// For every vertex the planes of its own triangles.
  func ownQuadrics() -> [Quadric] {
    var quadrics = [Quadric](repeating: Quadric(), count: positions.count)
    for triangle in triangles {
      let corner = positions[Int(triangle.a)]
      let normal = cross(positions[Int(triangle.b)] - corner, positions[Int(triangle.c)] - corner)
      let doubleArea = length(normal)
      guard doubleArea > 0 else { continue }
      let quadric = Quadric(
        point: corner, unitNormal: normal / doubleArea, weight: doubleArea / 2)
      quadrics[Int(triangle.a)] += quadric
      quadrics[Int(triangle.b)] += quadric
      quadrics[Int(triangle.c)] += quadric
    }
    return quadrics
  }

  /// Every vertex as a point on one of its triangles.
  private func vertexPoints() -> [TrackedPoints.Point] {
    var triangleOf = [UInt32](repeating: .max, count: positions.count)
    for (index, triangle) in triangles.enumerated() {
      for vertex in [triangle.a, triangle.b, triangle.c] { triangleOf[Int(vertex)] = UInt32(index) }
    }
    return positions.indices.filter { triangleOf[$0] != .max }.map {
      TrackedPoints.Point(position: positions[$0], triangle: triangleOf[$0])
    }
  }

  /// The surface as a mesh again.
  /// - Parameter source: The mesh that it was made of.
  func mesh(from source: TriangleMesh) -> TriangleMesh {
    let origin = Self.origin(of: source)
    return TriangleMesh(
      positions: positions.map { SIMD3<Float>($0 + origin) }, triangles: triangles)
  }

  static func origin(of mesh: TriangleMesh) -> SIMD3<Double> {
    mesh.positions.first.map { SIMD3<Double>($0) } ?? .zero
  }

  // MARK: Pieces

  /// One part of the surface.
  ///
  /// - Parameters:
  ///   - isFixed: The vertices that are to stay where they are.
  ///   - points: Those of the part; see ``points(by:)``.
  func piece(
    _ part: Int, of parts: MeshParts, isFixed: [Bool], points: [TrackedPoints.Point]
  ) -> SurfaceInProgress {
    let vertices = parts.vertices(of: part)
    return SurfaceInProgress(
      positions: vertices.map { positions[Int($0)] }, triangles: parts.triangles(of: part),
      quadrics: quadrics.isEmpty ? [] : vertices.map { quadrics[Int($0)] },
      isLocked: vertices.map { isFixed[Int($0)] }, points: points)
  }

  /// The points of every part, on triangles by their number in the part.
  func points(by parts: MeshParts) -> [[TrackedPoints.Point]] {
    var result = [[TrackedPoints.Point]](repeating: [], count: parts.count)
    guard !points.isEmpty else { return result }
    var places = [(part: Int, triangle: UInt32)](repeating: (0, 0), count: triangles.count)
    for part in 0..<parts.count {
      for (local, triangle) in parts.triangleIndices(of: part).enumerated() {
        places[Int(triangle)] = (part, UInt32(local))
      }
    }
    for point in points {
      let place = places[Int(point.triangle)]
      result[place.part].append(point.on(place.triangle))
    }
    return result
  }

  /// The surface with its pieces in place of its parts.
  ///
  /// - Parameter pieces: Each with the vertices that it has kept, by their place in the part.
  func joining(
    _ pieces: [(surface: SurfaceInProgress, kept: [UInt32])], of parts: MeshParts
  ) -> SurfaceInProgress {
    var whole = SurfaceInProgress(areaChange: areaChange)
    whole.reserve(
      vertices: pieces.reduce(0) { $0 + $1.kept.count },
      triangles: pieces.reduce(0) { $0 + $1.surface.triangles.count })
    var newIndex = [UInt32](repeating: .max, count: positions.count)
    for (part, piece) in pieces.enumerated() {
      let vertices = parts.vertices(of: part)
      let surface = piece.surface
      let indices = piece.kept.indices.map { vertex -> UInt32 in
        let old = Int(vertices[vertices.startIndex + Int(piece.kept[vertex])])
        if newIndex[old] == .max {
          newIndex[old] = UInt32(whole.positions.count)
          whole.append(vertex, of: surface, isLocked: isLocked[old])
        } else if quadrics.isEmpty {
          // A vertex on a seam has got planes from every piece; once it has all, each piece has them.
          whole.quadrics[Int(newIndex[old])] += surface.quadrics[vertex]
        }
        return newIndex[old]
      }
      let firstTriangle = UInt32(whole.triangles.count)
      whole.points += surface.points.lazy.map { $0.on($0.triangle + firstTriangle) }
      whole.triangles += surface.triangles.lazy.map {
        Triangle(indices[Int($0.a)], indices[Int($0.b)], indices[Int($0.c)])
      }
      whole.areaChange += surface.areaChange
    }
    return whole
  }

  private mutating func reserve(vertices: Int, triangles: Int) {
    positions.reserveCapacity(vertices)
    quadrics.reserveCapacity(vertices)
    isLocked.reserveCapacity(vertices)
    self.triangles.reserveCapacity(triangles)
  }

  private mutating func append(_ vertex: Int, of piece: SurfaceInProgress, isLocked: Bool) {
    positions.append(piece.positions[vertex])
    quadrics.append(piece.quadrics[vertex])
    self.isLocked.append(isLocked)
  }
}
