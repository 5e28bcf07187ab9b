internal import MeshProcessing
internal import Morphometry

/// An object of a sweep, before anything is done to it.
struct SweptObject: Sendable {
  let label: UInt32
  let mesh: TriangleMesh
  /// Of area, volume and integral of H; `nil` where they are not known.
  let uncertainty: SurfaceUncertainty.Contribution?
  /// What a measurement says of the object.
  private let measured: MeshMeasurements
  /// What its mesh alone says of it.
  private let alone: MeshMeasurements
  private let curvatureMethod: MeshCurvatureMethod

  init(_ object: AnalyzedObject, curvatureMethod: MeshCurvatureMethod) {
    label = object.measurements.label
    mesh = object.mesh
    uncertainty = object.measurements.quality.uncertainty?.total
    measured = object.measurements.surface
    self.curvatureMethod = curvatureMethod
    alone = MeshMeasurements(
      mesh, curvatureScale: measured.curvature.scale, curvatureMethod: curvatureMethod)
  }

  /// A mesh without voxels, as the only object.
  /// - Parameter curvatureScale: `nil` for the usual one of meshes.
  init(_ mesh: TriangleMesh, curvatureScale: Double?, curvatureMethod: MeshCurvatureMethod) {
    label = 1
    self.mesh = mesh
    uncertainty = nil
    self.curvatureMethod = curvatureMethod
    let object = ObjectMeasurements(
      meshAlone: mesh, label: label, curvatureScale: curvatureScale,
      curvatureMethod: curvatureMethod)
    (measured, alone) = (object.surface, object.surface)
  }

  /// What a mesh that was made of this one says by itself.
  func measuredAlone(_ processed: TriangleMesh) -> MeshMeasurements {
    MeshMeasurements(
      processed, curvatureScale: measured.curvature.scale, curvatureMethod: curvatureMethod)
  }

  /// What was measured, times what processing has made of what the mesh alone says.
  func carried(
    _ quantity: (MeshMeasurements) -> Double, to processed: MeshMeasurements
  ) -> Double {
    let before = quantity(alone)
    return before == 0
      ? quantity(processed) : quantity(measured) * (quantity(processed) / before)
  }
}
