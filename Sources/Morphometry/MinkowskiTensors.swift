internal import LibC
public import MeshProcessing

/// The Minkowski tensors of rank two of a solid, relative to its centre of mass.
///
/// Normalised as W0 = V, W1 = A/3, W2 = M/3 with the integral M of H; tensors of the surface
/// without the third are three times as large. Schröder-Turk et al. 2013,
/// doi:10.1088/1367-2630/15/8/083028.
public struct MinkowskiTensors: Sendable, Hashable {
  /// W0²⁰: integral of x ⊗ x over the solid, in units to the fifth.
  public let volumePositions: SymmetricTensor
  /// W1²⁰: a third of the integral of x ⊗ x over the surface, in units to the fourth.
  public let areaPositions: SymmetricTensor
  /// W2²⁰: a third of the integral of H x ⊗ x over the surface, in cubic units.
  public let curvaturePositions: SymmetricTensor
  /// W1⁰²: a third of the integral of n ⊗ n over the surface, in square units.
  public let areaNormals: SymmetricTensor
  /// W2⁰²: a third of the integral of H n ⊗ n over the surface, in units.
  public let curvatureNormals: SymmetricTensor
}

extension SymmetricTensor {
  /// The smallest over the largest eigenvalue by magnitude: 1 where no direction stands out.
  ///
  /// The anisotropy index beta; Schröder-Turk et al. 2013, doi:10.1088/1367-2630/15/8/083028.
  public var anisotropy: Double {
    let values = eigensystem().values
    let sizes = SIMD3(abs(values.x), abs(values.y), abs(values.z))
    return sizes.min() / sizes.max()
  }
}

extension TriangleMesh {
  /// The Minkowski tensors of the solid that the mesh encloses, exactly: curvature sits on the
  /// edges.
  ///
  /// An edge is taken for a thin cylinder, over which the normal turns from one triangle to the
  /// next. Meaningful for a watertight mesh only. On a staircase of voxels the tensors of normals are those of the
  /// steps, at any resolution.
  public func minkowskiTensors() -> MinkowskiTensors {
    minkowskiTensors(solidMoments(), VertexFans(self))
  }

  /// As ``minkowskiTensors()`` when the moments and fans are there already.
  func minkowskiTensors(_ moments: SolidMoments, _ fans: VertexFans) -> MinkowskiTensors {
    let origin = moments.centroid
    var (areaPositions, areaNormals) = (SymmetricTensor.zero, SymmetricTensor.zero)
    var (edgePositions, edgeNormals) = (SymmetricTensor.zero, SymmetricTensor.zero)
    var normals: [SIMD3<Double>] = []
    for triangle in triangles {
      let (a, b, c) = corners(triangle)
      let (p, q, r) = (a - origin, b - origin, c - origin)
      let normal = cross(q - p, r - p)
      let norm = length(normal)
      normals.append(norm > 0 ? normal / norm : .zero)
      areaPositions +=
        (norm / 24) * (.square(p) + .square(q) + .square(r) + .square(p + q + r))
      areaNormals += (norm / 2) * .square(normals[normals.count - 1])
    }
    for vertex in positions.indices {
      let fan = fans.fan(vertex)
      for i in fan.indices where fan[i].first > vertex {
        guard let right = fan.index(second: fan[i].first) else { continue }
        let p = SIMD3<Double>(positions[vertex]) - origin
        let q = SIMD3<Double>(positions[Int(fan[i].first)]) - origin
        let edge = EdgeMeasure(
          p, q, normals[Int(fan[i].triangle)], normals[Int(fan[right].triangle)])
        edgePositions += edge.positions
        edgeNormals += edge.normals
      }
    }
    return MinkowskiTensors(
      volumePositions: moments.volume * moments.covariance,
      areaPositions: (1.0 / 3) * areaPositions, curvaturePositions: (1.0 / 3) * edgePositions,
      areaNormals: (1.0 / 3) * areaNormals, curvatureNormals: (1.0 / 3) * edgeNormals)
  }
}

/// The integrals over an edge that is rounded off by a cylinder, in the limit of a thin one.
private struct EdgeMeasure {
  /// Of H x ⊗ x.
  var positions = SymmetricTensor.zero
  /// Of H n ⊗ n.
  var normals = SymmetricTensor.zero

  init(_ p: SIMD3<Double>, _ q: SIMD3<Double>, _ left: SIMD3<Double>, _ right: SIMD3<Double>) {
    let edge = q - p
    let norm = length(edge)
    guard norm > 0 else { return }
    let turn = angle(sine: dot(cross(left, right), edge) / norm, cosine: dot(left, right))
    let halfMeasure = norm * turn / 2
    positions = (halfMeasure / 6) * (.square(p) + .square(q) + .square(p + q))
    let middle = left + right
    let middleNorm = length(middle)
    guard middleNorm > 0 else { return }
    let across = cross(edge / norm, middle / middleNorm)
    normals =
      (norm * (turn + sin(turn)) / 4) * .square(middle / middleNorm)
      + (norm * (turn - sin(turn)) / 4) * .square(across)
  }
}
