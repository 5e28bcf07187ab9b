public import MeshProcessing

/// All that is measured of one object.
public struct ObjectMeasurements: Sendable {
  public let label: UInt32
  /// Measured on the surface as reconstructed and smoothed, *before* simplification.
  public let surface: MeshMeasurements
  /// `nil` for a mesh that came without voxels.
  public let voxels: VoxelMeasurements?
  public let quality: SurfaceQuality
  /// What the exported mesh has, after simplification.
  public let exportedTriangleCount: Int
  public let exportedSurfaceArea: Double
  public let exportedVolume: Double

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
