internal import LibC
internal import MeshProcessing
internal import Volumes

extension TriangleMesh {
  /// Fewer do not see how a plane is inclined that is nearly parallel to a face of its voxels, more flatten
  /// a ball: on a plane the area is 0.5 % too large, on a ball of 8 voxels radius 0.5 % too small.
  private static let normalRounds = 16

  /// What the normals leave wrong of an area, as a part of it: the larger of the two figures above, doubled.
  private static let normalsError = 0.01

  /// The sine of how much a wall is inclined at its rim, at least: what is less is flat, and moves with its rim.
  private static let leastInclination = 0.5

  /// The area of the contact whose faces of voxels this is: each counts as its projection along the normal of the wall, the
  /// mean of the faces around it, which on a plane of any orientation adds up to the area of the plane.
  ///
  /// Two voxels touch over a face where both are inside, half a step on either side of the wall. At its rim that is too
  /// wide where the objects grow away from the wall, and too narrow where they shrink. What is wrong with it grows in
  /// proportion to the step, so that pairs of voxels *two* steps apart show how much it is:
  ///
  ///      area = 2 A(one step) - A(two steps)
  ///
  /// Coeurjolly, Flin, Teytaud & Tougne 2003, Lecture Notes in Computer Science 2616.
  ///
  /// - Parameters:
  ///   - twoStepArea: By axis, the area of pairs of voxels two steps apart, each half a face.
  ///   - spacing: Of the voxels.
  ///   - lattice: Of the same.
  ///   - isotropic: The variance of a volume by its count of voxels over its area; see
  ///     ``ReciprocalLattice/volumeVariancePerArea``.
  func contactArea(
    twoStepArea: SIMD3<Double>, spacing: SIMD3<Double>, _ lattice: ReciprocalLattice,
    isotropic: Double
  ) -> (area: Double, uncertainty: Double) {
    let normals = meanNormals(rounds: Self.normalRounds)
    var faces = SIMD3<Double>.zero
    var projected = SIMD3<Double>.zero
    for (triangle, normal) in zip(triangles, normals) {
      let face = normalVector(of: triangle) / 2
      faces += face.replacing(with: -face, where: face .< 0)
      projected += face * normal
    }
    // An axis that no face stands across has no share in the wall either.
    let shares = (projected / faces).replacing(with: 0, where: faces .== 0)
    let oneStep = projected.sum()
    let missing = ((faces - twoStepArea) * shares).sum()
    let rim = rimLength
    let limit = min(oneStep / 2, rim * spacing.max() / 2)
    let area = oneStep + max(-limit, min(missing, limit))
    // Of the difference of two areas that one layer each shows, the weights are 2 and -1.
    let sampling = (5 * isotropic * rim / spacing.min()).squareRoot()
    let place = rimPlace(area: area, rim: rim, lattice, isotropic: isotropic)
    return (area, hypot(sampling, hypot(place, Self.normalsError * area)))
  }

  /// What is not known of the area as the rim may lie higher or lower: where it is parallel to layers of voxels, anywhere
  /// between two of them.
  ///
  /// A band is as much wider than the rim is moved as the wall is inclined to the plane of the rim; by how much, is taken from a cap of a sphere.
  private func rimPlace(
    area: Double, rim: Double, _ lattice: ReciprocalLattice, isotropic: Double
  ) -> Double {
    let sum = triangles.reduce(SIMD3<Double>.zero) { $0 + normalVector(of: $1) / 2 }
    let disc = length(sum)
    guard rim > 0, disc > 0 else { return 0 }
    let radius = (disc / .pi).squareRoot()
    let variance = lattice.offsetVariance(
      ofDisc: radius, normal: sum / disc, isotropic: isotropic)
    let cosine = max(-1, min(2 * disc / area - 1, 1))
    let sine = max((1 - cosine * cosine).squareRoot(), Self.leastInclination)
    return 2 * .pi * radius * variance.squareRoot() / sine
  }

  /// For every triangle the unit normal of the surface around it: the mean over a neighbourhood that
  /// grows with every round.
  private func meanNormals(rounds: Int) -> [SIMD3<Double>] {
    var normals = triangles.map { normalVector(of: $0) }
    for _ in 0..<rounds {
      var sums = [SIMD3<Double>](repeating: .zero, count: positions.count)
      for (triangle, normal) in zip(triangles, normals) {
        sums[Int(triangle.a)] += normal
        sums[Int(triangle.b)] += normal
        sums[Int(triangle.c)] += normal
      }
      for (index, triangle) in triangles.enumerated() {
        let sum = sums[Int(triangle.a)] + sums[Int(triangle.b)] + sums[Int(triangle.c)]
        // Three corners of about six triangles each.
        normals[index] = sum / 18
      }
    }
    return normals.map { length($0) > 0 ? $0 / length($0) : .zero }
  }

  /// The length of the edges that have one triangle, in units.
  private var rimLength: Double {
    let fans = VertexFans(self)
    var sum = 0.0
    for vertex in 0..<fans.vertexCount {
      let fan = fans.fan(vertex)
      for i in fan.indices where fan.index(second: fan[i].first) == nil {
        let edge =
          SIMD3<Double>(positions[Int(fan[i].first)]) - SIMD3<Double>(positions[vertex])
        sum += length(edge)
      }
    }
    return sum
  }
}
