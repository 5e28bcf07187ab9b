extension TriangleMesh {
  /// Makes one vertex of those that lie at the same place, as an STL file needs, or within a distance
  /// of each other; removes vertices that no triangle uses. Triangles stay, even if they become
  /// degenerate by it.
  ///
  /// - Parameter distance: In units; 0 for exactly the same place. A vertex is merged into the first one
  ///   that is so near.
  /// - Returns: How many vertices have gone.
  @discardableResult
  public mutating func mergeVertices(within distance: Float = 0) -> Int {
    var places = VertexPlaces(distance: distance)
    let before = positions.count
    let merged = positions.map { places.index(of: $0) }
    replace(
      positions: places.positions,
      triangles: triangles.map {
        Triangle(merged[Int($0.a)], merged[Int($0.b)], merged[Int($0.c)])
      })
    removeUnusedVertices()
    return before - positions.count
  }

  /// Removes the vertices that no triangle uses.
  mutating func removeUnusedVertices() {
    var newIndex = [UInt32](repeating: .max, count: positions.count)
    for triangle in triangles {
      for vertex in [triangle.a, triangle.b, triangle.c] { newIndex[Int(vertex)] = 0 }
    }
    var kept: [SIMD3<Float>] = []
    for vertex in positions.indices where newIndex[vertex] == 0 {
      newIndex[vertex] = UInt32(kept.count)
      kept.append(positions[vertex])
    }
    guard kept.count < positions.count else { return }
    replace(
      positions: kept,
      triangles: triangles.map {
        Triangle(newIndex[Int($0.a)], newIndex[Int($0.b)], newIndex[Int($0.c)])
      })
  }

  /// Puts other vertices and triangles in the place of those there are.
  mutating func replace(positions: [SIMD3<Float>], triangles: [Triangle]) {
    self = TriangleMesh(positions: positions, triangles: triangles)
  }
}

/// Places that are told apart by a distance, found by the cells of a grid of that size.
private struct VertexPlaces {
  let distance: Float
  private(set) var positions: [SIMD3<Float>] = []
  private var atExactly: [SIMD3<Float>: UInt32] = [:]
  private var inCell: [SIMD3<Int64>: [UInt32]] = [:]

  init(distance: Float) { self.distance = distance }

  /// The index of a place, a new one if there is none so near.
  mutating func index(of position: SIMD3<Float>) -> UInt32 {
    if let known = atExactly[position] ?? near(position) { return known }
    let index = UInt32(positions.count)
    positions.append(position)
    atExactly[position] = index
    if distance > 0 { inCell[cell(of: position), default: []].append(index) }
    return index
  }

  private func cell(of position: SIMD3<Float>) -> SIMD3<Int64> {
    gridCell(of: SIMD3<Double>(position), size: Double(distance))
  }

  private func near(_ position: SIMD3<Float>) -> UInt32? {
    guard distance > 0 else { return nil }
    let center = cell(of: position)
    var found: UInt32?
    for z in -1...1 {
      for y in -1...1 {
        for x in -1...1 {
          for index in inCell[center &+ SIMD3(Int64(x), Int64(y), Int64(z))] ?? [] {
            let difference = positions[Int(index)] - position
            guard (difference * difference).sum() <= distance * distance else { continue }
            found = min(found ?? index, index)
          }
        }
      }
    }
    return found
  }
}
