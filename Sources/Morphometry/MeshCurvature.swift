public import MeshProcessing

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The curvature of a mesh at its vertices and as a whole.
///
/// Mean curvature is H = (k1 + k2) / 2, in 1/unit, positive on a sphere; Gaussian curvature is
/// K = k1 k2, in 1/unit².
public struct MeshCurvature: Sendable {
  /// The scale at which it was measured, in units; see ``TriangleMesh/curvature(scale:)``.
  public let scale: Double
  /// Mean curvature around every vertex, at the chosen scale.
  public let mean: [Double]
  /// Gaussian curvature around every vertex, at the chosen scale.
  public let gaussian: [Double]
  /// The area that every vertex stands for.
  public let area: [Double]
  /// The integral of H over the surface, in units of length: 4 pi R for a sphere.
  public let meanIntegral: Double
  /// The integral of K over the surface: 2 pi times the Euler number for a closed mesh.
  public let gaussianIntegral: Double

  /// Area-weighted mean of H: its integral divided by the area.
  public var meanAverage: Double { meanIntegral / totalArea }
  /// Area-weighted mean of K: its integral divided by the area.
  public var gaussianAverage: Double { gaussianIntegral / totalArea }
  /// Area-weighted standard deviation of H over the surface.
  public var meanDeviation: Double { deviation(of: mean) }
  /// Area-weighted standard deviation of K over the surface.
  public var gaussianDeviation: Double { deviation(of: gaussian) }

  private var totalArea: Double { area.reduce(0, +) }

  private func deviation(of values: [Double]) -> Double {
    let total = totalArea
    let average = zip(values, area).reduce(0) { $0 + $1.0 * $1.1 } / total
    let square = zip(values, area).reduce(0) { $0 + ($1.0 - average) * ($1.0 - average) * $1.1 }
    return (square / total).squareRoot()
  }
}

extension TriangleMesh {
  /// The curvature of the mesh, averaged over a neighbourhood of a given size.
  ///
  /// Curvature is measured where a polyhedron has it: H on the edges (length times the angle between
  /// the two triangles), K at the vertices (the angle missing to a full turn, or to half a turn on an
  /// open border). These measures, which add up to the exact integrals, are spread over the
  /// neighbourhood together with the area, and divided by it. So the average over the surface is
  /// always the integral divided by the area, whatever the scale, and a badly shaped triangle cannot
  /// upset it. Cohen-Steiner & Morvan 2003, doi:10.1145/777792.777839.
  ///
  /// - Parameter scale: Standard deviation of the neighbourhood along the surface, in units. 0 gives
  ///   every vertex its own measure alone, which on a mesh from voxels is mostly noise.
  public func curvature(scale: Double) -> MeshCurvature {
    let fans = VertexFans(self)
    let normals = triangles.map { normalVector(of: $0) }
    var h = [Double](repeating: 0, count: positions.count)
    var k = h
    var area = h
    var squaredEdges = 0.0
    for vertex in positions.indices {
      let fan = fans[vertex]
      let here = SIMD3<Double>(positions[vertex])
      var angles = 0.0
      for corner in fan {
        let first = SIMD3<Double>(positions[Int(corner.first)]) - here
        let second = SIMD3<Double>(positions[Int(corner.second)]) - here
        let normal = normals[Int(corner.triangle)]
        angles += atan2(length(normal), dot(first, second))
        area[vertex] += length(normal) / 6
        squaredEdges += dot(first, first)
        // The edge to `first` has this triangle on its left; the other one has it as `second`.
        guard let right = fan.first(where: { $0.second == corner.first }) else { continue }
        h[vertex] += 0.25 * edgeCurvature(first, normal, normals[Int(right.triangle)])
      }
      let isInner = fan.allSatisfy { corner in fan.contains { $0.first == corner.second } }
      if !fan.isEmpty { k[vertex] = (isInner ? 2 : 1) * .pi - angles }
    }
    let meanIntegral = h.reduce(0, +)
    let gaussianIntegral = k.reduce(0, +)
    let meanSquaredEdge = squaredEdges / Double(max(1, fans.corners.count))
    let spreading = Spreading(fans, scale: scale, meanSquaredEdge: meanSquaredEdge)
    spreading.spread(&h, &k, &area)
    return MeshCurvature(
      scale: scale,
      mean: zip(h, area).map { $1 > 0 ? $0 / $1 : 0 },
      gaussian: zip(k, area).map { $1 > 0 ? $0 / $1 : 0 }, area: area,
      meanIntegral: meanIntegral, gaussianIntegral: gaussianIntegral)
  }

  /// The length of an edge times the angle between its triangles, positive where they are convex.
  @inline(__always)
  private func edgeCurvature(
    _ edge: SIMD3<Double>, _ left: SIMD3<Double>, _ right: SIMD3<Double>
  ) -> Double {
    let norm = length(edge)
    guard norm > 0 else { return 0 }
    let sine = dot(cross(left, right), edge) / norm
    return norm * atan2(sine, dot(left, right))
  }
}

/// Spreading of what vertices hold over their neighbourhood, with nothing lost or gained.
private struct Spreading {
  private let fans: VertexFans
  private let steps: Int

  /// In one step a vertex keeps half and gives the rest to its neighbours in equal parts: a random
  /// walk whose variance grows by half of the squared edge length.
  init(_ fans: VertexFans, scale: Double, meanSquaredEdge: Double) {
    self.fans = fans
    let wanted = scale * scale / (0.5 * meanSquaredEdge)
    steps = wanted.isFinite ? min(1000, Int(wanted.rounded())) : 0
  }

  func spread(_ h: inout [Double], _ k: inout [Double], _ area: inout [Double]) {
    guard steps > 0 else { return }
    var held = zip(zip(h, k), area).map { SIMD4<Double>($0.0, $0.1, $1, 0) }
    var given = held
    for _ in 0..<steps {
      for vertex in held.indices {
        let fan = fans[vertex]
        let share = fan.isEmpty ? 0 : 0.5 / Double(fan.count)
        given[vertex] = held[vertex] * share
        if !fan.isEmpty { held[vertex] *= 0.5 }
      }
      // What leaves a vertex along an edge arrives at its end, so the sum does not change.
      for vertex in held.indices {
        for corner in fans[vertex] { held[Int(corner.first)] += given[vertex] }
      }
    }
    for vertex in held.indices {
      h[vertex] = held[vertex].x
      k[vertex] = held[vertex].y
      area[vertex] = held[vertex].z
    }
  }
}
