/// The facts about a mesh that no movement of its vertices changes.
public struct MeshTopology: Sendable, Hashable {
  /// Vertices that at least one triangle uses.
  public let vertexCount: Int
  public let edgeCount: Int
  public let triangleCount: Int
  /// Edges with one triangle.
  public let boundaryEdgeCount: Int
  /// Edges with more than two triangles.
  public let nonManifoldEdgeCount: Int
  /// Edges whose two triangles wind so that one of them is seen from the wrong side.
  public let inconsistentEdgeCount: Int
  /// Vertices whose triangles do not form one fan.
  public let nonManifoldVertexCount: Int
  /// Parts that are connected through shared vertices.
  public let componentCount: Int

  /// Vertices - edges + triangles: 2 for a sphere, 0 for a torus, 2 more for every further sphere.
  public var eulerNumber: Int { vertexCount - edgeCount + triangleCount }

  /// Every edge has exactly two triangles.
  public var isWatertight: Bool {
    triangleCount > 0 && boundaryEdgeCount == 0 && nonManifoldEdgeCount == 0
  }

  /// The surface looks like a (half) disc around every point.
  public var isManifold: Bool { nonManifoldEdgeCount == 0 && nonManifoldVertexCount == 0 }

  /// Neighbouring triangles agree on which side is outside.
  public var isConsistentlyOriented: Bool { inconsistentEdgeCount == 0 }

  /// The number of handles of all components together; `nil` where the mesh is not closed, manifold
  /// and oriented, and the word has no meaning.
  public var genus: Int? {
    guard isWatertight && isManifold && isConsistentlyOriented else { return nil }
    return componentCount - eulerNumber / 2
  }
}

extension TriangleMesh {
  /// Counts what the topology of the mesh is made of. Linear in the number of triangles.
  public func topology() -> MeshTopology { topology(VertexFans(self)) }

  /// As ``topology()`` when the fans of the mesh are there already.
  package func topology(_ fans: VertexFans) -> MeshTopology {
    let used = (0..<fans.vertexCount).filter { !fans.fan($0).isEmpty }
    let isClosedManifold = used.allSatisfy { fans.isDisc(around: $0) }
    let edges = isClosedManifold ? EdgeTally(closed: triangles.count) : EdgeTally(fans)
    return MeshTopology(
      vertexCount: used.count, edgeCount: edges.all, triangleCount: triangles.count,
      boundaryEdgeCount: edges.boundary, nonManifoldEdgeCount: edges.nonManifold,
      inconsistentEdgeCount: edges.inconsistent,
      nonManifoldVertexCount: isClosedManifold ? 0 : used.count { !fans.isOneFan(around: $0) },
      componentCount: ConnectedParts(self).count)
  }
}

extension TriangleMesh {
  /// The vertices on open borders, by index: those whose triangles do not close to a ring.
  public func borderVertices() -> [Int] {
    let fans = VertexFans(self)
    return positions.indices.filter { !fans.fan($0).isClosed }
  }
}

/// The edges of a mesh by how many triangles they have.
private struct EdgeTally {
  var all = 0
  var boundary = 0
  var nonManifold = 0
  var inconsistent = 0

  /// The edges of a closed manifold, of which every triangle has three halves.
  init(closed triangleCount: Int) { all = triangleCount * 3 / 2 }

  init(_ fans: VertexFans) {
    for vertex in 0..<fans.vertexCount {
      let fan = fans.fan(vertex)
      for i in fan.indices {
        let end = fan[i].first
        // Each undirected edge is counted once, where its first directed edge stands.
        if fan.index(first: end) != i { continue }
        let along = fan.count(first: end)
        let against = fans.fan(Int(end)).count(first: UInt32(vertex))
        if against > 0 && end < vertex { continue }
        all += 1
        switch along + against {
        case 1: boundary += 1
        case 2: if along != 1 { inconsistent += 1 }
        default: nonManifold += 1
        }
      }
    }
  }
}

extension Span<VertexFans.Corner> {
  /// How many triangles leave along the edge to a vertex.
  fileprivate func count(first vertex: UInt32) -> Int {
    var count = 0
    for i in indices where self[i].first == vertex { count += 1 }
    return count
  }
}

extension VertexFans {
  /// Whether the triangles around a vertex hang together edge by edge, in a closed fan or an open one.
  fileprivate func isOneFan(around vertex: Int) -> Bool {
    if isDisc(around: vertex) { return true }
    let fan = fan(vertex)
    var reached = [Bool](repeating: false, count: fan.count)
    var open = [0]
    reached[0] = true
    while let current = open.popLast() {
      let corner = fan[current]
      for i in fan.indices where !reached[i] {
        let other = fan[i]
        let shares =
          other.first == corner.second || other.second == corner.first
          || other.first == corner.first || other.second == corner.second
        if shares {
          reached[i] = true
          open.append(i)
        }
      }
    }
    return !reached.contains(false)
  }
}
