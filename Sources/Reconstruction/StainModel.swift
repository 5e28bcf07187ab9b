internal import LibC
internal import Volumes

/// What the picture of an object leaves of the image, explained by an uneven stain, by a surface that lies elsewhere, and
/// by noise:
///
///      image - fit  =  contrast · (picture · stain + |∇ picture| · displacement) + noise
///
/// Stain and displacement are taken for Gaussian random fields with the covariance exp(-d² / (2 length²)), so that the
/// stain at the surface follows from that farther inside, as far as the length reaches, and from how the edge rises
/// (kriging; Matheron 1963, doi:10.2113/gsecongeo.58.8.1246). Without the displacement, a surface that has sunk into a
/// weak patch would be evidence for a stain that is even there. Where little is seen, little is found.
struct StainModel {
  private let variation: StainVariation
  private let covariance: StainField
  /// What the cells of the field show.
  private let evidence: [StainEvidence]

  /// Voxels with a smaller part of the contrast tell nothing.
  private static let faintest: Float = 0.02
  /// The standard deviation of the displacement, in widths of the blur.
  private static let displacementDeviation = 0.5
  /// How well a picture is known, as a part of the contrast.
  private static let pictureError = 0.002
  /// The least that is left of the contrast: what is stained more weakly is not seen.
  private static let weakest = 0.2

  init(
    _ variation: StainVariation, of view: ObjectScene.View, in scene: ObjectScene, noise: ImageNoise
  ) {
    self.variation = variation
    let (picture, fit) = (view.picture, view.fit)
    let covariance = StainField(around: picture, above: Self.faintest, length: variation.length)
    self.covariance = covariance
    var sums = [StainEvidence.Sums](repeating: .init(), count: covariance.cells.voxelCount)
    let farthest = Self.displacementDeviation * scene.blurWidth
    for voxel in picture.voxels.indices where scene.region.isOwn[voxel] {
      let seen = picture.voxels[voxel]
      guard seen > Self.faintest else { continue }
      let unknown = noise.variance(at: Double(seen)) + pow(Self.pictureError * fit.contrast, 2)
      let light = fit.contrast / unknown.squareRoot()
      let left =
        Double(scene.recorded.voxels[voxel])
        - fit.value(picture: seen, others: scene.others.voxels[voxel])
      guard let cell = covariance.cell(of: picture.grid.index(of: voxel)) else { continue }
      sums[cell].add(
        stain: variation.deviation * Double(seen) * light,
        displacement: farthest * picture.slope(at: voxel) * light,
        left: left / fit.contrast * light)
    }
    evidence = sums.map(StainEvidence.init)
  }

  /// The contrast beside every voxel over that of the object as a whole; 1 where nothing is known.
  ///
  /// The surface is moved by what 1 / contrast is off: so that it is right on average, the inverse of what is expected of
  /// that is taken, which is less than the expected contrast where the stain is not known well. That is at the surface,
  /// and not inside.
  func localContrast(on view: ObjectScene.View) throws(VolumeError) -> Volume<Float> {
    let (picture, doubt) = (view.picture, try varianceAtSurface())
    let places = picture.voxels.indices.filter { picture.voxels[$0] > Self.faintest }
    let found = try covariance.values(
      of: expectedStain(), at: places.map(picture.grid.index))
    var contrast = try Volume<Float>(grid: picture.grid)
    var target = contrast.mutableVoxels
    for voxel in target.indices { target[voxel] = 1 }
    for (voxel, stain) in zip(places, found) {
      let expected = max(1 + variation.deviation * stain, Self.weakest)
      let unknown = 2 * (1 - min(Double(picture.voxels[voxel]), 1)) * doubt
      target[voxel] = Float(max(expected / (1 + unknown / (expected * expected)), Self.weakest))
    }
    return contrast
  }

  /// Of every cell, in standard deviations.
  private func expectedStain() throws(VolumeError) -> [Float] {
    let weights = try solution(for: evidence.map { $0.rest }, tolerance: Self.tolerance)
    let fields = zip(evidence, weights).map { $0.fields(of: $1) }
    return try covariance.applied(to: fields).map { $0.x }
  }

