public import MeshProcessing
public import Volumes

/// The grey values of an image along a surface, weighted by area.
///
/// Of the image as it was recorded, linear between its voxels. On a surface that runs at a grey level the mean is close
/// to that level, and the deviation says how far the image, before any filter, is from one level there.
public struct SurfaceIntensity: Sendable, Hashable {
  public let mean: Double
  public let standardDeviation: Double
  /// The mean grey value one voxel inside of the surface less that one voxel outside, along the normal: the part of
  /// the contrast of the edge that lies within two voxels, positive for a bright object.
  public let contrast: Double

  /// Without area everything is NaN.
  public init(_ mesh: TriangleMesh, in image: Image) {
    let areas = mesh.vertexAreas()
    let places = mesh.positions.map { SIMD3<Double>($0) }
    let onSurface = AreaWeighted(image.values(at: places), areas: areas)
    mean = onSurface.mean
    standardDeviation = onSurface.deviation
    let steps = mesh.vertexNormals().map { $0 * image.grid.spacing }
    func meanAway(_ voxels: Double) -> Double {
      let points = zip(places, steps).map { $0 + voxels * $1 }
      return AreaWeighted(image.values(at: points), areas: areas).mean
    }
    contrast = meanAway(-1) - meanAway(1)
  }
}
