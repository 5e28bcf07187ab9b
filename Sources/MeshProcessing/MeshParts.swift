/// A mesh cut into parts, each with vertices of its own.
///
/// A vertex that triangles of several parts use is in each of them.
package struct MeshParts: Sendable {
  /// The triangles of all parts, one part after the other, by the vertices of their part.
  private let triangles: [Triangle]
  private let triangleStarts: [Int]
  /// The same by their index in the whole mesh.
  private let triangleIndices: [UInt32]
  /// The vertices of all parts, by their index in the whole mesh.
  private let vertices: [UInt32]
  private let vertexStarts: [Int]

  /// Cuts a mesh into the parts that hang together.
  package init(connected mesh: TriangleMesh) { self.init(mesh, ConnectedParts(mesh)) }

  /// The same for parts that have been found.
  init(_ mesh: TriangleMesh, _ parts: ConnectedParts) {
    self.init(
      mesh.triangles, vertexCount: mesh.positions.count, count: parts.count,
      partOf: mesh.triangles.map { parts.ofVertex[Int($0.a)] })
  }

  /// Cuts triangles into `count` parts.
  /// - Parameter partOf: The part of every triangle.
  init(_ all: [Triangle], vertexCount: Int, count: Int, partOf: [UInt32]) {
    let (order, starts) = Self.sorted(by: partOf, into: count)
    var local = [UInt32](repeating: 0, count: vertexCount)
    var lastPart = [Int32](repeating: -1, count: vertexCount)
    var triangles: [Triangle] = []
    var vertices: [UInt32] = []
    var vertexStarts = [0]
    triangles.reserveCapacity(order.count)
    vertices.reserveCapacity(vertexCount)
    for part in 0..<count {
      let first = vertexStarts[part]
      func localIndex(_ vertex: UInt32) -> UInt32 {
        if lastPart[Int(vertex)] != part {
          lastPart[Int(vertex)] = Int32(part)
          local[Int(vertex)] = UInt32(vertices.count - first)
          vertices.append(vertex)
        }
        return local[Int(vertex)]
      }
      for index in order[starts[part]..<starts[part + 1]] {
        let triangle = all[Int(index)]
        triangles.append(
          Triangle(localIndex(triangle.a), localIndex(triangle.b), localIndex(triangle.c)))
      }
      vertexStarts.append(vertices.count)
    }
    self.triangles = triangles
    self.vertices = vertices
    self.vertexStarts = vertexStarts
    triangleStarts = starts
    triangleIndices = order
  }

  package var count: Int { vertexStarts.count - 1 }

  package func triangleCount(of part: Int) -> Int {
    triangleStarts[part + 1] - triangleStarts[part]
  }

  /// The vertices of a part, by their index in the whole mesh.
  package func vertices(of part: Int) -> ArraySlice<UInt32> {
    vertices[vertexStarts[part]..<vertexStarts[part + 1]]
  }

  /// The triangles of a part, by their index in the whole mesh.
  func triangleIndices(of part: Int) -> ArraySlice<UInt32> {
    triangleIndices[triangleStarts[part]..<triangleStarts[part + 1]]
  }

  /// The triangles of a part, by the place of their corners in ``vertices(of:)``.
  package func triangles(of part: Int) -> [Triangle] {
    Array(triangles[triangleStarts[part]..<triangleStarts[part + 1]])
  }

  /// A part of the mesh that was cut as a mesh of its own.
  package func part(_ part: Int, of mesh: TriangleMesh) -> TriangleMesh {
    TriangleMesh(
      positions: vertices(of: part).map { mesh.positions[Int($0)] }, triangles: triangles(of: part))
  }

  /// The triangles sorted by their part, and where each part begins.
  private static func sorted(by partOf: [UInt32], into parts: Int) -> ([UInt32], [Int]) {
    var starts = [Int](repeating: 0, count: parts + 1)
    for part in partOf { starts[Int(part) + 1] += 1 }
    for part in 0..<parts { starts[part + 1] += starts[part] }
    var next = starts
    var sorted = [UInt32](repeating: 0, count: partOf.count)
    for (index, part) in partOf.enumerated() {
      sorted[next[Int(part)]] = UInt32(index)
      next[Int(part)] += 1
    }
    return (sorted, starts)
  }
}

extension TriangleMesh {
  /// Meshes put into one, one after the other.
  package init(joining parts: [TriangleMesh]) {
    var positions: [SIMD3<Float>] = []
    var triangles: [Triangle] = []
    positions.reserveCapacity(parts.reduce(0) { $0 + $1.positions.count })
    triangles.reserveCapacity(parts.reduce(0) { $0 + $1.triangles.count })
    for part in parts {
      let first = UInt32(positions.count)
      positions += part.positions
      triangles += part.triangles.lazy.map { Triangle($0.a + first, $0.b + first, $0.c + first) }
    }
    self.init(positions: positions, triangles: triangles)
  }
}
