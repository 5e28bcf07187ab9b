/// What a step of processing did to a mesh and to its measurements.
public struct MeshChange: Sendable, Hashable {
  public let trianglesBefore: Int
  public let triangles: Int
  /// The change of the surface area as a fraction of what it was: 0.01 for one per cent more.
  public let areaChange: Double
  /// The change of the enclosed volume as a fraction of what it was; means little unless watertight.
  public let volumeChange: Double
  /// How far the surface has moved.
  public let deviation: SurfaceDeviation
}

extension TriangleMesh {
  /// What made this mesh out of another one.
  /// - Parameter samples: See ``deviation(from:samples:)``.
  public func change(from original: TriangleMesh, samples: Int = 100_000) -> MeshChange {
    MeshChange(
      trianglesBefore: original.triangles.count, triangles: triangles.count,
      areaChange: surfaceArea / original.surfaceArea - 1,
      volumeChange: signedVolume / original.signedVolume - 1,
      deviation: deviation(from: original, samples: samples))
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

  /// The largest distance between two points of the mesh, in units (the largest Feret diameter); 0 for
  /// an empty mesh.
  ///
  /// Exact. Vertices are taken from the outermost inwards, until two together reach no farther than
  /// the best pair: quick for what is long, quadratic in the number of vertices for a sphere.
  public var longestExtent: Double {
    guard let bounds else { return 0 }
    let center = SIMD3<Double>(bounds.min + bounds.max) / 2
    var vertices = ConnectedParts(self).ofVertex.enumerated().compactMap { vertex, part in
      part == .max ? nil : SIMD3<Double>(positions[vertex]) - center
    }
    vertices.sort { dot($0, $0) > dot($1, $1) }
    let radii = vertices.map { length($0) }
    var longest = 0.0
    for (index, vertex) in vertices.enumerated() {
      guard 2 * radii[index] > longest else { break }
      for other in index + 1..<max(index + 1, vertices.count) {
        guard radii[index] + radii[other] > longest else { break }
        longest = max(longest, length(vertex - vertices[other]))
      }
    }
    return longest
  }
}
