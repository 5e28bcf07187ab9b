internal import MeshProcessing
internal import Morphometry

/// The surface of one object and what is known of it.
struct EstimatedSurface: Sendable {
  let mesh: TriangleMesh
  /// Area, volume and integral of H where they are known better than by the mesh.
  var integrals: SurfaceIntegrals?
  /// Its curvature from the field that it is a level set of, blurred to the curvature scale.
  var curvatureField: FieldCurvature?
  var quality = SurfaceQuality()
}
