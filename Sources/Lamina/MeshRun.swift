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
    /// All objects in one complex of shared walls, made from their labels by surface nets. Walls are simplified once for both
    /// of their sides, and smoothed by their relaxations alone.
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
  /// - Parameter labelPath: A label image of the same size whose values are the objects; `nil` to find them.
  public func run(
    on path: String, objects labelPath: String? = nil, into folder: ResultFolder,
    as format: MeshFormat = .ply, clock: StageClock = .init(),
    observer: MeasurementRun.Observer = .init()
  ) throws -> Outcome {
    let input = try RunInput(path, objects: labelPath, options, clock)
    let source = try MeshSource(input, self, clock, observer)
    let writer = try MeshFiles(
      format: format, provenance: input.provenance(options, threshold: source.level),
      folder: folder,
      largestLabel: source.segmentation?.objects.last?.label ?? 0)
    let counts = try source.mapObjects(of: self, clock) { object in
      try clock.time("write") { try writer.write(object) }
      observer.finishedObject()
      return object.mesh.triangles.count
    }
    let record = try source.record(of: self, meshCount: counts.count, format: format)
    try writeFile(record.json(), to: folder.place(for: "run.json"))
    return Outcome(
      meshCount: counts.count, triangleCount: counts.reduce(0, +), warnings: source.warnings)
  }

  /// All surfaces in one scene, in the order of their labels.
  ///
  /// Where the format keeps one mesh only, the walls of a complex are one mesh, whose triangles carry the
  /// labels on their two sides as `front` and `back`; elsewhere each wall is an object.
  /// - Parameter labelPath: As for ``run(on:objects:into:as:clock:observer:)``.
  public func scene(
    from path: String, objects labelPath: String? = nil, for format: MeshFormat,
    clock: StageClock = .init(), observer: MeasurementRun.Observer = .init()
  ) throws -> (scene: MeshScene, outcome: Outcome) {
    let input = try RunInput(path, objects: labelPath, options, clock)
    let source = try MeshSource(input, self, clock, observer)
    let objects: [MeshObject]
    if let complex = try source.complex(of: self, clock) {
      objects = format.keepsObjectsApart ? complex.wallObjects : [complex.joinedObject]
    } else {
      objects = try source.mapObjects(of: self, clock) { object in
        observer.finishedObject()
        return object
      }
    }
    var provenance = try input.provenance(options, threshold: source.level)
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
