internal import MeshProcessing
internal import Volumes

extension SurfaceComplex {
  /// The complex with fewer triangles: of every wall about this fraction.
  ///
  /// A wall is simplified once, for the objects on both of its sides, as ``MeshProcessing/TriangleMesh/simplify(to:keepingAtLeast:locking:creaseAngle:)``
  /// does: objects still fill the outer surface without gap or overlap, and each keeps its volume. The lines where walls meet
  /// stay as they are, and so do the triangles around where a surface touches itself; where there is much of that, more
  /// triangles are left than asked for. Walls that come nearer to each other than an edge is long may cross.
  public func simplified(to fraction: Double) -> SurfaceComplex {
    let isFixed = fixedVertices()
    let pieces = Parallel.map(walls.count) { index in
      let (mesh, origins) = part(of: triangles[walls[index].triangles])
      let locked = origins.indices.filter { isFixed[Int(origins[$0])] }
      return mesh.simplifiedByParts(to: .fraction(fraction), locking: locked)
    }
    return replacing(walls, by: pieces, isFixed: isFixed)
  }

  /// Whether a vertex stays where it is.
  private func fixedVertices() -> [Bool] {
    var isFixed = [Bool](repeating: false, count: positions.count)
    var wallOfVertex = [Int](repeating: -1, count: positions.count)
    for (index, wall) in walls.enumerated() {
      for triangle in triangles[wall.triangles] {
        for vertex in [Int(triangle.a), Int(triangle.b), Int(triangle.c)] {
          if wallOfVertex[vertex] >= 0 && wallOfVertex[vertex] != index { isFixed[vertex] = true }
          wallOfVertex[vertex] = index
        }
      }
    }
    // How the sheets there belong together is told by the cells of the vertices around; see ``SheetSeparation``.
    let surfaces = labels.map { Optional($0) } + [nil]
    let tangled = Parallel.map(surfaces.count) { index in
      let (mesh, origins) = part(of: closedTriangles(inside: surfaces[index]))
      return mesh.verticesAroundTangles().map { origins[$0] }
    }
    for vertex in tangled.joined() { isFixed[Int(vertex)] = true }
    return isFixed
  }

  /// The complex with meshes in place of its walls, which have in common what is fixed.
  private func replacing(
    _ walls: [Wall], by pieces: [(mesh: TriangleMesh, isLocked: [Bool])], isFixed: [Bool]
  ) -> SurfaceComplex {
    var newPositions = positions.indices.filter { isFixed[$0] }.map { positions[$0] }
    // Every vertex has a cell of its own, and so a place of its own, unless that is finer than a `Float`.
    let names = Dictionary(
      zip(newPositions, UInt32(0)..<UInt32(newPositions.count)),
      uniquingKeysWith: { first, _ in first })
    var newTriangles: [Triangle] = []
    let newWalls = zip(walls, pieces).map { wall, piece in
      let indices = zip(piece.mesh.positions, piece.isLocked).map { position, isLocked -> UInt32 in
        if isLocked, let name = names[position] { return name }
        newPositions.append(position)
        return UInt32(newPositions.count - 1)
      }
      let first = newTriangles.count
      newTriangles += piece.mesh.triangles.map {
        Triangle(indices[Int($0.a)], indices[Int($0.b)], indices[Int($0.c)])
      }
      return Wall(front: wall.front, back: wall.back, triangles: first..<newTriangles.count)
    }
    return SurfaceComplex(
      positions: newPositions, triangles: newTriangles, walls: newWalls, grid: grid)
  }
}

extension TriangleMesh {
  /// The vertices at which sheets meet, and all that share a triangle with one of them.
  fileprivate func verticesAroundTangles() -> [Int] {
    let fans = VertexFans(self)
    return (0..<fans.vertexCount).filter { !fans.isDisc(around: $0) }.flatMap { vertex in
      let fan = fans.fan(vertex)
      return [vertex] + fan.indices.flatMap { [Int(fan[$0].first), Int(fan[$0].second)] }
    }
  }
}
