internal import LibC
package import Volumes

/// What the picture of an object leaves of the image, explained by an uneven stain, by a surface that lies elsewhere, and
/// by noise:
///
///      image - fit  =  contrast · (picture · stain + |∇ picture| · displacement) + noise
///
/// Stain and displacement are taken for Gaussian random fields with the covariance exp(-d² / (2 length²)), so that the
/// stain at the surface follows from that farther inside, as far as the length reaches, and from how the edge rises
/// (kriging; Matheron 1963, doi:10.2113/gsecongeo.58.8.1246). Without the displacement, a surface that has sunk into a
/// weak patch would be evidence for a stain that is even there. It is the same along a normal of the surface: one that
/// was not could look like a stain. The mean of the stain is as unknown as its contrast (ordinary kriging). Where
/// little is seen, little is found.
package struct StainModel {
  private let stain: StainField
  private let displacement: StainField
  private let evidence: [StainEvidence]

  /// Voxels with a smaller part of the contrast tell nothing.
  private static let faintest: Float = 0.02
  /// The standard deviation of the displacement, in widths of the blur, and its length: what is finer is not seen.
  private static let displacementDeviation = 0.5
  /// The variance of the mean stain over that of the stain: so much that it is taken as it is seen.
  private static let meanVariance = 10.0
  /// The least that is left of the contrast: what is stained more weakly is not seen.
  private static let weakest = 0.2

  package init(
    _ variation: StainVariation, of view: ObjectScene.View, in scene: ObjectScene, noise: ImageNoise
  ) {
    let picture = view.picture
    let stain = StainField(
      around: picture, above: Self.faintest, deviation: variation.deviation,
      length: variation.length, common: Self.meanVariance)
    let displacement = StainField(
      around: picture, above: Self.faintest,
      deviation: Self.displacementDeviation * scene.blurWidth, length: scene.blurWidth)
    (self.stain, self.displacement) = (stain, displacement)
    evidence = picture.voxels.indices.compactMap { voxel in
      guard scene.region.isOwn[voxel], picture.voxels[voxel] > Self.faintest else { return nil }
      return StainEvidence(
        voxel, of: view, in: scene, noise: noise, stain: stain, displacement: displacement)
    }
  }

  /// The contrast beside every voxel over that of the object as a whole; 1 where nothing is seen.
  /// - Parameter weights: How much every voxel tells. What it was for a similar picture is where the search
  ///   begins; zeros without one.
  package func localContrast(
    on picture: Volume<Float>, weights: inout Volume<Float>
  ) throws(VolumeError) -> Volume<Float> {
    let places = picture.voxels.indices.filter { picture.voxels[$0] > Self.faintest }
    let found = try stain.values(
      of: expectedStain(&weights), at: places.map(picture.grid.index))
    var contrast = try Volume<Float>(grid: picture.grid)
    var target = contrast.mutableVoxels
    for voxel in target.indices { target[voxel] = 1 }
    for (voxel, stain) in zip(places, found) {
      target[voxel] = Float(max(1 + stain, Self.weakest))
    }
    return contrast
  }

  /// Of every cell.
  private func expectedStain(_ weights: inout Volume<Float>) throws(VolumeError) -> [Float] {
    let found = try solution(
      for: evidence.map(\.left), from: evidence.map { weights.voxels[$0.voxel] },
      tolerance: Self.tolerance)
    var target = weights.mutableVoxels
    for (seen, weight) in zip(evidence, found) { target[seen.voxel] = weight }
    return try stain.applied(to: sums(of: found, in: stain) { ($0.place, $0.stain) })
  }

  /// The standard deviation of a weighted sum of the stain that is left when the local contrast is taken out.
  /// - Parameter weights: Of every voxel of the object's box.
  package func remainingDeviation(of weights: Volume<Float>) throws(VolumeError) -> Double {
    var sums = [Float](repeating: 0, count: stain.cells.voxelCount)
    for voxel in weights.voxels.indices where weights.voxels[voxel] != 0 {
      if let cell = stain.cell(of: weights.grid.index(of: voxel)) {
        sums[cell] += weights.voxels[voxel]
      }
    }
    let spread = try stain.applied(to: sums)
    let seen = evidence.map { $0.stain * spread[$0.place] }
    let none = [Float](repeating: 0, count: seen.count)
    let known = dot(
      seen, try solution(for: seen, from: none, tolerance: Self.varianceTolerance))
    return max(dot(sums, spread) - known, 0).squareRoot()
  }

  /// The covariance of what is seen times a vector.
  private func seenCovariance(_ vector: [Float]) throws(VolumeError) -> [Float] {
    let stains = try stain.applied(to: sums(of: vector, in: stain) { ($0.place, $0.stain) })
    let shifts = try displacement.applied(
      to: sums(of: vector, in: displacement) { ($0.foot, $0.displacement) })
    return zip(evidence, vector).map {
      $1 + $0.stain * stains[$0.place] + $0.displacement * shifts[$0.foot]
    }
  }

  /// What the voxels of a cell add up to, each as much as it shows of a field.
  @inline(__always)
  private func sums(
    of vector: [Float], in field: StainField,
    _ shown: (StainEvidence) -> (cell: Int, part: Float)
  ) -> [Float] {
    var sums = [Float](repeating: 0, count: field.cells.voxelCount)
    for (voxel, value) in zip(evidence, vector) {
      let (cell, part) = shown(voxel)
      sums[cell] += part * value
    }
    return sums
  }

  private static let tolerance = 0.1
  /// A variance is off by the square of it.
  private static let varianceTolerance = 0.05
  private static let rounds = 200

  /// What times the covariance of what is seen is a vector, by conjugate gradients; Hestenes & Stiefel 1952,
  /// doi:10.6028/jres.049.044.
  private func solution(
    for right: [Float], from start: [Float], tolerance: Double
  ) throws(VolumeError) -> [Float] {
    var solution = start
    var residual = zip(right, try seenCovariance(start)).map { $0 - $1 }
    var direction = residual
    var norm = dot(residual, residual)
    let goal = dot(right, right) * tolerance * tolerance
    for _ in 0..<Self.rounds where norm > goal {
      let image = try seenCovariance(direction)
      let step = Float(norm / dot(direction, image))
      for i in solution.indices {
        solution[i] += step * direction[i]
        residual[i] -= step * image[i]
      }
      let next = dot(residual, residual)
      let part = Float(next / norm)
      for i in direction.indices { direction[i] = residual[i] + part * direction[i] }
      norm = next
    }
    return solution
  }
}

private func dot(_ a: [Float], _ b: [Float]) -> Double {
  a.indices.reduce(0) { $0 + Double(a[$1]) * Double(b[$1]) }
}
