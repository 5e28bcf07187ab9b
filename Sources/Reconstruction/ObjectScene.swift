internal import LibC
internal import MeshProcessing
package import Volumes

/// One object in an image that is blurred in a known way, and what a surface of it would look like there.
///
/// The surface is sought in the filtered image, which has less noise. How bright the object is, is asked of the image
/// as it was recorded: there noise is independent from voxel to voxel, and light on a smaller object does not yet look
/// like less light on a larger one.
package struct ObjectScene {
  let region: OwnRegion
  /// The image as it was recorded, in the box around the object.
  let recorded: Volume<Float>
  /// What the other objects in the box look like in it at background 0 and contrast 1.
  let others: Volume<Float>
  /// The filtered image in the box.
  let field: Volume<Float>
  private let masked: Volume<Float>
  private let spline: CubicSpline
  private let filter: SIMD3<Double>
  /// Of the filtered image.
  let blurVariance: SIMD3<Double>
  /// Standard deviation of what is left of the recorded blur for a picture of coverages, which are means over a voxel
  /// already.
  private let recordedSigma: SIMD3<Double>

  /// - Parameters:
  ///   - field: The image, filtered.
  ///   - filter: Standard deviation of that Gaussian along x, y, z, in units.
  ///   - blurVariance: Of all that blurred the field, in square units.
  package init(
    _ image: Image, field: Volume<Float>, _ region: OwnRegion, filter: SIMD3<Double>,
    blurVariance: SIMD3<Double>
  ) throws(VolumeError) {
    self.region = region
    self.filter = filter
    self.blurVariance = blurVariance
    let spacing = region.grid.spacing
    recordedSigma = pointwiseMax(
      blurVariance - region.grid.varianceOfGaussian(sigma: filter) - spacing * spacing / 12, .zero
    ).squareRoot()
    recorded = try image.cropped(from: region.lower, to: region.upper)
    self.field = try field.cropped(from: region.lower, to: region.upper)
    masked = region.masked(self.field)
    spline = try CubicSpline(field, lower: region.lower, upper: region.upper)
    others = try region.others().gaussianBlurred(sigma: recordedSigma)
  }

  /// The same object in another image of it.
  private init(_ scene: ObjectScene, recorded: Volume<Float>) throws(VolumeError) {
    (region, others) = (scene.region, scene.others)
    (filter, blurVariance) = (scene.filter, scene.blurVariance)
    recordedSigma = scene.recordedSigma
    self.recorded = recorded
    field = try recorded.gaussianBlurred(sigma: filter)
    masked = region.masked(field)
    spline = try CubicSpline(field)
  }

  /// The object as it would look if it had the same contrast everywhere.
  /// - Parameter contrast: Beside every voxel, over that of the object as a whole.
  func evened(by contrast: Volume<Float>, _ fit: ContrastFit) throws(VolumeError) -> ObjectScene {
    var even = recorded
    var target = even.mutableVoxels
    for voxel in target.indices {
      let dark = Float(fit.value(picture: 0, others: others.voxels[voxel]))
      target[voxel] = dark + (target[voxel] - dark) / contrast.voxels[voxel]
    }
    return try ObjectScene(self, recorded: even)
  }

  /// The outer surface of the largest part of the object at a level; `nil` where there is none.
  func surface(at level: Double) -> PlacedSurface? {
    var marched = MarchingCubes.surface(of: Territory(field: masked, level: Float(level)))
    marched.keepLargestPart()
    let placement = LevelSetPlacement(
      spline: spline, level: level, blurVariance: blurVariance,
      reach: region.grid.spacing.min() / 2)
    // What is finer than the blur is not seen through it, and would be noise.
    let surface = PlacedSurface(marched, placement, shiftScale: blurWidth)
    let mesh = surface.surface(.vertices).mesh
    return mesh.isEmpty || mesh.signedVolume <= 0 ? nil : surface
  }

  /// What a surface looks like as it is recorded, and background and contrast that make the image of it; `nil` where
  /// it does not explain the image.
  func view(of surface: PlacedSurface) throws(VolumeError) -> View? {
    try view(of: surface.surface(.vertices))
  }

  func view(of surface: SubvoxelSurface) throws(VolumeError) -> View? {
    let coverage = try MeshCoverage.volume(of: surface.filled(), on: region.grid)
    let picture = try coverage.gaussianBlurred(sigma: recordedSigma)
    guard let fit = ContrastFit(recorded, picture: picture, others: others, region: region),
      fit.contrast > 0
    else { return nil }
    return View(picture: picture, fit: fit)
  }

  package struct View {
    let picture: Volume<Float>
    let fit: ContrastFit

    package init(picture: Volume<Float>, fit: ContrastFit) {
      self.picture = picture
      self.fit = fit
    }
  }

  /// The standard deviation of the blur of the filtered image, its mean over the axes, in units.
  var blurWidth: Double { (blurVariance.sum() / 3).squareRoot() }

  /// In how many voxels of the field noise is about the same: in about one width of the filter.
  var correlatedVoxels: Double {
    let variance = region.grid.varianceOfGaussian(sigma: filter)
    let widths = (variance / (region.grid.spacing * region.grid.spacing)).squareRoot()
    return max(1, 8 * pow(.pi, 1.5) * widths.x * widths.y * widths.z)
  }

  /// What was recorded as it is after the filter.
  func filtered(_ recorded: Volume<Float>) throws(VolumeError) -> Volume<Float> {
    try recorded.gaussianBlurred(sigma: filter)
  }

  /// How far the blur is from the one that is assumed; `nil` where the edge does not tell.
  func blurMisfit(of view: View) throws(VolumeError) -> BlurMisfit? {
    BlurMisfit(
      field, picture: try filtered(view.picture), others: try filtered(others), region: region,
      correlatedVoxels: correlatedVoxels)
  }
}

extension SubvoxelSurface {
  /// The mesh, every vertex moved so far outwards that its flat facets enclose what the curved ones do.
  fileprivate func filled() -> TriangleMesh {
    var sums = [SIMD2<Double>](repeating: .zero, count: mesh.positions.count)
    for triangle in mesh.triangles {
      let facet = curved.facet(over: triangle)
      for corner in [triangle.a, triangle.b, triangle.c] {
        sums[Int(corner)] += SIMD2(facet.bulge, facet.area)
      }
    }
    var filled = mesh
    for vertex in sums.indices where sums[vertex].y > 0 {
      filled.positions[vertex] += Float(sums[vertex].x / sums[vertex].y) * curved.normals[vertex]
    }
    return filled
  }
}
