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
  private let contrast: Double
  /// How much of the stain and of the displacement, in their standard deviations, every voxel shows, over its noise, and
  /// what the picture leaves of it. 0 where nothing is to be seen.
  private var stain: [Float]
  private var displacement: [Float]
  private var rest: [Float]

  /// Voxels with a smaller part of the contrast tell nothing.
  private static let faintest: Float = 0.02
  /// The standard deviation of the displacement, in widths of the blur.
  private static let displacementDeviation = 0.5
  /// How well a picture is known, as a part of the contrast.
  private static let pictureError = 0.002
  /// The least that is left of the contrast: what is stained more weakly is not seen.
  private static let weakest: Float = 0.2

  init(
    _ variation: StainVariation, of view: ObjectScene.View, in scene: ObjectScene, noise: ImageNoise
  ) {
    self.variation = variation
    let (picture, fit) = (view.picture, view.fit)
    contrast = fit.contrast
    covariance = StainField(around: picture, above: Self.faintest, length: variation.length)
    stain = Array(repeating: 0, count: covariance.grid.voxelCount)
    (displacement, rest) = (stain, stain)
    let farthest = Self.displacementDeviation * scene.blurWidth
    for (part, voxel) in covariance.places.enumerated() where scene.region.isOwn[voxel] {
      let seen = picture.voxels[voxel]
      guard seen > Self.faintest else { continue }
      let unknown = noise.variance(at: Double(seen)) + pow(Self.pictureError * contrast, 2)
      let light = contrast / unknown.squareRoot()
      stain[part] = Float(variation.deviation * Double(seen) * light)
      displacement[part] = Float(farthest * picture.slope(at: voxel) * light)
      let left =
        Double(scene.recorded.voxels[voxel])
        - fit.value(picture: seen, others: scene.others.voxels[voxel])
      rest[part] = Float(left / contrast * light)
    }
  }

  /// The contrast beside every voxel over that of the object as a whole; 1 where nothing is known.
  ///
  /// The surface is moved by what 1 / contrast is off: so that it is right on average, the inverse of what is expected of
  /// that is taken, which is less than the expected contrast where the stain is not known well. That is at the surface,
  /// and not inside.
  func localContrast(on view: ObjectScene.View) throws(VolumeError) -> Volume<Float> {
    let found = try covariance.applied(to: product(stain, solution(for: rest)))
    let doubt = Float(try varianceAtSurface())
    var contrast = try Volume<Float>(grid: view.picture.grid)
    var target = contrast.mutableVoxels
    for voxel in target.indices { target[voxel] = 1 }
    for (part, voxel) in covariance.places.enumerated() {
      let expected = max(1 + Float(variation.deviation) * found[part], Self.weakest)
      let unknown = 2 * (1 - min(view.picture.voxels[voxel], 1)) * doubt
      target[voxel] = max(expected / (1 + unknown / (expected * expected)), Self.weakest)
    }
    return contrast
  }

  /// The mean, over the edge, of the variance of the stain that is left.
  ///
  /// That of a sum with random signs, in which neighbours cancel (Hutchinson 1990, doi:10.1080/03610919008812866).
  private func varianceAtSurface() throws(VolumeError) -> Double {
    let whole = displacement.reduce(0, +)
    guard whole > 0 else { return 0 }
    let signed = displacement.indices.map { voxel in
      let size = (displacement[voxel] / whole).squareRoot()
      return Self.isHeads(UInt64(voxel)) ? size : -size
    }
    let deviation = try remainingDeviation(ofParts: signed)
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
  func remainingDeviation(of weights: [Float]) throws(VolumeError) -> Double {
    try remainingDeviation(ofParts: covariance.places.map { weights[$0] })
  }

  private func remainingDeviation(ofParts weights: [Float]) throws(VolumeError) -> Double {
    let spread = try covariance.applied(to: weights)
    let seen = product(stain, spread)
    let left = try dot(weights, spread) - dot(seen, solution(for: seen))
    return variation.deviation * max(left, 0).squareRoot()
  }

  /// The covariance of what is seen times a vector.
  private func seenCovariance(_ vector: [Float]) throws(VolumeError) -> [Float] {
    let ofStain = try covariance.applied(to: product(stain, vector))
    let ofSurface = try covariance.applied(to: product(displacement, vector))
    return vector.indices.map {
      vector[$0] + stain[$0] * ofStain[$0] + displacement[$0] * ofSurface[$0]
    }
  }

  private static let tolerance = 0.05
  private static let rounds = 200

  /// What times the covariance of what is seen is a vector, by conjugate gradients; Hestenes & Stiefel 1952,
  /// doi:10.6028/jres.049.044.
  private func solution(for right: [Float]) throws(VolumeError) -> [Float] {
    var solution = [Float](repeating: 0, count: right.count)
    var (residual, direction) = (right, right)
    var norm = dot(right, right)
    let goal = norm * Self.tolerance * Self.tolerance
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

private func product(_ a: [Float], _ b: [Float]) -> [Float] { a.indices.map { a[$0] * b[$0] } }

private func dot(_ a: [Float], _ b: [Float]) -> Double {
  a.indices.reduce(0) { $0 + Double(a[$1]) * Double(b[$1]) }
}

extension Volume where Element == Float {
  /// The length of the gradient at a voxel that has neighbours on all sides, per unit.
  fileprivate func slope(at voxel: Int) -> Double {
    let strides = SIMD3(1, grid.size.x, grid.size.x * grid.size.y)
    var rises = SIMD3<Double>.zero
    for axis in 0..<3 {
      rises[axis] = Double(voxels[voxel + strides[axis]] - voxels[voxel - strides[axis]])
    }
    let slopes = rises / (2 * grid.spacing)
    return (slopes * slopes).sum().squareRoot()
  }
}
