internal import MeshIO
internal import MeshProcessing
internal import Morphometry
internal import Reconstruction
internal import VolumeIO
internal import Volumes

/// What the surfaces of a run are made from.
struct MeshSource {
  let image: Image
  let digest: String?
  /// `nil` for an isosurface.
  let segmentation: Segmentation?
  /// The smoothed image; `nil` for labels.
  let field: Volume<Float>?
  let level: Double?
  let sigma: SIMD3<Double>?
  let warnings: [String]
  let provenance: MeshProvenance

  init(
    _ path: String, _ run: MeshRun, _ clock: StageClock, _ observer: MeasurementRun.Observer
  ) throws {
    let stack = try clock.time("read") { try Stack(contentsOf: path, for: run.options) }
    image = stack.image
    digest = clock.time("digest") { sha256(ofFile: path) }
    if case .isosurface(let level) = run.subject {
      segmentation = nil
      let sigma = try run.options.resolvedSigma(on: image.grid)
      let blurred = try clock.time("gaussian") { try stack.image.gaussianBlurred(sigma: sigma) }
      (field, self.level, self.sigma) = (blurred, level, sigma)
      warnings = stack.warnings + image.missingVoxelWarnings + blurred.warnings(isosurface: level)
    } else {
      let found = try Segmentation(of: image, options: run.options, clock: clock)
      segmentation = found
      (field, level) = (found.field, found.threshold)
      sigma = found.isGiven ? nil : try run.options.resolvedSigma(on: image.grid)
      warnings = stack.warnings + found.warnings
    }
    observer.foundObjects(segmentation?.objects.count ?? 1)
    warnings.forEach(observer.warned)
    var provenance = MeshProvenance(unit: image.grid.unit)
    provenance.comments = try run.options.provenance(of: path, digest, threshold: level)
    self.provenance = provenance
  }

  /// Makes the surfaces one by one, each a mesh by itself, and keeps what comes back, in order.
  func mapObjects<Result: Sendable>(
    of run: MeshRun, _ clock: StageClock, _ body: @Sendable (MeshObject) throws -> Result
  ) throws -> [Result] {
    guard let segmentation else {
      guard let field, let level else { return [] }
      let mesh = clock.time("surface") { field.isosurface(at: Float(level)) }
      return [try body(finished(mesh, "isosurface", run, clock))]
    }
    if case .complex(let relaxations) = run.subject {
      let labels = try segmentation.objectLabels
      let complex = clock.time("surface") { labels.surfaceNets(relaxations: relaxations) }
      return try Parallel.map(segmentation.objects.count) {
        let label = segmentation.objects[$0].label
        let mesh = clock.time("surface") { complex.surface(of: label) }
        return try body(finished(mesh, "label \(label)", run, clock))
      }
    }
    let crofton = CroftonEstimator(spacing: segmentation.grid.spacing)
    let pointSpread = try segmentation.pointSpread(run.options)
    return try segmentation.mapSurfaces(
      options: run.options, pointSpread: pointSpread, crofton: crofton, clock: clock
    ) { object, surface in
      try body(finished(surface.mesh, "label \(object.label)", run, clock))
    }
  }

  /// A surface as it is handed on.
  private func finished(
    _ mesh: TriangleMesh, _ name: String, _ run: MeshRun, _ clock: StageClock
  ) -> MeshObject {
    var mesh = run.isOpenAtBorder ? mesh.opened(at: image.grid) : mesh
    if let smoothing = run.options.smoothing.method {
      clock.time("smooth") { mesh.smooth(by: smoothing) }
    }
    if let fraction = run.options.simplification {
      clock.time("simplify") { mesh.simplify(to: .fraction(fraction)) }
    }
    var object = MeshObject(name: name, mesh: mesh)
    if run.hasNormals, let field {
      let normals = field.surfaceNormals(at: mesh.positions)
      object.vertexValues = ["nx", "ny", "nz"].enumerated().map { axis, name in
        VertexValues(name, normals.map { $0[axis] })
      }
    }
    return object
  }
}

extension Segmentation {
  /// The labels without those that are no objects: too small, or cut by the border and left out.
  var objectLabels: LabelVolume {
    get throws {
      let kept = Set(objects.map(\.label))
      guard !labels.objects().allSatisfy({ kept.contains($0.label) }) else { return labels }
      return try labelImage().asLabels()
    }
  }
}

extension Image {
  /// What somebody who draws a surface through the image must know.
  fileprivate var missingVoxelWarnings: [String] {
    let count = statistics().nonFiniteCount
    let missing = count == 0 ? [] : ["\(count) voxels are no numbers and count as outside"]
    return missing + grid.calibrationWarnings
  }
}

extension Volume where Element == Float {
  fileprivate func warnings(isosurface level: Double) -> [String] {
    let values = Image.float32(self).statistics()
    guard !(values.maximum > level) else { return [] }
    return [
      "no voxel of the smoothed image is above \(level.text(digits: 6)), so the surface is empty; its"
        + " values are \(values.minimum.text(digits: 6)) to \(values.maximum.text(digits: 6))"
    ]
  }
}
