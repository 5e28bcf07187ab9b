extension TriangleMesh {
  /// The area of the surface, in square units: the sum over its triangles.
  public var surfaceArea: Double {
    triangles.reduce(0) { $0 + length(normalVector(of: $1)) / 2 }
  }

  /// The volume enclosed by the mesh, in cubic units.
  ///
  /// Positive when triangles wind counter-clockwise seen from outside. Meaningful only for a
  /// watertight mesh. Sum of signed tetrahedra; Zhang & Chen 2001, doi:10.1109/ICIP.2001.958278.
  public var signedVolume: Double {
    // Tetrahedra that reach far outside of the object would cancel with a loss of digits.
    let apex = reference
    return triangles.reduce(0) {
      let (a, b, c) = corners($1)
      return $0 + dot(a - apex, cross(b - apex, c - apex)) / 6
    }
  }

  /// The centre of mass of the solid that the mesh encloses; the mean vertex where it encloses none.
  public var centroid: SIMD3<Double> {
    let apex = reference
    var moment = SIMD3<Double>.zero
    var volume = 0.0
    for triangle in triangles {
      let (a, b, c) = corners(triangle)
      let tetrahedron = dot(a - apex, cross(b - apex, c - apex)) / 6
      let center: SIMD3<Double> = (a + b + c - 3 * apex) / 4
      moment += tetrahedron * center
      volume += tetrahedron
    }
    let isSolid = abs(volume) > 1e-12 * abs(moment).max()
    return isSolid && volume != 0 ? apex + moment / volume : apex
  }

  /// The mean length of the edges of a closed mesh, in units; each edge counts once for every
  /// triangle that it has.
  public var meanEdgeLength: Double {
    guard !isEmpty else { return 0 }
    let sum = triangles.reduce(0.0) { sum, triangle in
      let (a, b, c) = corners(triangle)
      return sum + length(b - a) + length(c - b) + length(a - c)
    }
    return sum / Double(3 * triangles.count)
  }

  /// A point among the vertices, about which sums lose no digits.
  private var reference: SIMD3<Double> {
    guard !positions.isEmpty else { return .zero }
    return positions.reduce(SIMD3<Double>.zero) { $0 + SIMD3<Double>($1) } / Double(positions.count)
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
