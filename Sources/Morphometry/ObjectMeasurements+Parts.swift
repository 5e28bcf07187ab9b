package import MeshProcessing
package import Volumes

extension ObjectMeasurements {
  /// Measures parts that are made of the surface alone.
  ///
  /// - Parameters:
  ///   - mesh: The one that ``surface`` is of.
  ///   - exported: The mesh as it is handed on.
  package mutating func measure(
    _ parts: MeasuredParts, of mesh: TriangleMesh, exported: TriangleMesh
  ) {
    if parts.contains(.shape) { shape = ShapeMeasurements(mesh, surface) }
    if parts.contains(.harmonics) { harmonics = HarmonicSpectrum(mesh, surface) }
    if parts.contains(.selfIntersections) { selfIntersectionCount = mesh.selfIntersectionCount() }
    if parts.contains(.exportedDeviation) {
      exportedDeviation = exported.deviation(from: mesh, samples: Self.deviationSamples)
    }
    if !parts.isDisjoint(with: [.convexity, .invaginations]), let hull = mesh.convexHull() {
      if parts.contains(.convexity) { convexity = ConvexityMeasures(hull: hull) }
      if parts.contains(.invaginations) {
        invaginations = Invaginations(mesh, surface, hull: hull)
      }
    }
  }

  /// On each of the two surfaces: the root mean square is known to a part of a per cent.
  private static let deviationSamples = 20_000

  /// Measures parts that are made of the voxels alone.
  package mutating func measure(
    _ parts: MeasuredParts, of object: LabelObject, in labels: LabelVolume
  ) throws(VolumeError) {
    if parts.contains(.voxelShape) {
      voxelShape = VoxelShape(object, in: labels, convexVoxels: parts.contains(.convexVoxels))
    }
    if parts.contains(.fractal) { fractal = FractalDimension(object, in: labels) }
    if parts.contains(.chamferShape) { chamferShape = ChamferShape(object, in: labels) }
    if parts.contains(.geodesicDiameter) {
      geodesicDiameter = GeodesicDiameter(object, in: labels)
    }
    if !parts.isDisjoint(with: [.inscribedBall, .localThickness]) {
      let depths = try labels.distancesToOutside(of: object)
      if parts.contains(.inscribedBall) { inscribedRadius = depths.largest }
      if parts.contains(.localThickness) { localThickness = LocalThickness(depths) }
    }
  }

  /// Measures parts that are made of the grey values of an image as it was recorded.
  ///
  /// - Parameters:
  ///   - mesh: The one that ``surface`` is of.
  ///   - background: Of the same labels.
  package mutating func measure(
    _ parts: MeasuredParts, of mesh: TriangleMesh, _ object: LabelObject, in labels: LabelVolume,
    image: Image, background: Background?
  ) throws(VolumeError) {
    if parts.contains(.surfaceIntensity) { surfaceIntensity = SurfaceIntensity(mesh, in: image) }
    if parts.contains(.intensityDistribution) {
      intensityDistribution = IntensityDistribution(object, in: labels, of: image)
    }
    if parts.contains(.intensityShells) {
      intensityShells = try IntensityShells(object, in: labels, of: image)
    }
    surroundings = background?.intensity(around: object, in: image)
  }
}
