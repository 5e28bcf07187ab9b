/// A surface between two rounds of edge collapses: what is left of a mesh, and what its vertices
/// remember of what has gone.
struct SurfaceInProgress: Sendable {
  /// Relative to the first vertex of the mesh: sums of large coordinates would lose digits.
  private(set) var positions: [SIMD3<Double>]
  private(set) var triangles: [Triangle]
  /// The planes of the triangles merged into every vertex.
  private(set) var quadrics: [Quadric]
  /// Vertices that are to stay where they are.
  private(set) var isLocked: [Bool]
  /// How far the surface around every vertex may have moved, at most; empty when nobody asks.
  private(set) var moved: [Double]
  /// What has been added to the area.
  private(set) var areaChange = 0.0

  init(
    positions: [SIMD3<Double>] = [], triangles: [Triangle] = [], quadrics: [Quadric] = [],
    isLocked: [Bool] = [], moved: [Double] = [], areaChange: Double = 0
  ) {
    self.positions = positions
    self.triangles = triangles
    self.quadrics = quadrics
    self.isLocked = isLocked
    self.moved = moved
    self.areaChange = areaChange
  }

  /// A mesh before its first collapse.
  init(_ mesh: TriangleMesh, isLocked: [Bool], remembersMoves: Bool) {
    let origin = Self.origin(of: mesh)
    positions = mesh.positions.map { SIMD3<Double>($0) - origin }
    triangles = mesh.triangles
    self.isLocked = isLocked
    moved = Array(repeating: 0, count: remembersMoves ? positions.count : 0)
    quadrics = Array(repeating: Quadric(), count: positions.count)
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
  }

  /// The surface as a mesh again.
  /// - Parameter source: The mesh that it was made of.
  func mesh(from source: TriangleMesh) -> TriangleMesh {
    let origin = Self.origin(of: source)
    return TriangleMesh(
      positions: positions.map { SIMD3<Float>($0 + origin) }, triangles: triangles)
  }

  private static func origin(of mesh: TriangleMesh) -> SIMD3<Double> {
    mesh.positions.first.map { SIMD3<Double>($0) } ?? .zero
  }

  // MARK: Pieces

  /// One part of the surface, whose vertices on a seam to other parts are locked.
  func piece(_ part: Int, of parts: MeshParts, isOnSeam: [Bool]) -> SurfaceInProgress {
    let vertices = parts.vertices(of: part)
    return SurfaceInProgress(
      positions: vertices.map { positions[Int($0)] }, triangles: parts.triangles(of: part),
      quadrics: vertices.map { quadrics[Int($0)] },
      isLocked: vertices.map { isLocked[Int($0)] || isOnSeam[Int($0)] },
      moved: moved.isEmpty ? [] : vertices.map { moved[Int($0)] })
  }

  /// The surface with its pieces in place of its parts.
  ///
  /// - Parameter pieces: Each with the vertices that it has kept, by their place in the part.
  func joining(
    _ pieces: [(surface: SurfaceInProgress, kept: [UInt32])], of parts: MeshParts
  ) -> SurfaceInProgress {
    var whole = SurfaceInProgress(areaChange: areaChange)
    var newIndex = [UInt32](repeating: .max, count: positions.count)
    for (part, piece) in pieces.enumerated() {
      let vertices = parts.vertices(of: part)
      let surface = piece.surface
      let indices = piece.kept.indices.map { vertex -> UInt32 in
        let old = Int(vertices[vertices.startIndex + Int(piece.kept[vertex])])
        // A vertex on a seam has not moved, and is the same in every piece but for what moved near.
        if newIndex[old] == .max {
          newIndex[old] = UInt32(whole.positions.count)
          whole.append(vertex, of: surface, isLocked: isLocked[old])
        } else if !moved.isEmpty {
          let new = Int(newIndex[old])
          whole.moved[new] = max(whole.moved[new], surface.moved[vertex])
        }
        return newIndex[old]
      }
      whole.triangles += surface.triangles.lazy.map {
        Triangle(indices[Int($0.a)], indices[Int($0.b)], indices[Int($0.c)])
      }
      whole.areaChange += surface.areaChange
    }
    return whole
  }

  private mutating func append(_ vertex: Int, of piece: SurfaceInProgress, isLocked: Bool) {
    positions.append(piece.positions[vertex])
    quadrics.append(piece.quadrics[vertex])
    self.isLocked.append(isLocked)
    if !piece.moved.isEmpty { moved.append(piece.moved[vertex]) }
  }
}
