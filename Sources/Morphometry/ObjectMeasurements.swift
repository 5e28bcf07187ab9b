public import MeshProcessing

/// All that is measured of one object.
public struct ObjectMeasurements: Sendable {
  public let label: UInt32
  /// Measured on the surface as reconstructed, *before* smoothing and simplification.
  public let surface: MeshMeasurements
  /// `nil` for a mesh that came without voxels.
  public let voxels: VoxelMeasurements?
  public let quality: SurfaceQuality
  /// What the exported mesh has, after simplification.
  public let exportedTriangleCount: Int
  public let exportedSurfaceArea: Double
  public let exportedVolume: Double

  // What is below is `nil` where no column asked for it.

  /// Of the same surface.
  public internal(set) var shape: ShapeMeasurements?
  /// Of the same surface; `nil` for a flat mesh, too.
  public internal(set) var convexity: ConvexityMeasures?
  /// Of the same surface; `nil` for a flat mesh, too.
  public internal(set) var invaginations: Invaginations?
  /// Of the same surface; `nil` where it is not star-shaped, too.
  public internal(set) var harmonics: HarmonicSpectrum?
  public internal(set) var voxelShape: VoxelShape?
  public internal(set) var fractal: FractalDimension?
  public internal(set) var chamferShape: ChamferShape?
  public internal(set) var geodesicDiameter: GeodesicDiameter?
  /// See ``Volumes/Volume/inscribedRadius(of:)``.
  public internal(set) var inscribedRadius: Double?
  public internal(set) var localThickness: LocalThickness?
  public package(set) var contacts: ContactMeasurements?
  public package(set) var surfaceNeighbours: SurfaceNeighbours?
  /// `nil` without an image of parents, too.
  public package(set) var parent: ParentMeasurements?
  /// See ``MeshProcessing/TriangleMesh/selfIntersectionCount()``.
  public internal(set) var selfIntersectionCount: Int?
  /// How far the exported mesh lies from the surface.
  public internal(set) var exportedDeviation: SurfaceDeviation?
  /// `nil` without grey values, too, as are the three that follow.
  public internal(set) var surfaceIntensity: SurfaceIntensity?
  public internal(set) var intensityDistribution: IntensityDistribution?
  public internal(set) var intensityShells: IntensityShells?
  public internal(set) var surroundings: SurroundingIntensity?

  /// - Parameter exported: The mesh as it is handed on.
  public init(
    label: UInt32, surface: MeshMeasurements, voxels: VoxelMeasurements?,
    quality: SurfaceQuality = .init(), exported: TriangleMesh
  ) {
    self.label = label
    self.surface = surface
    self.voxels = voxels
    self.quality = quality
    exportedTriangleCount = exported.triangles.count
    exportedSurfaceArea = exported.surfaceArea
    exportedVolume = exported.signedVolume
  }
}
