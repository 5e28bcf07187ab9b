internal import MeshIO
internal import MeshProcessing
internal import Morphometry
internal import Reconstruction
internal import VolumeIO
internal import Volumes

/// What the surfaces of a run are made from.
struct MeshSource {
  let input: RunInput
  /// `nil` for an isosurface.
  let segmentation: Segmentation?
  /// What blurred the image; `nil` where that is not known.
  private let pointSpread: PointSpreadEstimate?
  /// The smoothed image; `nil` for labels.
  private let field: Volume<Float>?
  /// Objects are above this level of the smoothed image; `nil` for labels.
  let level: Double?
  let warnings: [String]

  private var image: Image { input.stack.image }

  init(
    _ input: RunInput, _ run: MeshRun, _ clock: StageClock, _ observer: MeasurementRun.Observer
  ) throws {
    self.input = input
    if case .isosurface(let level) = run.subject {
      let image = input.stack.image
      let sigma = try run.options.resolvedSigma(on: image.grid)
      let blurred = try clock.time("gaussian") { try image.gaussianBlurred(sigma: sigma) }
      (segmentation, pointSpread, field, self.level) = (nil, nil, blurred, level)
      warnings =
        input.stack.warnings + image.missingVoxelWarnings + blurred.warnings(isosurface: level)
    } else {
      let found = try input.objects(run.options, clock)
      segmentation = found.segmentation
      pointSpread = found.pointSpread
      (field, level) = (found.segmentation.field, found.segmentation.threshold)
      warnings = input.stack.warnings + found.warnings
    }
    observer.foundObjects(segmentation?.objects.count ?? 1)
    warnings.forEach(observer.warned)
  }

  /// The record of a run that made so many meshes.
  func record(of run: MeshRun, meshCount: Int, format: MeshFormat) throws -> RunRecord {
    RunRecord(
      input: input.record, labels: input.labels?.file, parameters: run.options, threshold: level,
      sigma: field == nil ? nil : try run.options.resolvedSigma(on: image.grid),
      pointSpread: pointSpread, objects: meshCount, meshFormat: format.rawValue,
      warnings: warnings)
  }

  /// All objects in one complex, simplified as a whole so that walls stay shared; `nil` where none is asked for.
  func complex(of run: MeshRun, _ clock: StageClock) throws -> SurfaceComplex? {
    guard case .complex(let relaxations) = run.subject, let labels = try segmentation?.objectLabels
    else { return nil }
    let complex = clock.time("surface") { labels.surfaceNets(relaxations: relaxations) }
    guard let fraction = run.options.simplification else { return complex }
    return clock.time("simplify") { complex.simplified(to: fraction) }
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
    if let complex = try complex(of: run, clock) {
      return try Parallel.map(segmentation.objects.count) {
        let label = segmentation.objects[$0].label
        let mesh = clock.time("surface") { complex.surface(of: label) }
        return try body(named(opened(mesh, run), "label \(label)", run))
      }
    }
    let crofton = CroftonEstimator(spacing: segmentation.grid.spacing)
    return try segmentation.mapSurfaces(
      options: run.options, pointSpread: pointSpread, crofton: crofton, clock: clock
    ) { object, surface in
      try body(finished(surface.mesh, "label \(object.label)", run, clock))
    }
  }

  /// A surface by itself as it is handed on.
  private func finished(
    _ mesh: TriangleMesh, _ name: String, _ run: MeshRun, _ clock: StageClock
  ) -> MeshObject {
    named(run.options.exported(opened(mesh, run), clock), name, run)
  }

  private func opened(_ mesh: TriangleMesh, _ run: MeshRun) -> TriangleMesh {
    run.isOpenAtBorder ? mesh.opened(at: image.grid) : mesh
  }

  /// A mesh with its name and, if wanted, its normals.
  private func named(_ mesh: TriangleMesh, _ name: String, _ run: MeshRun) -> MeshObject {
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
