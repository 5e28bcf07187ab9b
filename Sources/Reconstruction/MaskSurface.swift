internal import MeshProcessing
public import Volumes

extension Volume where Element == UInt32 {
  /// The surface of one object of a label image without the staircase of its voxels: the half level of
  /// its blurred mask, moved back by what the blur moved it; see ``SubvoxelSurface``.
  ///
  /// In the end all of it is moved by one distance, so that it encloses the volume that is known of the
  /// object, as a rule that of its voxels: to count them is the best estimate there is.
  ///
  /// `nil` for an object that does not survive the blur: one of a few voxels.
  /// - Parameters:
  ///   - sigma: Of the blur, along x, y, z, in units.
  ///   - volume: In cubic units.
  public func subvoxelSurface(
    of object: LabelObject, sigma: SIMD3<Double>, volume: Double
  ) throws(VolumeError) -> SubvoxelSurface? {
    let field = try mask(of: object, reach: 4 * sigma).gaussianBlurred(sigma: sigma)
    let surface = SubvoxelSurface(
      of: Territory(field: field, level: 0.5), grid: field.grid, level: 0.5,
      spline: try CubicSpline(field), blurVariance: field.grid.varianceOfGaussian(sigma: sigma),
      sampling: .vertices)
    let missing = volume - surface.curved.signedVolume
    guard abs(missing) < volume / 4 else { return nil }
    let area = surface.curved.areaWithNormals
    // An object that fills the image is all cut, and nothing of it can move.
    return area > 0 ? surface.offset(by: missing / area) : surface
  }

  /// A volume of its own for one object: 1 inside, 0 outside, with some room around it as far as the
  /// image reaches.
  ///
  /// A filter that mirrors the volume at its border sees nothing of that in the object and three voxels around
  /// it: what a mirror shows is twice as far away.
  /// - Parameter reach: Of the filter along x, y, z, in units.
  package func mask(
    of object: LabelObject, reach: SIMD3<Double>
  ) throws(VolumeError) -> Volume<Float> {
    let room = SIMD3<Int>((reach / grid.spacing / 2).rounded(.up)) &+ 3
    let lower = pointwiseMax(object.lower &- room, .zero)
    let upper = pointwiseMin(object.upper &+ room, grid.size &- 1)
    var mask = try Volume<Float>(
      grid: Grid(
        size: upper &- lower &+ 1, spacing: grid.spacing, origin: grid.world(SIMD3<Double>(lower)),
        unit: grid.unit, calibration: grid.calibration))
    let inner = mask.grid
    var target = mask.mutableVoxels
    for z in object.lower.z...object.upper.z {
      for y in object.lower.y...object.upper.y {
        let start = grid.offset(object.lower.x, y, z)
        let row = voxels.extracting(start..<start + object.upper.x - object.lower.x + 1)
        let first = inner.offset(object.lower.x - lower.x, y - lower.y, z - lower.z)
        for x in row.indices where row[x] == object.label { target[first + x] = 1 }
      }
    }
    return mask
  }
}

extension CurvedMesh {
  /// The area of the facets that are not part of a cut, in square units.
  fileprivate var areaWithNormals: Double {
    mesh.triangles.reduce(0) {
      let facet = facet(over: $1)
      return $0 + (facet.hasNormals ? facet.area : 0)
    }
  }
}
