internal import MeshProcessing
internal import Morphometry
internal import Volumes

extension Segmentation {
  /// From the surface of one object to its measurements.
  ///
  /// Measured is the surface before smoothing and simplification: numbers do not depend on what a
  /// viewer needs.
  func analyze(
    _ object: LabelObject, _ surface: EstimatedSurface, options: AnalysisOptions,
    crofton: CroftonEstimator, contacts: ContactMeasurements?, clock: StageClock
  ) throws -> AnalyzedObject {
    let scale = try curvatureScale(of: object, given: options.curvatureScale)
    let measured = clock.time("measure") {
      MeshMeasurements(
        surface.mesh, integrals: surface.integrals, curvatureScale: scale,
        curvatureMethod: options.meshCurvature, field: surface.curvatureField)
    }
    let grey = options.inputIsLabels ? nil : image
    let columns = options.columns
    let mesh = options.exported(surface.mesh, clock)
    let measurements = try ObjectMeasurements(
      label: object.label, surface: measured,
      voxels: clock.time("measure") {
        VoxelMeasurements(object, in: labels, image: grey, crofton: crofton)
      },
      quality: surface.quality, exported: mesh,
      shape: clock.time("shape", if: columns.needsShape) {
        ShapeMeasurements(surface.mesh, measured)
      },
      convexity: clock.time("convex hull", if: columns.needsConvexity) {
        ConvexityMeasures(surface.mesh)
      },
      voxelShape: clock.time("voxel shape", if: columns.needsVoxelShape) {
        VoxelShape(object, in: labels, convexVoxels: columns.needsConvexVoxels)
      },
      contacts: contacts,
      inscribedRadius: clock.time("voxel shape", if: columns.needsInscribedBall) {
        try labels.inscribedRadius(of: object)
      },
      surfaceIntensity: clock.time("shape", if: columns.needsSurfaceIntensity) {
        grey.map { SurfaceIntensity(surface.mesh, in: $0) }
      })
    return AnalyzedObject(measurements: measurements, mesh: mesh)
  }
}

extension AnalysisOptions {
  /// A surface as it is handed on: smoothed and simplified.
  func exported(_ surface: TriangleMesh, _ clock: StageClock) -> TriangleMesh {
    var mesh = surface
    if let smoothing = smoothing.method {
      clock.time("smooth") { mesh.smooth(by: smoothing) }
    }
    if let fraction = simplification {
      clock.time("simplify") { mesh.simplify(to: .fraction(fraction)) }
    }
    return mesh
  }
}
