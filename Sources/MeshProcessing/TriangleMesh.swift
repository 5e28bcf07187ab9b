/// Three vertices of a mesh, counter-clockwise seen from outside.
public struct Triangle: Sendable, Hashable, BitwiseCopyable {
  public var a: UInt32
  public var b: UInt32
  public var c: UInt32

  @inlinable public init(_ a: UInt32, _ b: UInt32, _ c: UInt32) {
    self.a = a
    self.b = b
    self.c = c
  }

  /// The same triangle seen from the other side.
  @inlinable public var flipped: Triangle { Triangle(a, c, b) }
}

/// A surface of triangles that share their vertices.
///
/// Positions are world coordinates, x, y, z, in the unit of the image that the surface came from.
/// Triangles wind counter-clockwise seen from outside.
public struct TriangleMesh: Sendable, Hashable {
  public var positions: [SIMD3<Float>]
  public private(set) var triangles: [Triangle]

  /// A mesh of the given triangles. Every index must name a position.
  public init(positions: [SIMD3<Float>] = [], triangles: [Triangle] = []) {
    let count = UInt32(clamping: positions.count)
    for triangle in triangles {
      precondition(
        triangle.a < count && triangle.b < count && triangle.c < count,
        "triangle \(triangle) names a vertex beyond the \(count) there are")
    }
    self.positions = positions
    self.triangles = triangles
  }

  @inlinable public var isEmpty: Bool { triangles.isEmpty }

  /// The three corners of a triangle, as doubles for sums.
  @inlinable @inline(__always) public func corners(
    _ triangle: Triangle
  ) -> (SIMD3<Double>, SIMD3<Double>, SIMD3<Double>) {
    (
      SIMD3<Double>(positions[Int(triangle.a)]), SIMD3<Double>(positions[Int(triangle.b)]),
      SIMD3<Double>(positions[Int(triangle.c)])
    )
  }

  /// The smallest box around all vertices; `nil` for a mesh without any.
  public var bounds: (min: SIMD3<Float>, max: SIMD3<Float>)? {
    guard var low = positions.first else { return nil }
    var high = low
    for position in positions {
      low = pointwiseMin(low, position)
      high = pointwiseMax(high, position)
    }
    return (low, high)
  }

  /// The mesh seen from its other side: every triangle wound the other way round.
  public func flipped() -> TriangleMesh {
    var mesh = self
    mesh.triangles = triangles.map(\.flipped)
    return mesh
  }
}
