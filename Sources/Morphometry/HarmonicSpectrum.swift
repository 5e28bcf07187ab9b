internal import LibC
public import MeshProcessing

/// How much of each spherical harmonic degree there is in the distance of a surface from the centroid of its solid.
///
/// Degree 2 is elongation and flatness, 3 a pear or a triangle, higher ones lobes and bumps of 180 degrees / l. The
/// coefficients c fit the vertices best, each weighted by its solid angle; the sums of their squares do not depend on how the
/// object is turned. Kazhdan, Funkhouser & Rusinkiewicz 2003, Rotation invariant spherical harmonic representation of 3D shape
/// descriptors.
///
/// Only for surfaces that are seen whole from their centroid. Noise and staircase are bumps, too.
public struct HarmonicSpectrum: Sendable, Hashable {
  public static let largestDegree = 8

  /// For the degrees 0 to 8 the sum of the squared coefficients over that of degree 0, whose own is 1.
  public let power: [Double]
  /// The root mean square distance, over directions, of the surface from that of degrees 0 to 8, in units.
  public let residual: Double

  /// The part of all directions that may see the surface from behind, as a sliver does.
  private static let tolerance = 1e-4
  private static let basis = SphericalHarmonics(degree: largestDegree)

  /// `nil` for a surface that is not closed, not seen whole from its centroid, or has less than twice as many vertices as
  /// there are coefficients.
  public init?(_ mesh: TriangleMesh, _ surface: MeshMeasurements) {
    guard surface.topology.genus == 0, surface.topology.componentCount == 1,
      mesh.positions.count >= 2 * Self.basis.count,
      let rays = Rays(mesh, from: surface.centroid, tolerance: Self.tolerance)
    else { return nil }
    let coefficients = rays.fit(Self.basis)
    power = (0...Self.largestDegree).map { l in
      let squares = coefficients[l * l..<(l + 1) * (l + 1)].reduce(0) { $0 + $1 * $1 }
      return squares / (coefficients[0] * coefficients[0])
    }
    residual = rays.residual(of: coefficients, Self.basis)
  }
}

/// The vertices of a surface as seen from a point.
private struct Rays {
  private(set) var directions: [SIMD3<Double>] = []
  private(set) var lengths: [Double] = []
  /// The solid angle that each one stands for: a third of those of its triangles.
  private(set) var solidAngles: [Double]

  /// `nil` where more than a part of all directions sees the surface from behind.
  init?(_ mesh: TriangleMesh, from center: SIMD3<Double>, tolerance: Double) {
    solidAngles = [Double](repeating: 0, count: mesh.positions.count)
    for position in mesh.positions {
      let way = SIMD3<Double>(position) - center
      lengths.append(length(way))
      directions.append(way / length(way))
    }
    var behind = 0.0
    for triangle in mesh.triangles {
      let corners = [triangle.a, triangle.b, triangle.c].map { Int($0) }
      let angle = solidAngle(
        directions[corners[0]], directions[corners[1]], directions[corners[2]])
      if !(angle >= 0) { behind += abs(angle) }
      for corner in corners { solidAngles[corner] += angle / 3 }
    }
    guard behind <= tolerance * 4 * .pi else { return nil }
  }

  /// The coefficients of least squares, by conjugate gradients: the equations are nearly those of the unit matrix.
  ///
  /// Hestenes & Stiefel 1952, doi:10.6028/jres.049.044.
  func fit(_ basis: SphericalHarmonics) -> [Double] {
    var coefficients = [Double](repeating: 0, count: basis.count)
    var rest = projected(lengths, basis)
    var direction = rest
    var square = dot(rest, rest)
    let target = 1e-24 * square
    for _ in 0..<4 * basis.count where square > target {
      let image = normal(direction, basis)
      let step = square / dot(direction, image)
      for i in rest.indices {
        coefficients[i] += step * direction[i]
        rest[i] -= step * image[i]
      }
      let next = dot(rest, rest)
      for i in rest.indices { direction[i] = rest[i] + next / square * direction[i] }
      square = next
    }
    return coefficients
  }

  func residual(of coefficients: [Double], _ basis: SphericalHarmonics) -> Double {
    var (sum, weight) = (0.0, 0.0)
    forEachRay(basis) { ray, values in
      let difference = lengths[ray] - dot(values, coefficients)
      sum += solidAngles[ray] * difference * difference
      weight += solidAngles[ray]
    }
    return (sum / weight).squareRoot()
  }

  /// The sum over rays of solid angle, value and harmonics.
  private func projected(_ samples: [Double], _ basis: SphericalHarmonics) -> [Double] {
    var sums = [Double](repeating: 0, count: basis.count)
    forEachRay(basis) { ray, values in
      let weight = solidAngles[ray] * samples[ray]
      for i in sums.indices { sums[i] += weight * values[i] }
    }
    return sums
  }

  /// The matrix of the normal equations times a vector.
  private func normal(_ vector: [Double], _ basis: SphericalHarmonics) -> [Double] {
    var sums = [Double](repeating: 0, count: basis.count)
    forEachRay(basis) { ray, values in
      let weight = solidAngles[ray] * dot(values, vector)
      for i in sums.indices { sums[i] += weight * values[i] }
    }
    return sums
  }

  private func forEachRay(_ basis: SphericalHarmonics, _ body: (Int, [Double]) -> Void) {
    var values = [Double](repeating: 0, count: basis.count)
    for ray in directions.indices {
      basis.evaluate(at: directions[ray], into: &values)
      body(ray, values)
    }
  }
}

private func dot(_ a: [Double], _ b: [Double]) -> Double {
  var sum = 0.0
  for i in a.indices { sum += a[i] * b[i] }
  return sum
}

/// The solid angle of a triangle of unit vectors, positive where they turn counter-clockwise seen from outside.
///
/// van Oosterom & Strackee 1983, doi:10.1109/TBME.1983.325207.
private func solidAngle(
  _ a: SIMD3<Double>, _ b: SIMD3<Double>, _ c: SIMD3<Double>
) -> Double {
  2 * atan2(dot(a, cross(b, c)), 1 + dot(a, b) + dot(b, c) + dot(c, a))
}
