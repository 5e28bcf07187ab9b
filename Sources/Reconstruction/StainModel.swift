package import Volumes

/// What the picture of an object leaves of the image, explained by an uneven stain, by a surface that lies elsewhere, and
/// by noise:
///
///      image - fit  =  contrast · (picture · stain + |∇ picture| · displacement) + noise
///
/// The stain is taken for a Gaussian random field with the covariance exp(-d² / (2 length²)), so that it follows at the
/// surface from that farther inside, as far as the length reaches, and from how the edge rises (kriging; Matheron 1963,
/// doi:10.2113/gsecongeo.58.8.1246). Without the displacement, a surface that has sunk into a weak patch would be evidence for
/// a stain that is even there. It is the same along a normal of the surface: one that was not could look like a stain. The mean
/// of the stain is as unknown as its contrast (ordinary kriging). Where little is seen, little is found.
package struct StainModel {
  private let equations: StainEquations

  /// Voxels with a smaller part of the contrast tell nothing.
  private static let faintest: Float = 0.02
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
      length: variation.length)
    let evidence = picture.voxels.indices.compactMap { voxel -> StainEvidence? in
      guard scene.region.isOwn[voxel], picture.voxels[voxel] > Self.faintest else { return nil }
      return StainEvidence(voxel, of: view, in: scene, noise: noise, stain: stain)
    }
    equations = StainEquations(
      evidence, of: stain,
      meanDeviation: variation.deviation * Self.meanVariance.squareRoot())
  }

  /// The contrast beside every voxel over that of the object as a whole; 1 where nothing is seen.
  package func localContrast(on picture: Volume<Float>) throws(VolumeError) -> Volume<Float> {
    let places = picture.voxels.indices.filter { picture.voxels[$0] > Self.faintest }
    let expected = equations.stain(of: equations.expected)
    let found = try equations.stain.values(of: expected, at: places.map(picture.grid.index))
    var contrast = try Volume<Float>(grid: picture.grid)
    var target = contrast.mutableVoxels
    for voxel in target.indices { target[voxel] = 1 }
    for (voxel, stain) in zip(places, found) {
      target[voxel] = Float(max(1 + stain, Self.weakest))
    }
    return contrast
  }

  /// The standard deviation of a weighted sum of the stain that is left when the local contrast is taken out.
  /// - Parameter weights: Of every voxel of the object's box.
  package func remainingDeviation(of weights: Volume<Float>) -> Double {
    let stain = equations.stain
    var cells = [Float](repeating: 0, count: stain.cells.voxelCount)
    for voxel in weights.voxels.indices where weights.voxels[voxel] != 0 {
      if let cell = stain.cell(of: weights.grid.index(of: voxel)) {
        cells[cell] += weights.voxels[voxel]
      }
    }
    return equations.remainingVariance(weighing: cells).squareRoot()
  }
}
