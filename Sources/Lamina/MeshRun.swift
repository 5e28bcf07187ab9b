internal import Files
public import MeshIO
internal import MeshProcessing
internal import Morphometry
internal import Reconstruction
internal import VolumeIO
internal import Volumes

/// The surfaces of a stack without the measurements: a mesh file per object in a folder, or all of them in
/// one scene.
public struct MeshRun: Sendable {
  /// What there is a surface of.
  public enum Subject: Sendable, Hashable {
    /// Every object by itself, as it is measured.
    case objects
    /// Everything above a grey value of the smoothed image.
    case isosurface(level: Double)
    /// All objects in one complex of shared walls, made from their labels by surface nets.
    case complex(relaxations: Int)
  }

  public var options: AnalysisOptions
  public var subject: Subject
  /// Leave the surfaces open where the border of the image cuts the objects, instead of closing them by a
  /// cap.
  public var isOpenAtBorder = false
  /// Give every vertex the normal of the grey values: `nx`, `ny`, `nz`.
  public var hasNormals = false

  public init(options: AnalysisOptions = .init(), subject: Subject = .objects) {
    self.options = options
    self.subject = subject
  }

  /// What a run made.
  public struct Outcome: Sendable {
    public let meshCount: Int
    public let triangleCount: Int
    public let warnings: [String]
  }

  /// The names of what a run leaves in its folder, in the order in which they appear.
  public static let resultNames = ["run.json", "meshes"]

  /// Fills a folder with `meshes/0001.ply` and so on, and `run.json`. The folder has to be committed by the
  /// caller.
  ///
  /// Objects are worked on in parallel, and each is written as soon as it is done. A complex leaves the
  /// closed surface of each label, an isosurface `meshes/isosurface.ply`.
  public func run(
    on path: String, into folder: ResultFolder, as format: MeshFormat = .ply,
    clock: StageClock = .init(), observer: MeasurementRun.Observer = .init()
  ) throws -> Outcome {
    let source = try MeshSource(path, self, clock, observer)
    let writer = try MeshFiles(
      format: format, provenance: source.provenance, folder: folder,
      largestLabel: source.segmentation?.objects.last?.label ?? 0)
    let counts = try source.mapObjects(of: self, clock) { object in
      try clock.time("write") { try writer.write(object) }
      observer.finishedObject()
      return object.mesh.triangles.count
    }
    let record = RunRecord(
      input: .init(path: path, sha256: source.digest, image: source.image), parameters: options,
      threshold: source.level, sigma: source.sigma, objects: counts.count,
      meshFormat: format.rawValue, warnings: source.warnings)
    try writeFile(record.json(), to: folder.place(for: "run.json"))
    return Outcome(
      meshCount: counts.count, triangleCount: counts.reduce(0, +), warnings: source.warnings)
  }

  /// All surfaces in one scene, in the order of their labels.
  ///
  /// Where the format keeps one mesh only, the walls of a complex are one mesh, whose triangles carry the
  /// labels on their two sides as `front` and `back`; elsewhere each wall is an object.
  public func scene(
    from path: String, for format: MeshFormat, clock: StageClock = .init(),
    observer: MeasurementRun.Observer = .init()
  ) throws -> (scene: MeshScene, outcome: Outcome) {
    let source = try MeshSource(path, self, clock, observer)
    let objects: [MeshObject]
    if case .complex(let relaxations) = subject,
      let labels = try source.segmentation?.objectLabels
    {
      let complex = clock.time("surface") { labels.surfaceNets(relaxations: relaxations) }
      objects = format.keepsObjectsApart ? complex.wallObjects : [complex.joinedObject]
    } else {
      objects = try source.mapObjects(of: self, clock) { object in
        observer.finishedObject()
        return object
      }
    }
    var provenance = source.provenance
    provenance.name = "objects"
    return (
      MeshScene(objects: objects, provenance: provenance),
      Outcome(
        meshCount: objects.count,
        triangleCount: objects.reduce(0) { $0 + $1.mesh.triangles.count },
        warnings: source.warnings)
    )
  }
}

/// What the surfaces of a run are made from.
private struct MeshSource {
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
      field = try clock.time("gaussian") { try stack.image.gaussianBlurred(sigma: sigma) }
      self.level = level
      self.sigma = sigma
      warnings = stack.warnings + image.missingVoxelWarnings + image.grid.calibrationWarnings
      observer.foundObjects(1)
    } else {
      let found = try Segmentation(of: image, options: run.options, clock: clock)
      segmentation = found
      field = found.field
      level = found.threshold
      sigma = found.field == nil ? nil : try run.options.resolvedSigma(on: image.grid)
      warnings = stack.warnings + found.warnings
      observer.foundObjects(found.objects.count)
    }
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

extension SurfaceComplex {
  /// All walls in one mesh, with the labels on both sides of every triangle.
  fileprivate var joinedObject: MeshObject {
    func labels(_ side: KeyPath<Wall, UInt32>) -> [Double] {
      walls.flatMap { [Double](repeating: Double($0[keyPath: side]), count: $0.triangles.count) }
    }
    return MeshObject(
      name: "walls", mesh: TriangleMesh(positions: positions, triangles: triangles),
      faceValues: [FaceValues("front", labels(\.front)), FaceValues("back", labels(\.back))])
  }

  /// A mesh for every wall.
  fileprivate var wallObjects: [MeshObject] {
    walls.map { MeshObject(name: "wall \($0.front) \($0.back)", mesh: surface(of: $0)) }
  }
}

extension Segmentation {
  /// The labels without those that are no objects: too small, or cut by the border and left out.
  fileprivate var objectLabels: LabelVolume {
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
    return count == 0 ? [] : ["\(count) voxels are no numbers and count as outside"]
  }
}