  /// The mean, over the edge, of the variance of the stain that is left.
  ///
  /// That of a sum with random signs, in which neighbours cancel (Hutchinson 1990, doi:10.1080/03610919008812866).
  private func varianceAtSurface() throws(VolumeError) -> Double {
    let whole = evidence.reduce(0) { $0 + $1.edge }
    guard whole > 0 else { return 0 }
    let signed = evidence.enumerated().map { cell, evidence in
      let size = Float((evidence.edge / whole).squareRoot())
      return Self.isHeads(UInt64(cell)) ? size : -size
    }
    let deviation = try remainingDeviation(ofCells: signed)
    return deviation * deviation
  }

  /// The last steps of SplitMix64 (Steele, Lea & Flood 2014, doi:10.1145/2714064.2660195).
  private static func isHeads(_ index: UInt64) -> Bool {
    var mixed = (index &+ 1) &* 0x9E37_79B9_7F4A_7C15
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed >> 63 == 1
  }

  /// The standard deviation of a weighted sum of the stain that is left when the local contrast is taken out.
  /// - Parameter weights: Of every voxel of the object's box.
  func remainingDeviation(of weights: Volume<Float>) throws(VolumeError) -> Double {
    var sums = [Float](repeating: 0, count: evidence.count)
    for voxel in weights.voxels.indices where weights.voxels[voxel] != 0 {
      if let cell = covariance.cell(of: weights.grid.index(of: voxel)) {
        sums[cell] += weights.voxels[voxel]
      }
    }
    return try remainingDeviation(ofCells: sums)
  }

  private func remainingDeviation(ofCells weights: [Float]) throws(VolumeError) -> Double {
    let spread = try covariance.applied(to: weights.map { SIMD2($0, 0) })
    let seen = zip(evidence, spread).map { $0.shown(of: $1) }
    let variance = zip(weights, spread).reduce(0) { $0 + Double($1.0) * Double($1.1.x) }
    let left = variance - dot(seen, try solution(for: seen, tolerance: Self.varianceTolerance))
    return variation.deviation * max(left, 0).squareRoot()
  }

  /// The covariance of what is seen times a vector.
  private func seenCovariance(_ vector: [SIMD2<Float>]) throws(VolumeError) -> [SIMD2<Float>] {
    let fields = try covariance.applied(to: zip(evidence, vector).map { $0.fields(of: $1) })
    return vector.indices.map { vector[$0] + evidence[$0].shown(of: fields[$0]) }
  }

  private static let tolerance = 0.1
  /// A variance is off by the square of it.
  private static let varianceTolerance = 0.2
  private static let rounds = 200

  /// What times the covariance of what is seen is a vector, by conjugate gradients; Hestenes & Stiefel 1952,
  /// doi:10.6028/jres.049.044.
  private func solution(for right: [SIMD2<Float>], tolerance: Double) throws(VolumeError) -> [SIMD2<
    Float
  >] {
    var solution = [SIMD2<Float>](repeating: .zero, count: right.count)
    var (residual, direction) = (right, right)
    var norm = dot(right, right)
    let goal = norm * tolerance * tolerance
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

private func dot(_ a: [SIMD2<Float>], _ b: [SIMD2<Float>]) -> Double {
  a.indices.reduce(0) {
    $0 + Double(a[$1].x) * Double(b[$1].x) + Double(a[$1].y) * Double(b[$1].y)
  }
}

extension Volume where Element == Float {
  /// The length of the gradient at a voxel, per unit; 0 at the border.
  fileprivate func slope(at voxel: Int) -> Double {
    let place = grid.index(of: voxel)
    guard place.min() > 0, (grid.size &- place).min() > 1 else { return 0 }
    let strides = SIMD3(1, grid.size.x, grid.size.x * grid.size.y)
    var rises = SIMD3<Double>.zero
    for axis in 0..<3 {
      rises[axis] = Double(voxels[voxel + strides[axis]] - voxels[voxel - strides[axis]])
    }
    let slopes = rises / (2 * grid.spacing)
    return (slopes * slopes).sum().squareRoot()
  }
}
