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
    among scene: Surroundings, clock: StageClock
  ) throws -> AnalyzedObject {
    let scale = try curvatureScale(of: object, given: options.curvatureScale)
    let measured = clock.time("measure") {
      MeshMeasurements(
        surface.mesh, integrals: surface.integrals, curvatureScale: scale,
        curvatureMethod: options.meshCurvature, field: surface.curvatureField)
    }
    let grey = options.inputIsLabels ? nil : image
    let parts = options.columns.parts
    let mesh = options.exported(surface.mesh, clock)
    var measurements = ObjectMeasurements(
      label: object.label, surface: measured,
      voxels: clock.time("measure") {
        VoxelMeasurements(object, in: labels, image: grey, crofton: scene.crofton)
      },
      quality: surface.quality, exported: mesh)
    clock.time("shape") { measurements.measure(parts, of: surface.mesh, exported: mesh) }
    try clock.time("voxel shape") { try measurements.measure(parts, of: object, in: labels) }
    if let grey {
      try clock.time("intensity") {
        try measurements.measure(
          parts, of: surface.mesh, object, in: labels, image: grey, background: scene.background)
      }
    }
    measurements.contacts = scene.contacts[object.label]
    measurements.parent = scene.parents?[object.label]
    measurements.surfaceNeighbours = scene.neighbours[object.label]
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
