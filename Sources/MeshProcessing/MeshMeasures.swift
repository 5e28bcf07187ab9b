internal import Volumes

extension TriangleMesh {
  /// The area of the surface, in square units: the sum over its triangles.
  public var surfaceArea: Double {
    Parallel.map(pieces) { piece in
      sum(piece) { SIMD4(length(normalVector(of: $0)) / 2, 0, 0, 0) }
    }.reduce(.zero, +).x
  }

  /// The volume enclosed by the mesh, in cubic units.
  ///
  /// Positive when triangles wind counter-clockwise seen from outside. Meaningful only for a
  /// watertight mesh. Sum of signed tetrahedra; Zhang & Chen 2001, doi:10.1109/ICIP.2001.958278.
  public var signedVolume: Double { solid.volume }

  /// The centre of mass of the solid that the mesh encloses; the mean corner of the triangles where it
  /// encloses none.
  public var centroid: SIMD3<Double> { solid.centroid }

  /// Volume and centre of mass of what the mesh encloses; see ``signedVolume`` and ``centroid``.
  var solid: (volume: Double, centroid: SIMD3<Double>) {
    guard let first = triangles.first else { return (0, .zero) }
    // Tetrahedra that reach far outside of the object would cancel with a loss of digits.
    let apex = corners(first).0
    let sums = Parallel.map(pieces) { piece in
      sum(piece) { triangle in
        let (a, b, c) = corners(triangle)
        let (p, q, r) = (a - apex, b - apex, c - apex)
        let tetrahedron = dot(p, cross(q, r)) / 6
        return SIMD4(tetrahedron * (p + q + r) / 4, tetrahedron)
      }
    }.reduce(.zero, +)
    let (moment, volume) = (SIMD3(sums.x, sums.y, sums.z), sums.w)
    let isSolid = abs(volume) > 1e-12 * abs(moment).max()
    return (volume, isSolid && volume != 0 ? apex + moment / volume : meanCorner)
  }

  /// The mean length of the edges of a closed mesh, in units; each edge counts once for every
  /// triangle that it has.
  public var meanEdgeLength: Double {
    guard !isEmpty else { return 0 }
    let sums = Parallel.map(pieces) { piece in
      sum(piece) { triangle in
        let (a, b, c) = corners(triangle)
        return SIMD4(length(b - a) + length(c - b) + length(a - c), 0, 0, 0)
      }
    }
    return sums.reduce(.zero, +).x / Double(3 * triangles.count)
  }

  private var meanCorner: SIMD3<Double> {
    let sum = self.sum(triangles.indices) { triangle in
      let (a, b, c) = corners(triangle)
      return SIMD4(a + b + c, 0)
    }
    return SIMD3(sum.x, sum.y, sum.z) / Double(3 * triangles.count)
  }

  /// Fixed pieces of the triangles for sums on all processors.
  var pieces: [Range<Int>] { Parallel.pieces(of: triangles.count, size: 1 << 15) }

  /// Four sums at once over some of the triangles.
  @inline(__always)
  func sum(_ piece: Range<Int>, _ terms: (Triangle) -> SIMD4<Double>) -> SIMD4<Double> {
    var sum = SIMD4<Double>.zero
    for index in piece { sum += terms(triangles[index]) }
    return sum
  }

  /// Normal of a triangle times twice its area, pointing outside.
  @inline(__always)
  package func normalVector(of triangle: Triangle) -> SIMD3<Double> {
    let (a, b, c) = corners(triangle)
    return cross(b - a, c - a)
  }

  /// The outward unit normal at every vertex, the mean of its triangles' weighted by area; zero
  /// where a vertex has no triangle.
  public func vertexNormals() -> [SIMD3<Double>] {
    var normals = [SIMD3<Double>](repeating: .zero, count: positions.count)
    for triangle in triangles {
      let normal = normalVector(of: triangle)
      normals[Int(triangle.a)] += normal
      normals[Int(triangle.b)] += normal
      normals[Int(triangle.c)] += normal
    }
    for vertex in normals.indices {
      let norm = length(normals[vertex])
      if norm > 0 { normals[vertex] /= norm }
    }
    return normals
  }
}

@inlinable package func dot(_ a: SIMD3<Double>, _ b: SIMD3<Double>) -> Double { (a * b).sum() }

@inlinable package func cross(_ a: SIMD3<Double>, _ b: SIMD3<Double>) -> SIMD3<Double> {
  SIMD3(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x)
}

@inlinable package func length(_ a: SIMD3<Double>) -> Double { dot(a, a).squareRoot() }

private func abs(_ a: SIMD3<Double>) -> SIMD3<Double> { a.replacing(with: -a, where: a .< 0) }
