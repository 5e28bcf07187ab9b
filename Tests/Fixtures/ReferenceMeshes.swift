public import MeshProcessing

extension TriangleMesh {
  /// A sphere of subdivided icosahedron triangles, all vertices on the sphere.
  public static func icosphere(
    radius: Double, subdivisions: Int, center: SIMD3<Double> = .zero
  ) -> TriangleMesh {
    var mesh = icosahedron
    for _ in 0..<subdivisions { mesh = mesh.subdivided() }
    return mesh.mapPositions { position in
      center + position * (radius / (position * position).sum().squareRoot())
    }
  }

  /// A torus around the z axis, of `around` by `along` quadrilaterals.
  public static func torus(
    majorRadius: Double, minorRadius: Double, around: Int, along: Int
  ) -> TriangleMesh {
    var positions: [SIMD3<Double>] = []
    for i in 0..<around {
      let u = 2 * Double.pi * Double(i) / Double(around)
      for j in 0..<along {
        let v = 2 * Double.pi * Double(j) / Double(along)
        let distance = majorRadius + minorRadius * cosine(v)
        positions.append(
          SIMD3(distance * cosine(u), distance * sine(u), minorRadius * sine(v)))
      }
    }
    func index(_ i: Int, _ j: Int) -> UInt32 { UInt32(i % around * along + j % along) }
    var triangles: [Triangle] = []
    for i in 0..<around {
      for j in 0..<along {
        let (a, b) = (index(i, j), index(i + 1, j))
        let (c, d) = (index(i + 1, j + 1), index(i, j + 1))
        triangles += [Triangle(a, b, c), Triangle(a, c, d)]
      }
    }
    return TriangleMesh(positions: positions.map { SIMD3<Float>($0) }, triangles: triangles)
  }

  /// A sheet of columns by rows squares, each of two triangles, with the grid point i, j at `place(i, j)`.
  ///
  /// - Parameter isThere: Whether a square is part of the sheet.
  public static func sheet(
    columns: Int, rows: Int, at place: (Double, Double) -> SIMD3<Double> = { SIMD3($0, $1, 0) },
    where isThere: (Int, Int) -> Bool = { _, _ in true }
  ) -> TriangleMesh {
    var positions: [SIMD3<Float>] = []
    var triangles: [Triangle] = []
    for j in 0...rows {
      for i in 0...columns {
        positions.append(SIMD3<Float>(place(Double(i), Double(j))))
        guard i < columns && j < rows && isThere(i, j) else { continue }
        let (here, above) = (UInt32(positions.count - 1), UInt32(positions.count + columns))
        triangles += [
          Triangle(here, here + 1, above), Triangle(here + 1, above + 1, above),
        ]
      }
    }
    return TriangleMesh(positions: positions, triangles: triangles)
  }

  /// The upper half of a sphere around the origin: a quarter of an octahedron's subdivided triangles a side, with the
  /// rim in the plane z = 0.
  public static func hemisphere(radius: Double, subdivisions: Int) -> TriangleMesh {
    var mesh = TriangleMesh(
      positions: [[1, 0, 0], [0, 1, 0], [-1, 0, 0], [0, -1, 0], [0, 0, 1]],
      triangles: [Triangle(0, 1, 4), Triangle(1, 2, 4), Triangle(2, 3, 4), Triangle(3, 0, 4)])
    for _ in 0..<subdivisions { mesh = mesh.subdivided() }
    return mesh.mapPositions { $0 * (radius / ($0 * $0).sum().squareRoot()) }
  }

  /// A box from the origin, of 12 triangles.
  public static func box(_ size: SIMD3<Double>) -> TriangleMesh {
    let corners = (0..<8).map { corner -> SIMD3<Float> in
      SIMD3<Float>(
        SIMD3(
          corner & 1 == 0 ? 0 : size.x, corner & 2 == 0 ? 0 : size.y,
          corner & 4 == 0 ? 0 : size.z))
    }
    let quads: [[UInt32]] = [
      [0, 2, 3, 1], [4, 5, 7, 6], [0, 1, 5, 4], [2, 6, 7, 3], [0, 4, 6, 2], [1, 3, 7, 5],
    ]
    return TriangleMesh(
      positions: corners,
      triangles: quads.flatMap { [Triangle($0[0], $0[1], $0[2]), Triangle($0[0], $0[2], $0[3])] })
  }

  /// The mesh with every vertex moved.
  public func mapPositions(_ move: (SIMD3<Double>) -> SIMD3<Double>) -> TriangleMesh {
    TriangleMesh(
      positions: positions.map { SIMD3<Float>(move(SIMD3<Double>($0))) }, triangles: triangles)
  }

  /// Two meshes in one.
  public func joined(with other: TriangleMesh) -> TriangleMesh {
    let offset = UInt32(positions.count)
    return TriangleMesh(
      positions: positions + other.positions,
      triangles: triangles
        + other.triangles.map { Triangle($0.a + offset, $0.b + offset, $0.c + offset) })
  }

  private static var icosahedron: TriangleMesh {
    let t = Float((1 + 5.0.squareRoot()) / 2)
    let positions: [SIMD3<Float>] = [
      [-1, t, 0], [1, t, 0], [-1, -t, 0], [1, -t, 0], [0, -1, t], [0, 1, t], [0, -1, -t],
      [0, 1, -t], [t, 0, -1], [t, 0, 1], [-t, 0, -1], [-t, 0, 1],
    ]
    let faces: [[UInt32]] = [
      [0, 11, 5], [0, 5, 1], [0, 1, 7], [0, 7, 10], [0, 10, 11], [1, 5, 9], [5, 11, 4],
      [11, 10, 2], [10, 7, 6], [7, 1, 8], [3, 9, 4], [3, 4, 2], [3, 2, 6], [3, 6, 8], [3, 8, 9],
      [4, 9, 5], [2, 4, 11], [6, 2, 10], [8, 6, 7], [9, 8, 1],
    ]
    return TriangleMesh(
      positions: positions, triangles: faces.map { Triangle($0[0], $0[1], $0[2]) })
  }
}
