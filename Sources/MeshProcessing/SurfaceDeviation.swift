internal import Volumes

/// How far two surfaces lie apart, both ways, in units of the mesh.
///
/// From every point of either surface to the nearest point of the other one, not to its nearest
/// vertex. The mean and the root mean square are those of the two directions taken together with
/// equal weight; Cignoni, Rocchini & Scopigno 1998, doi:10.1111/1467-8659.00236.
public struct SurfaceDeviation: Sendable, Hashable {
  public let mean: Double
  public let rootMeanSquare: Double
  /// The largest distance of either direction (Hausdorff), as far as the samples show it: the true one
  /// is a little larger.
  public let hausdorff: Double
}

extension TriangleMesh {
  /// How far this surface lies from another one.
  ///
  /// Distances are taken from points spread evenly over the area of each of the two, and from their
  /// vertices. The same meshes give the same figures. Infinite where one of the two has no area.
  ///
  /// - Parameter samples: How many points on each surface, and at most how many vertices.
  public func deviation(
    from reference: TriangleMesh, samples: Int = 100_000
  ) -> SurfaceDeviation {
    guard surfaceArea > 0, reference.surfaceArea > 0 else {
      let distance = isEmpty && reference.isEmpty ? 0 : Double.infinity
      return SurfaceDeviation(mean: distance, rootMeanSquare: distance, hausdorff: distance)
    }
    let forth = distances(to: TriangleTree(reference), samples: samples)
    let back = reference.distances(to: TriangleTree(self), samples: samples)
    return SurfaceDeviation(
      mean: (forth.mean + back.mean) / 2,
      rootMeanSquare: ((forth.meanSquare + back.meanSquare) / 2).squareRoot(),
      hausdorff: max(forth.largest, back.largest))
  }

  private func distances(
    to tree: TriangleTree, samples: Int
  ) -> (mean: Double, meanSquare: Double, largest: Double) {
    let onSurface = DistanceSums(of: evenlySpread(samples), to: tree)
    let used = verticesInUse(atMost: samples)
    let atVertices = DistanceSums(of: used.map { SIMD3<Double>(positions[$0]) }, to: tree)
    let count = Double(onSurface.count)
    return (
      onSurface.sum / count, onSurface.sumOfSquares / count,
      max(onSurface.largestSquare, atVertices.largestSquare).squareRoot()
    )
  }

  /// Points at equal steps of area along the list of triangles, within a triangle by a sequence that
  /// leaves no gaps (Roberts' R2, of the plastic number).
  private func evenlySpread(_ count: Int) -> [SIMD3<Double>] {
    let step = surfaceArea / Double(count)
    var points: [SIMD3<Double>] = []
    points.reserveCapacity(count)
    var area = -step / 2
    for triangle in triangles {
      area += length(normalVector(of: triangle)) / 2
      while area > 0 && points.count < count {
        area -= step
        points.append(point(of: triangle, number: points.count))
      }
    }
    return points
  }

  private func point(of triangle: Triangle, number: Int) -> SIMD3<Double> {
    let (a, b, c) = corners(triangle)
    var (u, v) = (Double(number) * 0.7548776662466927, Double(number) * 0.5698402909980532)
    (u, v) = (u - u.rounded(.down), v - v.rounded(.down))
    if u + v > 1 { (u, v) = (1 - u, 1 - v) }
    return a + (b - a) * u + (c - a) * v
  }

  /// The vertices of triangles, or evenly chosen ones when there are more than wanted.
  private func verticesInUse(atMost count: Int) -> [Int] {
    var isUsed = [Bool](repeating: false, count: positions.count)
    for triangle in triangles {
      isUsed[Int(triangle.a)] = true
      isUsed[Int(triangle.b)] = true
      isUsed[Int(triangle.c)] = true
    }
    let used = positions.indices.filter { isUsed[$0] }
    let step = max(1, (used.count + count - 1) / max(count, 1))
    return stride(from: 0, to: used.count, by: step).map { used[$0] }
  }
}

/// Sums of the distances of many points from a surface.
private struct DistanceSums: Sendable {
  var count = 0
  var sum = 0.0
  var sumOfSquares = 0.0
  var largestSquare = 0.0

  init(of points: [SIMD3<Double>], to tree: TriangleTree) {
    // Along the curve the next point is near: so is what it is nearest to, and it is in the caches.
    let sorted = points.lazy.map { SIMD3<Float>($0) }.mortonOrder().map { points[$0] }
    let pieces = Parallel.pieces(of: sorted.count, size: 4096)
    for piece in Parallel.map(pieces, { Self(of: sorted[$0], nearestIn: tree) }) {
      count += piece.count
      sum += piece.sum
      sumOfSquares += piece.sumOfSquares
      largestSquare = max(largestSquare, piece.largestSquare)
    }
  }

  private init(of points: ArraySlice<SIMD3<Double>>, nearestIn tree: TriangleTree) {
    var nearest = 0
    for point in points {
      let found = tree.nearest(to: point, guess: nearest)
      nearest = found.triangle
      count += 1
      sum += found.squaredDistance.squareRoot()
      sumOfSquares += found.squaredDistance
      largestSquare = max(largestSquare, found.squaredDistance)
    }
  }
}
