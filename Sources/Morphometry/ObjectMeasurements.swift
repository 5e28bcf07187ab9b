public import MeshProcessing

/// All that is measured of one object.
public struct ObjectMeasurements: Sendable {
  public let label: UInt32
  /// Measured on the surface as reconstructed, *before* smoothing and simplification.
  public let surface: MeshMeasurements
  /// `nil` for a mesh that came without voxels.
  public let voxels: VoxelMeasurements?
  public let quality: SurfaceQuality
  /// Of the same surface; `nil` where no column asked for it.
  public let shape: ShapeMeasurements?
  /// Of the same surface; `nil` where no column asked for it, or for a flat mesh.
  public let convexity: ConvexityMeasures?
  /// `nil` where no column asked for it, or without voxels.
  public let voxelShape: VoxelShape?
  /// `nil` where no column asked for it, or without voxels.
  public let contacts: ContactMeasurements?
  /// See ``Volumes/Volume/inscribedRadius(of:)``; `nil` where no column asked for it, or without voxels.
  public let inscribedRadius: Double?
  /// `nil` where no column asked for it, or without grey values.
  public let surfaceIntensity: SurfaceIntensity?
  /// What the exported mesh has, after simplification.
  public let exportedTriangleCount: Int
  public let exportedSurfaceArea: Double
  public let exportedVolume: Double

  /// - Parameter exported: The mesh as it is handed on.
  public init(
    label: UInt32, surface: MeshMeasurements, voxels: VoxelMeasurements?,
    quality: SurfaceQuality = .init(), exported: TriangleMesh,
    shape: ShapeMeasurements? = nil, convexity: ConvexityMeasures? = nil,
    voxelShape: VoxelShape? = nil, contacts: ContactMeasurements? = nil,
    inscribedRadius: Double? = nil, surfaceIntensity: SurfaceIntensity? = nil
  ) {
    self.label = label
    self.surface = surface
    self.voxels = voxels
    self.quality = quality
    self.shape = shape
    self.convexity = convexity
    self.voxelShape = voxelShape
    self.contacts = contacts
    self.inscribedRadius = inscribedRadius
    self.surfaceIntensity = surfaceIntensity
    exportedTriangleCount = exported.triangles.count
    exportedSurfaceArea = exported.surfaceArea
    exportedVolume = exported.signedVolume
  }
}
