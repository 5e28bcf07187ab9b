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
  public private(set) var scale: Double
  /// Mean curvature around every vertex, at the chosen scale.
  public private(set) var mean: [Double]
  /// Gaussian curvature around every vertex, at the chosen scale.
  public private(set) var gaussian: [Double]
  /// The area that every vertex stands for.
  public let area: [Double]
  /// The integral of H over the surface, in units of length: 4 pi R for a sphere.
  public let meanIntegral: Double
  /// The integral of K over the surface: 2 pi times the Euler number for a closed mesh.
  public let gaussianIntegral: Double

  private let totalArea: Double

  /// Area-weighted mean of H: its integral divided by the area.
  public var meanAverage: Double { meanIntegral / totalArea }
  /// Area-weighted mean of K: its integral divided by the area.
  public var gaussianAverage: Double { gaussianIntegral / totalArea }
  /// Area-weighted standard deviation of H over the surface.
  public var meanDeviation: Double { AreaWeighted(mean, areas: area).deviation }
  /// Area-weighted standard deviation of K over the surface.
  public var gaussianDeviation: Double { AreaWeighted(gaussian, areas: area).deviation }

  /// The principal curvatures around every vertex, the larger one first, in 1/unit.
  ///
  /// Where H² is less than K, as noise makes it, both are H.
  public var principal: [SIMD2<Double>] {
    zip(mean, gaussian).map { mean, gaussian in
      let root = max(mean * mean - gaussian, 0).squareRoot()
      return SIMD2(mean + root, mean - root)
    }
  }

  /// - Parameters:
  ///   - held: H, K and area of every vertex, spread over the neighbourhood.
  ///   - integrals: Their sums before that.
  ///   - known: Area and integral of H where they are known better.
  fileprivate init(
    scale: Double, held: [SIMD4<Float>], integrals: SIMD4<Double>, known: SurfaceIntegrals?
  ) {
    self.scale = scale
    mean = held.map { $0.z > 0 ? Double($0.x / $0.z) : 0 }
    gaussian = held.map { $0.z > 0 ? Double($0.y / $0.z) : 0 }
    area = held.map { Double($0.z) }
    meanIntegral = known?.meanCurvature ?? integrals.x
    gaussianIntegral = integrals.y
    totalArea = known?.area ?? integrals.z
  }

  /// Takes H and K of every vertex from the field that the surface is a level set of, where it has them. The
  /// integrals stay.
  mutating func read(from field: FieldCurvature) {
    scale = field.scale
    for vertex in mean.indices where !field.mean[vertex].isNaN {
      mean[vertex] = field.mean[vertex]
      gaussian[vertex] = field.gaussian[vertex]
    }
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
    curvature(scale: scale, integrals: nil, VertexFans(self))
  }

  /// As ``curvature(scale:)`` when the fans of the mesh are there already.
  func curvature(
    scale: Double, integrals: SurfaceIntegrals?, _ fans: VertexFans
  ) -> MeshCurvature {
    let normals = triangles.map { normalVector(of: $0) }
    let doubleAreas = normals.map { length($0) }
    // H, K and area of every vertex.
    var held = [SIMD4<Double>](repeating: .zero, count: positions.count)
    var squaredEdges = 0.0
    for vertex in positions.indices {
      let fan = fans.fan(vertex)
      let here = SIMD3<Double>(positions[vertex])
      var angles = AngleSum()
      for i in fan.indices {
        let corner = fan[i]
        let first = SIMD3<Double>(positions[Int(corner.first)]) - here
        let second = SIMD3<Double>(positions[Int(corner.second)]) - here
        let doubleArea = doubleAreas[Int(corner.triangle)]
        angles.add(sine: doubleArea, cosine: dot(first, second))
        held[vertex].z += doubleArea / 6
        squaredEdges += dot(first, first)
        // The edge to `first` has this triangle on its left; the other one has it as `second`. Each
        // end of the edge gets half.
        guard corner.first > vertex, let right = fan.index(second: corner.first)
        else { continue }
        let share =
          edgeCurvature(
            first, normals[Int(corner.triangle)], normals[Int(fan[right].triangle)]) / 4
        held[vertex].x += share
        held[Int(corner.first)].x += share
      }
      if !fan.isEmpty { held[vertex].y = (fan.isClosed ? 2 : 1) * .pi - angles.value }
    }
    let meanSquaredEdge = squaredEdges / Double(max(1, fans.corners.count))
    // Single precision is plenty for what is averaged, and the integrals are not taken from it.
    var spread = held.map { SIMD4<Float>($0) }
    spread.spread(over: scale, fans, meanSquaredEdge: meanSquaredEdge)
    return MeshCurvature(
      scale: scale, held: spread, integrals: held.reduce(.zero, +), known: integrals)
  }

  /// The integral of H over the surface, in units: half the sum of edge length times angle, positive where
  /// convex. Cohen-Steiner & Morvan 2003, doi:10.1145/777792.777839.
  func meanCurvatureIntegral(_ fans: VertexFans) -> Double {
    let normals = triangles.map { normalVector(of: $0) }
    var sum = 0.0
    for vertex in positions.indices {
      let fan = fans.fan(vertex)
      let here = SIMD3<Double>(positions[vertex])
      for i in fan.indices where fan[i].first > vertex {
        guard let right = fan.index(second: fan[i].first) else { continue }
        let edge = SIMD3<Double>(positions[Int(fan[i].first)]) - here
        sum += edgeCurvature(
          edge, normals[Int(fan[i].triangle)], normals[Int(fan[right].triangle)])
      }
    }
    return sum / 2
  }

  /// The length of an edge times the angle between its triangles, positive where they are convex.
  @inline(__always)
  private func edgeCurvature(
    _ edge: SIMD3<Double>, _ left: SIMD3<Double>, _ right: SIMD3<Double>
  ) -> Double {
    let norm = length(edge)
    guard norm > 0 else { return 0 }
    return norm * angle(sine: dot(cross(left, right), edge) / norm, cosine: dot(left, right))
  }
}
