internal import MeshProcessing
internal import Volumes

/// What changes when the surface of an object becomes a little larger, and what noise therefore makes of it.
struct SurfaceGrowth {
  /// The part of an error in the level that remains after a step of the search for it.
  ///
  /// A surface that is larger than it should be looks brighter at the points of the level set, and the level that follows
  /// from it is lower: by that part of as much.
  let remainder: Double
  /// How much farther the surface moves when the level changes than the level set does.
  private let response: Double
  /// By how much every voxel of the image counts in the mean of the field over the level set.
  private let shares: Volume<Float>

  /// `nil` where a larger surface does not explain the image.
  init?(
    of surface: PlacedSurface, _ view: ObjectScene.View, in scene: ObjectScene
  ) throws(VolumeError) {
    let vertices = surface.surface(.vertices)
    let step = scene.region.grid.spacing.min() / 10
    guard let larger = try scene.view(of: vertices.offset(by: step)) else { return nil }
    let shares = try scene.filtered(surface.levelSetDensity(on: scene.region.grid))
    var gain = 0.0
    for voxel in shares.voxels.indices {
      gain +=
        Double(shares.voxels[voxel])
        * Double(larger.picture.voxels[voxel] - view.picture.voxels[voxel])
    }
    self.shares = shares
    let rise = view.fit.contrast * gain
    guard rise > 0 else { return nil }
    remainder = (view.fit.halfLevel - larger.fit.halfLevel) / rise
    response = step * vertices.mesh.surfaceArea / (vertices.volumePerLevel * rise)
  }

  /// How much larger an error becomes because the level is found from the surface: what makes the surface too large
  /// makes the contrast too low, that the level, and that the surface larger still. 1 for a large object; the
  /// smaller one is beside the blur, the less size and contrast can be told apart.
  private var levelGain: Double { 1 / (1 - min(max(remainder, 0), 0.95)) }

  /// The standard uncertainties, in grey values, that noise makes.
  struct Noise {
    /// Of the mean of the field over the level set.
    let ofSurface: Double
    /// Of the level: together with that of the mean it gives the size of the object its own.
    let ofLevel: Double
  }

  /// What noise that is independent from voxel to voxel makes of the surface.
  ///
  /// Mean and level are sums over the same voxels, and the size of the object is wrong by the difference of the two.
  func propagated(_ noise: ImageNoise, _ view: ObjectScene.View, in scene: ObjectScene) -> Noise {
    var (mean, difference) = (0.0, 0.0)
    for voxel in shares.voxels.indices where scene.region.isOwn[voxel] {
      let seen = view.picture.voxels[voxel]
      let variance = noise.variance(at: Double(seen))
      let share = Double(shares.voxels[voxel])
      let above = share - view.fit.levelWeight(picture: seen, others: scene.others.voxels[voxel])
      mean += variance * share * share
      difference += variance * above * above
    }
    let grown = levelGain * response
    return Noise(
      ofSurface: mean.squareRoot(),
      ofLevel: max(grown * grown * difference - mean, 0).squareRoot())
  }

  /// What is not known of the stain makes of the mean of the field over the level set and of the level that follows from
  /// it: the standard uncertainty of their difference, in grey values.
  func propagated(
    _ model: StainModel, _ view: ObjectScene.View, in scene: ObjectScene
  ) throws(VolumeError) -> Double {
    var weights = try Volume<Float>(grid: scene.region.grid)
    var target = weights.mutableVoxels
    for voxel in shares.voxels.indices where scene.region.isOwn[voxel] {
      let seen = view.picture.voxels[voxel]
      let share = Double(shares.voxels[voxel])
      let above = share - view.fit.levelWeight(picture: seen, others: scene.others.voxels[voxel])
      target[voxel] = Float(above * view.fit.contrast * Double(seen))
    }
    return levelGain * response * model.remainingDeviation(of: weights)
  }
}
